// RUN: %agreement %s %t
//
// Two locks held by one guard.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &First, std::mutex &Second) {
  {
    const std::scoped_lock Guard(First, Second);
    co_await yield_now(); // BOTH: coro-lock-across-await
  }
  co_await yield_now();
}

int main() {
  std::mutex First, Second;
  EventLoop Loop;
  Loop.run(f(First, Second));
}
