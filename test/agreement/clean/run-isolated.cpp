// RUN: %agreement %s %t
//
// The approved way to wait in a region, on a loop of its own.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> load() {
  co_await sleep_for(400ms);
  co_return 4;
}

static Task<int> f() {
  NoYieldScope Scope;
  co_return run_isolated(load());
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
