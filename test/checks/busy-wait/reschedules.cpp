// RUN: %check_corolint %s coro-busy-wait %t -- \
// RUN:   --config='{CheckOptions: {CoroModels: "%S/Inputs/reschedules.yaml"}}'
// Loops that only let others run, and go on although nothing has happened.

#include "coro.h"
#include <atomic>
using namespace coro;

struct pool {
  async_awaiter<> yield();
  async_awaiter<> sleep();
} threads;
namespace own {
async_awaiter<> step();
}
std::atomic<int> used;
bool stop;
void work();
bool check();

task<> pool_bad() {
  while (used.load() > 0) // warn: coro-busy-wait
    co_await threads.yield();
}
task<> function_bad() {
  while (used.load() > 0) // warn: coro-busy-wait
    co_await own::step();
}
task<> flag_bad() {
  while (!stop) // warn: coro-busy-wait
    co_await threads.yield();
}
task<> break_bad() {
  while (true) { // warn: coro-busy-wait
    if (used.load() == 0)
      break;
    co_await own::step();
  }
}

task<> sleep_ok() {
  while (used.load() > 0)
    co_await threads.sleep();
}
task<> works_ok() {
  while (!stop) {
    work();
    co_await threads.yield();
  }
}
task<> both_ok() {
  while (used.load() > 0) {
    co_await own::step();
    co_await threads.sleep();
  }
}
task<> bounded_ok() {
  for (int i = 0; i < 10 && used.load() > 0; ++i)
    co_await own::step();
}
task<> other_ok() {
  while (!check())
    co_await own::step();
}
task<> endless_ok() {
  while (true) {
    work();
    co_await own::step();
  }
}

// A lock that spins in steps waits for its next attempt.
struct spin_lock {
  std::atomic<bool> locked;
  std::atomic<bool> closed;
  bool try_lock() { return !locked.exchange(true); }
  task<> lock_ok() {
    for (;;) {
      if (!locked.exchange(true))
        co_return;
      while (locked.load())
        co_await threads.yield();
    }
  }
  task<> lock_through_ok() {
    while (!try_lock())
      while (locked.load())
        co_await threads.yield();
  }
  task<> lock_other_bad() {
    while (!try_lock())
      while (!closed.load()) // warn: coro-busy-wait
        co_await threads.yield();
  }
  task<> never_tries_bad() {
    for (;;) {
      work();
      while (locked.load()) // warn: coro-busy-wait
        co_await threads.yield();
    }
  }
  task<> holds_the_thread_bad() {
    while (!try_lock())
      while (locked.load()) // warn: coro-busy-wait
        ;
    co_await async_op();
  }
};
