// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The closure is a local variable of the function that returns its task.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> start(int Number) {
  auto Body = [Number]() -> Task<void> {
    co_await yield_now();
    std::printf("%d\n", Number); // BOTH: coro-dangling-reference
  };
  return Body();
}

int main() {
  EventLoop Loop;
  Loop.run(start(1));
}
