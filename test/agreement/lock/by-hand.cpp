// RUN: %agreement %s %t
//
// Locked and unlocked without a guard.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex) {
  Mutex.lock();
  co_await yield_now(); // BOTH: coro-lock-across-await
  Mutex.unlock();
  co_await yield_now();
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
