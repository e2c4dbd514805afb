// RUN: %agreement %s %t
//
// Nobody sees which function is called.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }
static int load() { return sync_wait(four()); }

static Task<int> f(ThreadPool &Pool, int (*Load)()) {
  co_await Pool.schedule();
  // RUNTIME-ONLY: coro-sync-over-async: called through a pointer to a function.
  co_return Load();
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool, load)) == 4 ? 0 : 1;
}
