// RUN: %agreement %s %t
//
// The call in the coroutine is reported, not the one that blocks.

#include "corolint/rt.h"
#include <unistd.h>

using namespace corolint::rt;

static void wait() { ::usleep(1'000'000); }

static Task<void> f() {
  co_await yield_now();
  wait(); // BOTH: coro-blocking-call
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
