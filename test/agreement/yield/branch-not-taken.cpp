// RUN: %agreement %s %t
//
// The check sees every path, a run takes one.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(bool Late) {
  NoYieldScope Scope;
  if (Late)
    // STATIC-ONLY: coro-no-yield-region: this run does not take the path.
    co_await yield_now();
}

int main(int argc, char **) {
  EventLoop Loop;
  Loop.run(f(argc > 1));
}
