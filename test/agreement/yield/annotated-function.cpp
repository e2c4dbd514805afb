// RUN: %agreement %s %t
//
// A promise to the checks alone.

#include "corolint/rt.h"

using namespace corolint::rt;

// The function is declared, not marked by an object that exists at run time.
COROLINT_NO_YIELD static Task<void> f() {
  // STATIC-ONLY: coro-no-yield-region: the annotation generates no code; a
  // NoYieldScope does.
  co_await yield_now();
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
