// RUN: %agreement %s %t
//
// The check sees every path, a run takes one.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

static Task<int> f(ThreadPool &Pool, bool Late) {
  co_await Pool.schedule();
  if (Late)
    // STATIC-ONLY: coro-sync-over-async: this run does not take the path.
    co_return sync_wait(four());
  co_return 4;
}

int main(int argc, char **) {
  ThreadPool Pool(2);
  return sync_wait(f(Pool, argc > 1)) == 4 ? 0 : 1;
}
