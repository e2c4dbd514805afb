// RUN: %agreement %s %t
//
// An asynchronous generator holds a lock while it yields.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static AsyncGenerator<int> numbers(std::mutex &Mutex) {
  const std::lock_guard Guard(Mutex);
  co_yield 1; // BOTH: coro-lock-across-await
}

static Task<void> f(std::mutex &Mutex) {
  auto Numbers = numbers(Mutex);
  for (;;) {
    const int *Number = co_await Numbers.next();
    if (!Number)
      break;
  }
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
