// RUN: %agreement %s %t
//
// A posted function that does its work and returns.

#include "corolint/rt.h"

using namespace corolint::rt;

int main() {
  int Count = 0;
  EventLoop Loop;
  for (int I = 0; I != 4; ++I)
    Loop.post([&] { ++Count; });
  Loop.run();
  return Count == 4 ? 0 : 1;
}
