// RUN: %agreement %s %t
//
// A posted function runs on the loop's thread, coroutine or not.

#include "corolint/rt.h"
#include <system_error>

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

int main() {
  EventLoop Loop;
  Loop.post([] {
    try {
      sync_wait(nothing()); // BOTH: coro-sync-over-async
    } catch (const std::system_error &) {
    }
  });
  Loop.run();
}
