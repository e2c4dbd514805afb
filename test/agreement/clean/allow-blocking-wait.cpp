// RUN: %agreement %s %t
//
// A wait that is meant, and says so.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> four() { co_return 4; }

static Task<int> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  const AllowBlocking Meant;
  co_return sync_wait(four());
}

int main() {
  ThreadPool Pool(2);
  return sync_wait(f(Pool)) == 4 ? 0 : 1;
}
