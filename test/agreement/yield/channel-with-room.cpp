// RUN: %agreement %s %t
//
// Sending and receiving that need no wait now.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(Channel<int> &Numbers) {
  NoYieldScope Scope;
  co_await Numbers.send(1);         // BOTH: coro-no-yield-region
  (void)co_await Numbers.receive(); // BOTH: coro-no-yield-region
}

int main() {
  Channel<int> Numbers(1);
  EventLoop Loop;
  Loop.run(f(Numbers));
}
