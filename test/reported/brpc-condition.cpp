// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/apache/brpc/issues/2590
// Bthreads wait on a condition variable of the standard library. It blocks the workers,
// of which none remains for the bthread that would notify it.

#include <brpc/brpc.h>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>
struct Flag {
  std::mutex mutex;
  std::condition_variable condition;
  bool set = false;
  void wait() {
    std::unique_lock lock(mutex);
    condition.wait(lock, [this] { return set; });
  }
  void notify() {
    std::lock_guard lock(mutex);
    set = true;
    condition.notify_all();
  }
};
void *consume_bad(void *flag) {
  static_cast<Flag *>(flag)->wait(); // warn: coro-blocking-call
  return nullptr;
}
void *produce_ok(void *flag) {
  static_cast<Flag *>(flag)->notify();
  return nullptr;
}
void start(Flag &flag, int count) {
  std::vector<bthread_t> ids(count);
  for (auto &id : ids)
    bthread_start_background(&id, nullptr, consume_bad, &flag);
  bthread_t last;
  bthread_start_background(&last, nullptr, produce_ok, &flag);
}
