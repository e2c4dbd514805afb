// RUN: %agreement %s %t
//
// Two functions down from an open scope.

#include "corolint/rt.h"

using namespace corolint::rt;

static void pump(EventLoop &Loop) { Loop.poll(); }
static void pumpTwice(EventLoop &Loop) {
  pump(Loop);
  pump(Loop);
}

static void update(EventLoop &Loop) {
  NoYieldScope Scope;
  pumpTwice(Loop); // BOTH: coro-no-yield-region
}

int main() {
  EventLoop Loop;
  update(Loop);
}
