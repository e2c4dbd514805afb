// RUN: %agreement %s %t
//
// A callable that computes.

#include "corolint/rt.h"

using namespace corolint::rt;

int main() {
  const int Value = no_yield([] {
    int Sum = 0;
    for (int I = 0; I != 5; ++I)
      Sum += I;
    return Sum;
  });
  return Value == 10 ? 0 : 1;
}
