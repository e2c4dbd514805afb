// RUN: %agreement %s %t
//
// The same coroutine twice: both find that there is none, and make one.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

static Task<int> make(int Value) {
  co_await yield_now();
  co_return Value;
}

static Task<void> f(Shared<int> &Number, int Value) {
  if (Number.read() == 0)
    Number.write() = co_await make(Value); // BOTH: coro-stale-state
}

int main() {
  EventLoop Loop;
  Shared<int> Number(0);
  Loop.run(when_all(f(Number, 1), f(Number, 2)));
}
