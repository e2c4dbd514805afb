// RUN: %agreement %s %t
//
// What may happen, and does not in this run.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

static Task<void> f(Shared<int> &Number) {
  if (Number.read() == 0) {
    co_await yield_now();
    // STATIC-ONLY: coro-stale-state: no code changes the state in this run.
    Number.write() = 1;
  }
}

int main() {
  EventLoop Loop;
  Shared<int> Number(0);
  Loop.run(f(Number));
}
