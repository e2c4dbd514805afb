// RUN: %agreement %s %t
//
// A generator that hands over an element in the middle of its region.

#include "corolint/rt.h"

using namespace corolint::rt;

static Generator<int> numbers() {
  for (int I = 0; I != 2; ++I) {
    NoYieldScope Scope;
    co_yield I; // BOTH: coro-no-yield-region
  }
}

int main() {
  int Sum = 0;
  for (int Number : numbers())
    Sum += Number;
  return Sum == 1 ? 0 : 1;
}
