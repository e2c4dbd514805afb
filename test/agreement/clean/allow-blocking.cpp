// RUN: %agreement %s %t
//
// A stall that is meant, and says so.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  const AllowBlocking Meant;
  std::this_thread::sleep_for(400ms);
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
