// RUN: %agreement %s %t
//
// The plainest case: the thread sleeps in the middle of a coroutine.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
