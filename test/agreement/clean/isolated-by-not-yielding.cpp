// RUN: %agreement %s %t
//
// The same without a lock: nothing in the region yields.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> add(int &Value) {
  co_await yield_now();
  NoYieldScope Scope;
  const int Old = Value;
  Value = Old + 1;
}

static Task<int> f() {
  int Value = 0;
  co_await when_all(add(Value), add(Value));
  co_return Value;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 2 ? 0 : 1;
}
