// RUN: %agreement %s %t
//
// A guard ends with the function that returns the task.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start() {
  NoYieldScope Alone; // BOTH: coro-early-release
  return transfer();
}

int main() {
  EventLoop Loop;
  Loop.run(start());
}
