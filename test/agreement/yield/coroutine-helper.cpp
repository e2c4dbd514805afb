// RUN: %agreement %s %t
//
// A coroutine's open scope, and a helper that is no coroutine.

#include "corolint/rt.h"

using namespace corolint::rt;

static void pump(EventLoop &Loop) { Loop.poll(); }

static Task<void> f(EventLoop &Other) {
  NoYieldScope Scope;
  pump(Other); // BOTH: coro-no-yield-region
  co_return;
}

int main() {
  EventLoop Loop, Other;
  Loop.run(f(Other));
}
