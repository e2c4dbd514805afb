// RUN: %agreement %s %t
//
// Nobody sees which function is called.

#include "corolint/rt.h"
#include <functional>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(std::function<void()> Notify) {
  co_await yield_now();
  // RUNTIME-ONLY: coro-blocking-call: called through a std::function, whose
  // target is unknown at compile time.
  Notify();
}

int main() {
  EventLoop Loop;
  Loop.run(f([] { std::this_thread::sleep_for(1s); }));
}
