// RUN: %agreement %s %t
//
// A worker that waits is a worker less.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  co_return sync_wait(four()); // BOTH: coro-sync-over-async
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
