// RUN: %agreement %s %t
//
// Running a loop in a region lets its tasks run, and waits for them.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

int main() {
  EventLoop Loop;
  NoYieldScope Scope;
  // BOTH: coro-no-yield-region
  // BOTH: coro-sync-over-async
  Loop.run(nothing());
}
