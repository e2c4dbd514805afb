// RUN: %agreement %s %t
//
// A callable handed to a template whose body is visible.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

template <class F> static int twice(F Function) {
  return Function() + Function();
}

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  // BOTH: coro-sync-over-async
  co_return twice([] { return sync_wait(four()); });
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 8 ? 0 : 1;
}
