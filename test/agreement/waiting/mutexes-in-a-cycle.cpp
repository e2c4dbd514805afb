// RUN: %agreement %s %t
//
// Two tasks that lock two mutexes in opposite order.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncMutex &First, AsyncMutex &Second) {
  auto One = co_await First.lock();
  co_await yield_now();
  // RUNTIME-ONLY: rt-quiescence: no check follows the order of locks.
  auto Two = co_await Second.lock();
}

static Task<void> both(AsyncMutex &First, AsyncMutex &Second) {
  co_await when_all(f(First, Second), f(Second, First));
}

int main() {
  AsyncMutex First, Second;
  EventLoop Loop;
  try {
    Loop.run(both(First, Second));
  } catch (const Cancelled &) {
  }
}
