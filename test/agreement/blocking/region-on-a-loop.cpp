// RUN: %agreement %s %t
//
// A region in a plain function, on a loop's thread: reported where the region
// is, not in the coroutine that calls it.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static void update() {
  NoYieldScope Scope;
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

static Task<void> f() {
  co_await yield_now();
  update();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
