// RUN: %agreement %s %t
//
// Awaiting many is one await; what the children await is their own affair.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> child() { co_await yield_now(); }

static Task<void> f() {
  NoYieldScope Scope;
  co_await when_all(child(), child()); // BOTH: coro-no-yield-region
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
