// RUN: %agreement %s %t
//
// Pumping a loop inside a callable that must not yield.

#include "corolint/rt.h"

using namespace corolint::rt;

int main() {
  EventLoop Loop;
  no_yield([&] {
    Loop.poll(); // BOTH: coro-no-yield-region
  });
}
