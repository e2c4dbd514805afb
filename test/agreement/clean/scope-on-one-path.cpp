// RUN: %agreement %s %t
//
// The region and the await exclude one another.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> f(bool Quick) {
  std::optional<NoYieldScope> Scope;
  if (Quick)
    Scope.emplace();
  if (!Quick)
    co_await yield_now();
  co_return 4;
}

static Task<int> both() { co_return co_await f(true) + co_await f(false); }

int main() {
  EventLoop Loop;
  return Loop.run(both()) == 8 ? 0 : 1;
}
