// RUN: %agreement %s %t
//
// A wait that is not the runtime's own.

#include "corolint/rt.h"
#include <future>

using namespace corolint::rt;
using namespace std::chrono_literals;

static int slow() {
  std::this_thread::sleep_for(1s);
  return 4;
}

static Task<int> f() {
  auto Value = std::async(std::launch::async, slow);
  // STATIC-ONLY: coro-sync-over-async: the runtime does not see the standard
  // library's wait, only that the thread makes no progress.
  // RUNTIME-ONLY: coro-blocking-call: the watcher reports any long wait as a
  // stall, whatever its reason.
  co_return Value.get();
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
