// RUN: %agreement %s %t
//
// Another loop, run from a coroutine: this one waits meanwhile.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

static Task<void> f() {
  EventLoop Other;
  Other.run(nothing()); // BOTH: coro-sync-over-async
  co_return;
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
