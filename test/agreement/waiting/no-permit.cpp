// RUN: %agreement %s %t
//
// A semaphore without a permit that anybody gives back.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncSemaphore &Permits) {
  co_await Permits.acquire();
  // RUNTIME-ONLY: rt-quiescence: no check counts permits.
  co_await Permits.acquire();
}

int main() {
  AsyncSemaphore Permits(1);
  EventLoop Loop;
  try {
    Loop.run(f(Permits));
  } catch (const Cancelled &) {
  }
}
