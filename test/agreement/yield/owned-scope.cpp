// RUN: %agreement %s %t
//
// The scope lives on the heap.

#include "corolint/rt.h"
#include <memory>

using namespace corolint::rt;

static Task<void> f() {
  auto Scope = std::make_unique<NoYieldScope>();
  co_await yield_now(); // BOTH: coro-no-yield-region
  Scope.reset();
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
