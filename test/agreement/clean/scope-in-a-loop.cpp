// RUN: %agreement %s %t
//
// A region that ends before the loop goes round.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<int> f() {
  int Value = 0;
  for (int I = 0; I != 4; ++I) {
    co_await yield_now();
    NoYieldScope Scope;
    ++Value;
  }
  co_return Value;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
