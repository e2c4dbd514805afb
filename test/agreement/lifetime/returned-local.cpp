// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The argument ends with the function that returns the task.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> print(const int &Number) {
  co_await yield_now();
  std::printf("%d\n", Number); // BOTH: coro-dangling-reference
}

static Task<void> start() {
  const int Number = 1;
  return print(Number);
}

int main() {
  EventLoop Loop;
  Loop.run(start());
}
