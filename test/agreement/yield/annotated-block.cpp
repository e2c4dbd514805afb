// RUN: %agreement %s %t
//
// The same for a block.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f() {
  COROLINT_NO_YIELD_REGION {
    // STATIC-ONLY: coro-no-yield-region: the annotation generates no code; a
    // NoYieldScope does.
    co_await yield_now();
  }
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
