// RUN: %agreement %s %t
//
// Waiting for a latch that another thread counts down.

#include "corolint/rt.h"
#include <latch>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(std::latch &Ready) {
  co_await yield_now();
  Ready.wait(); // BOTH: coro-blocking-call
}

int main() {
  std::latch Ready(1);
  std::thread Other([&] {
    std::this_thread::sleep_for(1s);
    Ready.count_down();
  });
  EventLoop Loop;
  Loop.run(f(Ready));
  Other.join();
}
