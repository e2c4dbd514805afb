// RUN: %agreement %s %t
//
// A function that returns the guard it made.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static std::unique_lock<std::mutex> enter(std::mutex &Mutex) {
  return std::unique_lock(Mutex);
}

static Task<void> f(std::mutex &Mutex) {
  {
    const auto Guard = enter(Mutex);
    co_await yield_now(); // BOTH: coro-lock-across-await
  }
  co_await yield_now();
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
