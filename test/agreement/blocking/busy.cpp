// RUN: %agreement %s %t
//
// Computing holds the thread as well as waiting does.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  const auto End = std::chrono::steady_clock::now() + 1s;
  // RUNTIME-ONLY: coro-blocking-call: busy on the CPU, not blocked: the checks
  // do not judge how long a computation takes.
  // STATIC-ONLY: coro-busy-wait: the contract reports that the thread is held,
  // under the name of the other check.
  while (std::chrono::steady_clock::now() < End)
    ;
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
