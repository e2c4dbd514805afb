// RUN: %agreement %s %t
//
// Awaiting what never suspends is no yield.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<bool> f() {
  NoYieldScope Scope;
  co_await std::suspend_never();
  const std::stop_token Token = co_await current_stop_token();
  co_return Token.stop_requested();
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) ? 1 : 0;
}
