// RUN: %agreement %s %t
//
// The mutex is free, so this run does not suspend.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(AsyncMutex &Mutex) {
  NoYieldScope Scope;
  auto Guard = co_await Mutex.lock(); // BOTH: coro-no-yield-region
}

int main() {
  AsyncMutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
