// RUN: %agreement %s %t
//
// No task outlives its scope.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> f() {
  int Count = 0;
  const auto Child = [&]() -> Task<void> {
    co_await yield_now();
    ++Count;
  };
  co_await with_scope([&](TaskScope &Tasks) -> Task<void> {
    Tasks.spawn(Child());
    Tasks.spawn(Child());
    co_return;
  });
  co_return Count;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 2 ? 0 : 1;
}
