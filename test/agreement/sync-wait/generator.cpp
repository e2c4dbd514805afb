// RUN: %agreement %s %t
//
// A synchronous generator runs for whoever asks it for its next element.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

static Generator<int> numbers() {
  // RUNTIME-ONLY: coro-sync-over-async: a synchronous generator may run
  // anywhere; only the run shows that it runs on a worker.
  co_yield sync_wait(four());
}

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  int Sum = 0;
  // STATIC-ONLY: coro-sync-over-async: reported where a coroutine requests the
  // next element.
  for (int Number : numbers())
    Sum += Number;
  co_return Sum;
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
