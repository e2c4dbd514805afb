// RUN: %agreement %s %t
//
// The scope begins and ends by hand.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f() {
  std::optional<NoYieldScope> Scope;
  co_await yield_now();
  Scope.emplace();
  co_await yield_now(); // BOTH: coro-no-yield-region
  Scope.reset();
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
