// RUN: %agreement %s %t
//
// A call that may block, and in this run does for a moment only.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  // STATIC-ONLY: coro-blocking-call: the wait is shorter than the limit for a
  // stall.
  std::this_thread::sleep_for(1ms);
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
