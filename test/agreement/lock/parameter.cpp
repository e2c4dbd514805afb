// RUN: %agreement %s %t
//
// The caller locked it, the coroutine owns it.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::unique_lock<std::mutex> Guard, int &Value) {
  ++Value;
  // STATIC-ONLY: coro-lock-across-await: the contract reports the coroutine
  // that took the lock, the check the one that holds the guard.
  co_await yield_now();
  Guard.unlock();
  co_await yield_now();
}

static Task<void> start(std::mutex &Mutex, int &Value) {
  // RUNTIME-ONLY: coro-lock-across-await: the contract reports the coroutine
  // that took the lock, the check the one that holds the guard.
  co_await f(std::unique_lock(Mutex), Value);
  co_await yield_now();
}

int main() {
  std::mutex Mutex;
  int Value = 0;
  EventLoop Loop;
  Loop.run(start(Mutex, Value));
}
