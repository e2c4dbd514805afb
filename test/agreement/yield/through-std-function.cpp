// RUN: %agreement %s %t
//
// Nobody sees which function is called.

#include "corolint/rt.h"
#include <functional>

using namespace corolint::rt;

static void update(const std::function<void()> &Notify) {
  NoYieldScope Scope;
  // RUNTIME-ONLY: coro-no-yield-region: called through a std::function, whose
  // target is unknown at compile time.
  Notify();
}

int main() {
  EventLoop Loop;
  update([&] { Loop.poll(); });
}
