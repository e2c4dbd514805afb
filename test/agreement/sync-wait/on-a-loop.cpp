// RUN: %agreement %s %t
//
// Waiting on the loop's thread for what needs the loop: it throws, too.

#include "corolint/rt.h"
#include <system_error>

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

static Task<void> f() {
  try {
    sync_wait(nothing()); // BOTH: coro-sync-over-async
  } catch (const std::system_error &) {
  }
  co_return;
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
