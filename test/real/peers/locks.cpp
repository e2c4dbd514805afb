// What is reported of locks across suspension points, by corolint and by the two
// checks that clang-tidy has. README.md says why ours is right.

// RUN: %check_corolint %s coro-lock-across-await,misc-coroutine-hostile-raii,cppcoreguidelines-no-suspend-with-lock %t
// RUN: %python %S/table.py

#include "coro.h"

#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

using coro::async_op;
using coro::task;

std::mutex Mutex;
std::shared_mutex Shared;
bool condition();
void use(int);

task<> statement_bad() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  co_await async_op(); // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
}

task<> in_initializer_bad() {
  std::lock_guard<std::mutex> Lock(Mutex);
  int X = co_await async_op<int>(); // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
  use(X);
}

task<> in_argument_bad() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  use(co_await async_op<int>()); // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
}

task<int> in_return_bad() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  co_return co_await async_op<int>(); // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
}

task<> in_condition_bad() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  if (co_await async_op<bool>()) // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
    use(1);
}

task<> deduced_bad() {
  std::lock_guard Lock(Mutex); // warn: misc-coroutine-hostile-raii
  co_await async_op(); // warn: coro-lock-across-await
}

task<> scoped_deduced_bad() {
  std::scoped_lock Lock(Mutex, Shared); // warn: misc-coroutine-hostile-raii
  co_await async_op(); // warn: coro-lock-across-await
}

task<> shared_lock_bad() {
  std::shared_lock Lock(Shared);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> if_initializer_bad() {
  if (std::lock_guard Lock(Mutex); condition())
    co_await async_op(); // warn: coro-lock-across-await
}

task<> by_hand_bad() {
  Mutex.lock();
  co_await async_op(); // warn: coro-lock-across-await
  Mutex.unlock();
}

task<> by_hand_ok() {
  Mutex.lock();
  Mutex.unlock();
  co_await async_op();
}

struct Transaction {
  std::unique_lock<std::mutex> Lock{Mutex};
};

task<> member_bad() {
  Transaction Current;
  co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_bad() {
  std::optional<std::lock_guard<std::mutex>> Lock;
  Lock.emplace(Mutex);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> optional_reset_ok() {
  std::optional<std::lock_guard<std::mutex>> Lock;
  Lock.emplace(Mutex);
  Lock.reset();
  co_await async_op();
}

task<> unique_ptr_bad() {
  auto Lock = std::make_unique<std::lock_guard<std::mutex>>(Mutex);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> parameter_bad(std::unique_lock<std::mutex> Lock) {
  co_await async_op(); // warn: coro-lock-across-await
}

std::unique_lock<std::mutex> acquire() {
  return std::unique_lock<std::mutex>(Mutex);
}

task<> from_function_bad() {
  auto Lock = acquire();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unlocked_ok() {
  std::unique_lock<std::mutex> Lock(Mutex);
  Lock.unlock();
  co_await async_op(); // warn: cppcoreguidelines-no-suspend-with-lock
}

task<> unlocked_on_one_path_bad() {
  std::unique_lock<std::mutex> Lock(Mutex);
  if (condition())
    Lock.unlock();
  co_await async_op(); // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
}

task<> deferred_ok() {
  std::unique_lock<std::mutex> Lock(Mutex, std::defer_lock);
  co_await async_op(); // warn: cppcoreguidelines-no-suspend-with-lock
}

task<> tried_and_failed_ok() {
  std::unique_lock<std::mutex> Lock(Mutex, std::try_to_lock);
  if (!Lock.owns_lock())
    co_await async_op(); // warn: cppcoreguidelines-no-suspend-with-lock
}

task<> moved_away_ok() {
  std::unique_lock<std::mutex> Lock(Mutex);
  {
    std::unique_lock<std::mutex> Other = std::move(Lock);
  }
  co_await async_op(); // warn: cppcoreguidelines-no-suspend-with-lock
}

task<> ended_scope_ok() {
  {
    std::lock_guard<std::mutex> Lock(Mutex);
  }
  co_await async_op();
}

task<> cannot_suspend_ok() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  co_await coro::never{}; // warn: cppcoreguidelines-no-suspend-with-lock
}

task<> in_lambda_ok() {
  std::lock_guard<std::mutex> Lock(Mutex);
  auto Later = []() -> task<> { co_await async_op(); };
  (void)Later;
  co_return;
}

task<> async_mutex_ok(coro::async_mutex &M) {
  auto Lock = co_await M.lock();
  co_await async_op();
}

coro::generator<int> generator_bad() {
  std::lock_guard<std::mutex> Lock(Mutex); // warn: misc-coroutine-hostile-raii
  co_yield 1; // warn: coro-lock-across-await, cppcoreguidelines-no-suspend-with-lock
}
