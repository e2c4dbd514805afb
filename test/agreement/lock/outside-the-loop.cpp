// RUN: %agreement %s %t
//
// The thread that drives the loop holds a lock meanwhile.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f() { co_await yield_now(); }

int main() {
  std::mutex Mutex;
  const std::lock_guard Guard(Mutex);
  EventLoop Loop;
  // STATIC-ONLY: coro-lock-across-await: the plain thread that drives the loop
  // holds the lock, not a coroutine.
  Loop.run(f());
}
