// RUN: %agreement %s %t
//
// The task is made by one function further down, and returned by one more.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> prepared() {
  std::printf("prepared\n");
  return transfer();
}

static Task<void> isolated() {
  NoYieldScope Alone; // BOTH: coro-early-release
  return prepared();
}

static Task<void> start() { return isolated(); }

int main() {
  EventLoop Loop;
  auto Work = start();
  Loop.run(std::move(Work));
}
