// RUN: %agreement %s %t
//
// Work that spreads over the workers and comes back.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> fib(ThreadPool &Pool, int N) {
  co_await Pool.schedule();
  if (N < 2)
    co_return N;
  auto [A, B] = co_await when_all(fib(Pool, N - 1), fib(Pool, N - 2));
  co_return A + B;
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(fib(Pool, 10)) == 55 ? 0 : 1;
}
