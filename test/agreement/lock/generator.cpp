// RUN: %agreement %s %t
//
// The consumer runs with the generator's lock held.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Generator<int> numbers(std::mutex &Mutex) {
  const std::lock_guard Guard(Mutex);
  co_yield 1; // BOTH: coro-lock-across-await
}

static Task<int> f(std::mutex &Mutex) {
  int Sum = 0;
  for (int Number : numbers(Mutex))
    Sum += Number;
  co_return Sum;
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  return Loop.run(f(Mutex)) == 1 ? 0 : 1;
}
