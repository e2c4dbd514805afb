// RUN: %agreement %s %t
//
// One of several results, and the guard does not hold from the start.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start(AsyncMutex &Mutex, int Count) {
  if (Count == 0)
    return transfer();
  auto Held = Mutex.try_lock(); // BOTH: coro-early-release
  if (Count == 1)
    return transfer();
  auto Work = transfer();
  return Work;
}

int main() {
  EventLoop Loop;
  AsyncMutex Mutex;
  for (int Count = 0; Count != 2; ++Count)
    Loop.run(start(Mutex, Count));
}
