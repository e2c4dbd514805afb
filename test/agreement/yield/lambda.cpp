// RUN: %agreement %s %t
//
// A coroutine lambda is a body of its own.

#include "corolint/rt.h"

using namespace corolint::rt;

int main() {
  const auto Main = []() -> Task<int> {
    NoYieldScope Scope;
    co_await yield_now(); // BOTH: coro-no-yield-region
    co_return 0;
  };
  EventLoop Loop;
  return Loop.run(Main());
}
