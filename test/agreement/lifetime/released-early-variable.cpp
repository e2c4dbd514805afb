// RUN: %agreement %s %t
//
// The task is in a variable before it is returned.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start(AsyncMutex &Mutex) {
  const AsyncMutex::Guard Held = Mutex.try_lock(); // BOTH: coro-early-release
  auto Work = transfer();
  std::printf("started\n");
  return Work;
}

int main() {
  EventLoop Loop;
  AsyncMutex Mutex;
  Loop.run(start(Mutex));
}
