// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// https://github.com/dragonflydb/dragonfly/pull/4692
// Evicting entries runs under a guard that forbids the fiber to be preempted.
// When enough memory is free, the inner loop returns early and writes the
// journal, which may block, while the guard is still alive.
#include <corolint/annotations.h>

#include <boost/fiber/condition_variable.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/mutex.hpp>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

class COROLINT_NO_YIELD_SCOPE FiberAtomicGuard {
public:
  FiberAtomicGuard();
  ~FiberAtomicGuard();
};

class Journal {
  boost::fibers::mutex mu_;
  boost::fibers::condition_variable room_;
  std::vector<std::string> buffer_;
public:
  void record(std::string entry) {
    std::unique_lock<boost::fibers::mutex> lock(mu_);
    room_.wait(lock, [this] { return buffer_.size() < 128; });
    buffer_.push_back(std::move(entry));
  }
  void flush_if_needed() { record("NOOP"); }
};

class DbSlice {
  std::unordered_map<std::string, std::string> prime_;
  Journal journal_;

public:
  std::size_t free_memory_bad(std::size_t wanted) {
    std::size_t freed = 0;
    {
      FiberAtomicGuard guard;
      while (!prime_.empty()) {
        auto it = prime_.begin();
        freed += it->second.size();
        prime_.erase(it);
        if (freed >= wanted) {
          journal_.flush_if_needed(); // warn: coro-no-yield-region
          return freed;
        }
      }
    }
    journal_.flush_if_needed();
    return freed;
  }
  std::size_t free_memory_ok(std::size_t wanted) {
    std::size_t freed = 0;
    {
      FiberAtomicGuard guard;
      while (!prime_.empty()) {
        auto it = prime_.begin();
        freed += it->second.size();
        prime_.erase(it);
        if (freed >= wanted)
          break;
      }
    }
    journal_.flush_if_needed();
    return freed;
  }
};
void evict(DbSlice &slice) {
  boost::fibers::fiber([&slice] { slice.free_memory_bad(1000); }).detach();
  boost::fibers::fiber([&slice] { slice.free_memory_ok(1000); }).detach();
}
