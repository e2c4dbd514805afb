// RUN: %agreement %s %t
//
// The same, two functions down, and in an argument.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }
static int load() { return sync_wait(four()); }
static int twice() { return load() + load(); }

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  const int Sum = std::max(twice(), 3); // BOTH: coro-sync-over-async
  co_return Sum;
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 8 ? 0 : 1;
}
