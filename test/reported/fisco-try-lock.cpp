// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/FISCO-BCOS/FISCO-BCOS/pull/5504
// A scheduler tries to lock a mutex and holds it while a block is executed:
// the coroutine may come back on a thread that does not own it.

#include <cppcoro/cppcoro.h>
#include <mutex>

using cppcoro::task;
task<int> execute(int number);
task<> store(int block);

struct Scheduler {
  std::mutex executing;
  bool busy = false;

  task<> run_bad(int number) {
    std::unique_lock lock(executing, std::try_to_lock);
    if (!lock.owns_lock())
      co_return;
    co_await execute(number); // warn: coro-lock-across-await
  }
  std::unique_lock<std::mutex> begin() { return std::unique_lock(executing, std::try_to_lock); }
  task<> helper_bad(int number) {
    if (auto lock = begin())
      co_await execute(number); // warn: coro-lock-across-await
  }
  task<> run_ok(int number) {
    {
      std::unique_lock lock(executing, std::try_to_lock);
      if (!lock.owns_lock() || busy)
        co_return;
      busy = true;
    }
    co_await execute(number);
    std::lock_guard lock(executing);
    busy = false;
  }
  task<> refused_ok() {
    std::unique_lock lock(executing, std::try_to_lock);
    if (!lock)
      co_await store(0);
  }
};
