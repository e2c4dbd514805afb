// RUN: %agreement %s %t
//
// A pool that grows goes on, and the wait is as wrong as before.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four(ThreadPool &Pool) {
  co_await Pool.schedule();
  co_return 4;
}

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  co_return sync_wait(four(Pool)); // BOTH: coro-sync-over-async
}

int main() {
  ThreadPool Pool(PoolOptions{1, PoolGrowth::Growing, 4});
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
