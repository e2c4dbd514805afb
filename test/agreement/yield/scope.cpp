// RUN: %agreement %s %t
//
// The plainest case: an await while a scope is open.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  NoYieldScope Scope;
  co_await sleep_for(1ms); // BOTH: coro-no-yield-region
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
