// RUN: %agreement %s %t
//
// The same, and it does not last.

#include "corolint/rt.h"
#include <future>

using namespace corolint::rt;

static Task<int> f() {
  auto Value = std::async(std::launch::async, [] { return 4; });
  // STATIC-ONLY: coro-sync-over-async: the runtime does not see the standard
  // library's wait.
  co_return Value.get();
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
