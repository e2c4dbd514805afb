// RUN: %agreement %s %t
//
// There a synchronous wait is fine, too.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> four() {
  co_await sleep_for(1ms);
  co_return 4;
}

static Task<int> f() {
  co_return co_await run_blocking([] { return sync_wait(four()); });
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
