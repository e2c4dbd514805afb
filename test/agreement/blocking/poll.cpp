// RUN: %agreement %s %t
//
// A wait with a limit that is not 0.

#include "corolint/rt.h"
#include <poll.h>

using namespace corolint::rt;

static Task<void> f() {
  co_await yield_now();
  (void)::poll(nullptr, 0, 0);
  (void)::poll(nullptr, 0, 1000); // BOTH: coro-blocking-call
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
