// RUN: %agreement --sanitize %s %t
// REQUIRES: address-sanitizer
//
// The object of a member coroutine ends before its task runs.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

struct Session {
  int Number = 1;
  Task<void> run() {
    co_await yield_now();
    std::printf("%d\n", Number); // BOTH: coro-dangling-reference
  }
};

static Task<void> start() {
  Session Local;
  return Local.run();
}

int main() {
  EventLoop Loop;
  Loop.run(start());
}
