// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/TheHPXProject/hpx/commit/c1437b080c2350804d9efe01ab010613bb522d95
// Stopping the runtime waits, by yielding, for the other HPX threads to end, and
// holds the mutex of an operating system's thread meanwhile. (Only one of the
// yields is inside an unlock guard.)
#include <hpx/hpx.hpp>
#include <chrono>
#include <cstdint>
#include <condition_variable>
#include <mutex>

struct threadmanager {
  std::int64_t get_thread_count() const;
  std::int64_t get_background_thread_count() const;
  bool cleanup_terminated(bool delete_all);
  void abort_all_suspended_threads();
};
template <typename Predicate> void yield_while(Predicate &&predicate) {
  while (predicate())
    hpx::this_thread::yield();
}

class runtime_support {
  std::mutex mtx_;
  std::condition_variable stop_condition_;
  bool stopped_ = false;
  threadmanager &tm_;

public:
  explicit runtime_support(threadmanager &tm) : tm_(tm) {}

  void stop_bad(double timeout) {
    std::unique_lock<std::mutex> l(mtx_);
    if (!stopped_) {
      auto started = std::chrono::steady_clock::now();
      stopped_ = true;
      yield_while([this, started, timeout] { // warn: coro-lock-across-await
        tm_.cleanup_terminated(true);
        if (std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count() > timeout)
          return false;
        return tm_.get_thread_count() > 1 + tm_.get_background_thread_count();
      });
      stop_condition_.notify_all();
    }
  }
  void stop_ok(double timeout) {
    std::unique_lock<std::mutex> l(mtx_);
    if (!stopped_) {
      auto started = std::chrono::steady_clock::now();
      stopped_ = true;
      l.unlock();
      yield_while([this, started, timeout] {
        tm_.cleanup_terminated(true);
        if (std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count() > timeout)
          return false;
        return tm_.get_thread_count() > 1 + tm_.get_background_thread_count();
      });
      l.lock();
      stop_condition_.notify_all();
    }
  }
};
