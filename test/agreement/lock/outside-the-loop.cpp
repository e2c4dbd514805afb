// RUN: %agreement %s %t
//
// The thread that drives the loop holds a lock meanwhile: no coroutine holds
// it.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f() { co_await yield_now(); }

int main() {
  std::mutex Mutex;
  const std::lock_guard Guard(Mutex);
  EventLoop Loop;
  Loop.run(f());
}
