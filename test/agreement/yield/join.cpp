// RUN: %agreement %s %t
//
// Joining a task inside the region.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> child() { co_await yield_now(); }

static Task<void> f() {
  TaskScope Tasks;
  {
    NoYieldScope Scope;
    Tasks.spawn(child());
    co_await Tasks.join(); // BOTH: coro-no-yield-region
  }
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
