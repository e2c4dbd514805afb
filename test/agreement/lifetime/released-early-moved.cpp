// RUN: %agreement %s %t
//
// The task is moved out of its variable, so it is constructed again.

#include "corolint/rt.h"
#include <cstdio>

using namespace corolint::rt;

static Task<void> transfer() {
  co_await yield_now();
  std::printf("transferred\n");
}

static Task<void> start(AsyncSharedMutex &Mutex, bool Twice) {
  const auto Held = Mutex.try_lock_shared(); // BOTH: coro-early-release
  Task<void> First = transfer(), Second = transfer();
  return Twice ? std::move(Second) : std::move(First);
}

int main(int argc, char **) {
  EventLoop Loop;
  AsyncSharedMutex Mutex;
  Loop.run(start(Mutex, argc > 1));
}
