// RUN: %agreement %s %t
//
// An asynchronous generator yields in its region, its consumer awaits in one.

#include "corolint/rt.h"

using namespace corolint::rt;

static AsyncGenerator<int> numbers() {
  NoYieldScope Scope;
  co_yield 1; // BOTH: coro-no-yield-region
  Scope.end();
  co_yield 2;
}

static Task<void> f() {
  auto Numbers = numbers();
  while (co_await Numbers.next())
    ;
  NoYieldScope Scope;
  auto More = numbers();
  co_await More.next(); // BOTH: coro-no-yield-region
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
