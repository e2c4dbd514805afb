// RUN: %agreement %s %t
//
// The same through a function: the call in the callback is reported.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static void wait() { std::this_thread::sleep_for(1s); }

int main() {
  EventLoop Loop;
  Loop.post([] {
    wait(); // BOTH: coro-blocking-call
  });
  Loop.run();
}
