// RUN: %agreement %s %t
//
// The event is set, so this run does not suspend; another one would.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncEvent &Event) {
  NoYieldScope Scope;
  co_await Event.wait(); // BOTH: coro-no-yield-region
}

int main() {
  AsyncEvent Event(true);
  EventLoop Loop;
  Loop.run(f(Event));
}
