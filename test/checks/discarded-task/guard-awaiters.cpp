// RUN: %check_corolint %s coro-discarded-task %t -std=c++20-or-later
// Awaitables that would give a guard: nothing is locked before the await.

#include "tasks.h"

namespace cppcoro { // As in the library, in short.
struct async_mutex;
struct async_mutex_lock {
  ~async_mutex_lock();
};
struct async_mutex_scoped_lock_operation {
  bool await_ready();
  bool await_suspend(std::coroutine_handle<>);
  async_mutex_lock await_resume();
};
struct async_mutex_lock_operation {
  bool await_ready();
  bool await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct async_mutex {
  async_mutex_lock_operation lock_async();
  async_mutex_scoped_lock_operation scoped_lock_async();
};
} // namespace cppcoro

coro::task<> step();

struct Table {
  cppcoro::async_mutex mutex;

  coro::task<> variable_bad() {
    auto lock = mutex.scoped_lock_async(); // warn: coro-discarded-task
    co_await step();
  }
  coro::task<> statement_bad() {
    mutex.scoped_lock_async(); // warn: coro-discarded-task
    co_await step();
  }
  coro::task<> awaited_ok() {
    auto lock = co_await mutex.scoped_lock_async();
    co_await step();
  }
  coro::task<> awaited_later_ok() {
    auto pending = mutex.scoped_lock_async();
    co_await step();
    auto lock = co_await pending;
  }
  /// It gives no guard: whether the variable is meant is not known.
  coro::task<> no_guard_ok() {
    auto pending = mutex.lock_async();
    co_await step();
  }
};
