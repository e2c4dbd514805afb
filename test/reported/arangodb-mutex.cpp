// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/arangodb/arangodb/pull/21099
// A coroutine holds a mutex where it waits for the log; it may go on, and
// unlock, on another thread.

#include <folly/folly.h>
#include <mutex>

using folly::coro::Task;
Task<> persist(int entry);

struct Log {
  std::mutex mutex;
  int last = 0;

  Task<> append_bad(int entry) {
    std::unique_lock guard(mutex);
    last = entry;
    co_await persist(entry); // warn: coro-lock-across-await
    guard.unlock();
  }
  Task<> append_ok(int entry) {
    std::unique_lock guard(mutex);
    last = entry;
    guard.unlock();
    co_await persist(entry);
  }
};
