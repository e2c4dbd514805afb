// RUN: %agreement %s %t
//
// One coroutine of a chain checks, and the one that it awaits acts.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

static Task<void> set(Shared<int> &Number) {
  co_await yield_now();
  // RUNTIME-ONLY: coro-stale-state: the check does not connect a condition in
  // one coroutine with the act in another that it awaits.
  Number.write() = 1;
}

static Task<void> f(Shared<int> &Number) {
  if (Number.read() == 0)
    co_await set(Number);
}

int main() {
  EventLoop Loop;
  Shared<int> Number(0);
  Loop.run(when_all(f(Number), f(Number)));
}
