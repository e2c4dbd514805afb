// RUN: %agreement %s %t
//
// The same through a function: the call in the callback is reported.

#include "corolint/rt.h"
#include <system_error>

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

static void wait() {
  try {
    sync_wait(nothing());
  } catch (const std::system_error &) {
  }
}

int main() {
  EventLoop Loop;
  Loop.post([] {
    wait(); // BOTH: coro-sync-over-async
  });
  Loop.run();
}
