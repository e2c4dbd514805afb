// RUN: %agreement %s %t
//
// A destructor that blocks: a thread that joins when it dies.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> f() {
  co_await yield_now();
  // STATIC-ONLY: coro-blocking-call: reported at the object.
  const std::jthread Other([] { std::this_thread::sleep_for(1s); });
  co_return 0;
  // RUNTIME-ONLY: coro-blocking-call: reported where the object is destroyed.
}

int main() {
  EventLoop Loop;
  return Loop.run(f());
}
