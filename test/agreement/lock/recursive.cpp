// RUN: %agreement %s %t
//
// Locked twice, unlocked once.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::recursive_mutex &Mutex) {
  const std::lock_guard Outer(Mutex);
  {
    const std::lock_guard Inner(Mutex);
  }
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::recursive_mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
