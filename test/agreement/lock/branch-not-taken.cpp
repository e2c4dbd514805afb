// RUN: %agreement %s %t
//
// The check sees every path, a run takes one.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex, bool Late) {
  const std::lock_guard Guard(Mutex);
  if (Late)
    // STATIC-ONLY: coro-lock-across-await: this run does not take the path.
    co_await yield_now();
}

int main(int argc, char **) {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex, argc > 1));
}
