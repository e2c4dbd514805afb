// RUN: %agreement %s %t
//
// Waiting for a thread to end.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  std::thread Other([] { std::this_thread::sleep_for(1s); });
  co_await yield_now();
  Other.join(); // BOTH: coro-blocking-call
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
