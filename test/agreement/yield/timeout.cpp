// RUN: %agreement %s %t
//
// A deadline does not make waiting any better.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> child() { co_await sleep_for(1ms); }

static Task<void> f() {
  NoYieldScope Scope;
  co_await with_timeout(child(), 10s); // BOTH: coro-no-yield-region
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
