// RUN: %agreement %s %t
//
// The inner scope is closed, the outer one is not.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f() {
  NoYieldScope Outer;
  {
    NoYieldScope Inner;
    co_await yield_now(); // BOTH: coro-no-yield-region
  }
  co_await yield_now(); // BOTH: coro-no-yield-region
  Outer.end();
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
