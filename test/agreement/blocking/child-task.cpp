// RUN: %agreement %s %t
//
// The task that blocks is reported, not the one that awaits it.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> child() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

static Task<void> f() {
  co_await yield_now();
  co_await child();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
