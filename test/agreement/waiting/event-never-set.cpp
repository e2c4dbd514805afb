// RUN: %agreement %s %t
//
// An event that nobody sets.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncEvent &Event) {
  // RUNTIME-ONLY: rt-quiescence: no check follows whether any code sets the
  // event.
  co_await Event.wait();
}

int main() {
  AsyncEvent Event;
  EventLoop Loop;
  try {
    Loop.run(f(Event));
  } catch (const Cancelled &) {
  }
}
