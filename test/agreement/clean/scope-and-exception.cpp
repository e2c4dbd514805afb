// RUN: %agreement %s %t
//
// A region that an exception ends.

#include "corolint/rt.h"
#include <stdexcept>

using namespace corolint::rt;

static void change(int Value) {
  NoYieldScope Scope;
  if (Value < 0)
    throw std::invalid_argument("negative");
}

static Task<bool> f() {
  bool Threw = false;
  try {
    change(-1);
  } catch (const std::invalid_argument &) {
    Threw = true;
  }
  co_await yield_now();
  co_return Threw;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) ? 0 : 1;
}
