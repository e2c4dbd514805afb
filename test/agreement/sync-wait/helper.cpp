// RUN: %agreement %s %t
//
// The wait hides in a function.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }
static int load() { return sync_wait(four()); }

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  co_return load(); // BOTH: coro-sync-over-async
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
