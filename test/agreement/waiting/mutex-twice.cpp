// RUN: %agreement %s %t
//
// A task that waits for a mutex it holds.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncMutex &Mutex) {
  auto Guard = co_await Mutex.lock();
  // RUNTIME-ONLY: rt-quiescence: no check follows which task holds which mutex.
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
