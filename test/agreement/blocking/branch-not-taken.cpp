// RUN: %agreement %s %t
//
// The check sees every path, a run takes one.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(bool Late) {
  co_await yield_now();
  if (Late)
    // STATIC-ONLY: coro-blocking-call: this run does not take the path.
    std::this_thread::sleep_for(1s);
}

int main(int argc, char **) {
  EventLoop Loop;
  Loop.run(f(argc > 1));
}
