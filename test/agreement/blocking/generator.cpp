// RUN: %agreement %s %t
//
// A synchronous generator runs for whoever asks it for its next element.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Generator<int> numbers() {
  // RUNTIME-ONLY: coro-blocking-call: a synchronous generator may run anywhere;
  // only the run shows that it runs on a loop.
  std::this_thread::sleep_for(1s);
  co_yield 1;
}

static Task<int> f() {
  int Sum = 0;
  // STATIC-ONLY: coro-blocking-call: reported where a coroutine requests the
  // next element.
  for (int Number : numbers())
    Sum += Number;
  co_return Sum;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 1 ? 0 : 1;
}
