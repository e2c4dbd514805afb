// RUN: %agreement %s %t
//
// The same on a worker.

#include "corolint/rt.h"
#include <semaphore>

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

int main() {
  std::binary_semaphore Done(0);
  int Value = 0;
  ThreadPool Pool(2);
  Pool.post([&] {
    Value = sync_wait(four()); // BOTH: coro-sync-over-async
    Done.release();
  });
  Done.acquire();
  return Value == 4 ? 0 : 1;
}
