// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The check sees every path, a run takes one.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> print(const int &Number, bool Late) {
  co_await yield_now();
  if (Late)
    // STATIC-ONLY: coro-dangling-reference: this run does not take the path.
    std::printf("%d\n", Number);
}

static Task<void> start() {
  const int Number = 1;
  return print(Number, false);
}

int main() {
  EventLoop Loop;
  Loop.run(start());
}
