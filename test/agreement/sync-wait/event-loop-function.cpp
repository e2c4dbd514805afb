// RUN: %agreement %s %t
//
// A function that says where it runs is judged there.

#include "corolint/rt.h"
#include <system_error>

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

COROLINT_EVENT_LOOP static void onReady() {
  try {
    // STATIC-ONLY: coro-sync-over-async: reported in the function that declares
    // its context, which is unknown at run time.
    sync_wait(nothing());
  } catch (const std::system_error &) {
  }
}

int main() {
  EventLoop Loop;
  Loop.post([] {
    // RUNTIME-ONLY: coro-sync-over-async: reported in the callback that the
    // loop called.
    onReady();
  });
  Loop.run();
}
