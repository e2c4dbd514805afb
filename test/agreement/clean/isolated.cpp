// RUN: %agreement %s %t
//
// State that is reachable through its lock only.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> add(Isolated<int> &Value) {
  co_await Value.transact([](int &Draft) -> Task<void> {
    const int Old = Draft;
    co_await yield_now();
    Draft = Old + 1;
  });
}

static Task<int> f() {
  Isolated<int> Value(0);
  co_await when_all(add(Value), add(Value));
  co_return co_await Value.snapshot();
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 2 ? 0 : 1;
}
