// RUN: %agreement %s %t
//
// Blocking that is meant ends with its guard.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  {
    const AllowBlocking Meant;
    std::this_thread::sleep_for(1s);
  }
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
