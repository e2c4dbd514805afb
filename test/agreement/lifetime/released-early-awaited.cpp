// RUN: %agreement %s %t
//
// A coroutine awaits the result at once.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start() {
  // STATIC-ONLY: coro-early-release: the result is in the frame of a coroutine,
  // and the run does not show whether it was stored there or returned.
  NoYieldScope Alone;
  return transfer();
}

static Task<void> serve() { co_await start(); }

int main() {
  EventLoop Loop;
  Loop.run(serve());
}
