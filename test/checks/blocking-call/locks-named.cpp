// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "lock"}}'
// The kind is `lock`.

#include "coro.h"
#include <chrono>
#include <thread>
using namespace coro;

struct spin_lock {
  bool try_lock();
  void lock() {
    while (!try_lock())
      std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
  void unlock() {}
};
task<> locks_bad(spin_lock &l) {
  l.lock(); // warn: coro-blocking-call
  l.unlock();
  std::this_thread::sleep_for(std::chrono::microseconds(500));
  co_await async_op();
}
