// RUN: %agreement %s %t
//
// Reported once, however often the template is instantiated.

#include "corolint/rt.h"

using namespace corolint::rt;

template <class T> static Task<T> twice(T Value) {
  NoYieldScope Scope;
  co_await yield_now(); // BOTH: coro-no-yield-region
  co_return Value + Value;
}

static Task<int> f() { co_return co_await twice(1) + int(co_await twice(2l)); }

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 6 ? 0 : 1;
}
