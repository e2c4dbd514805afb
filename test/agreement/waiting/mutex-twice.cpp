// RUN: %agreement %s %t
//
// A task that waits for a mutex it holds.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncMutex &Mutex) {
  auto Guard = co_await Mutex.lock();
  // RUNTIME-ONLY: rt-quiescence: who holds what is not followed by any check.
  auto Again = co_await Mutex.lock();
}

int main() {
  AsyncMutex Mutex;
  EventLoop Loop;
  try {
    Loop.run(f(Mutex));
  } catch (const Cancelled &) {
  }
}
