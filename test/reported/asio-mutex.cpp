// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// https://github.com/boostorg/asio/issues/418
// A home-made asynchronous mutex resumes the next waiter under the lock of its
// list.

#include <coroutine>
#include <deque>
#include <mutex>

class AsyncMutex {
  std::mutex mutex;
  std::deque<std::coroutine_handle<>> waiters;
  bool locked = false;

public:
  void unlock_bad() {
    std::unique_lock<std::mutex> lock(mutex);
    if (waiters.empty()) {
      locked = false;
      return;
    }
    auto next = waiters.front();
    waiters.pop_front();
    next.resume(); // warn: coro-lock-across-await
  }
  void unlock_ok() {
    std::unique_lock<std::mutex> lock(mutex);
    if (waiters.empty()) {
      locked = false;
      return;
    }
    auto next = waiters.front();
    waiters.pop_front();
    lock.unlock();
    next.resume();
  }
};
