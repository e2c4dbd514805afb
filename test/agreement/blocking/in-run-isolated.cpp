// RUN: %agreement %s %t
//
// Meant to wait on its own loop: the task inside still must not block it.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> child() {
  co_await yield_now();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

static Task<void> f() {
  NoYieldScope Scope;
  run_isolated(child());
  co_return;
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
