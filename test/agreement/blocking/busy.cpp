// RUN: %agreement %s %t
//
// Computing holds the thread as well as waiting does.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f() {
  co_await yield_now();
  const auto End = std::chrono::steady_clock::now() + 1s;
  // RUNTIME-ONLY: coro-blocking-call: the thread is busy, not blocked, and the
  // checks do not judge the duration of a computation.
  // STATIC-ONLY: coro-busy-wait: the contract reports the busy thread as
  // coro-blocking-call.
  while (std::chrono::steady_clock::now() < End)
    ;
}

int main() {
  EventLoop Loop;
  Loop.run(f());
}
