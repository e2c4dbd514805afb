// RUN: %agreement %s %t
//
// Two coroutines, one after the other.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> first() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

static Task<void> second() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

static Task<void> f() { co_await when_all(first(), second()); }

int main() {
  EventLoop Loop;
  Loop.run(f());
}
