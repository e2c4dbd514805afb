// RUN: %agreement %s %t
//
// The await of the task is wrong; the task's own await is not.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> load() {
  co_await sleep_for(1ms);
  co_return 4;
}

static Task<void> f(int &Total) {
  NoYieldScope Scope;
  Total += co_await load(); // BOTH: coro-no-yield-region
}

int main() {
  int Total = 0;
  EventLoop Loop;
  Loop.run(f(Total));
}
