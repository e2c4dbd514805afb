// RUN: %agreement %s %t
//
// A scope ends early; only what is awaited before that is wrong.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f() {
  NoYieldScope Scope;
  co_await yield_now(); // BOTH: coro-no-yield-region
  Scope.end();
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
