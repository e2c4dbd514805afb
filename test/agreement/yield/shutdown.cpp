// RUN: %agreement %s %t
//
// Shutting a loop down lets its tasks run once more.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> endless() {
  for (;;)
    co_await sleep_for(1h);
}

static void close(EventLoop &Loop) {
  NoYieldScope Scope;
  // BOTH: coro-no-yield-region
  // BOTH: coro-sync-over-async
  Loop.shutdown();
}

int main() {
  EventLoop Loop;
  Loop.spawn(endless());
  Loop.poll();
  close(Loop);
}
