// RUN: %agreement %s %t
//
// The function tests its guard.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start(AsyncMutex &Mutex) {
  // RUNTIME-ONLY: coro-early-release: the check does not judge a guard that the
  // function names again.
  auto Held = Mutex.try_lock();
  if (!Held)
    return Task<void>();
  return transfer();
}

int main() {
  EventLoop Loop;
  AsyncMutex Mutex;
  Loop.run(start(Mutex));
}
