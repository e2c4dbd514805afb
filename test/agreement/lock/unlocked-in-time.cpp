// RUN: %agreement %s %t
//
// A guard that is unlocked before the second await.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex) {
  std::unique_lock Guard(Mutex);
  co_await yield_now(); // BOTH: coro-lock-across-await
  Guard.unlock();
  co_await yield_now();
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
