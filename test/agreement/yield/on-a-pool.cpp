// RUN: %agreement %s %t
//
// A pool's worker runs other coroutines, too, while this one is suspended.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  NoYieldScope Scope;
  co_await yield_now(); // BOTH: coro-no-yield-region
}

int main() {
  ThreadPool Pool(1);
  sync_wait(f(Pool));
}
