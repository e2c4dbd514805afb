// RUN: %agreement %s %t
//
// The region calls a function that yields: the call in the region is reported.

#include "corolint/rt.h"

using namespace corolint::rt;

static void pump(EventLoop &Loop) { Loop.poll(); }

int main() {
  EventLoop Loop;
  no_yield([&] {
    pump(Loop); // BOTH: coro-no-yield-region
  });
}
