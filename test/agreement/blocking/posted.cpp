// RUN: %agreement %s %t
//
// A posted function runs on the loop's thread, coroutine or not.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

int main() {
  EventLoop Loop;
  Loop.post([] {
    std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
  });
  Loop.run();
}
