// RUN: %agreement %s %t
//
// An asynchronous generator is a coroutine like any other.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static AsyncGenerator<int> numbers() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
  co_yield 1;
}

static Task<int> f() {
  auto Numbers = numbers();
  const int *Number = co_await Numbers.next();
  co_return *Number;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 1 ? 0 : 1;
}
