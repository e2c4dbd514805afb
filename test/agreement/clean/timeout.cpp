// RUN: %agreement %s %t
//
// A deadline that passes.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> endless() { co_await sleep_for(1h); }

static Task<bool> f() {
  bool Late = false;
  try {
    co_await with_timeout(endless(), 1ms);
  } catch (const TimedOut &) {
    Late = true;
  }
  co_return Late;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) ? 0 : 1;
}
