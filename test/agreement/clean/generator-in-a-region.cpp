// RUN: %agreement %s %t
//
// Iterating over a generator runs nobody else's code.

#include "corolint/rt.h"

using namespace corolint::rt;

static Generator<int> numbers() {
  for (int I = 0; I != 4; ++I)
    co_yield I;
}

static Task<int> f() {
  co_await yield_now();
  NoYieldScope Scope;
  int Sum = 0;
  for (int Number : numbers())
    Sum += Number;
  co_return Sum;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 6 ? 0 : 1;
}
