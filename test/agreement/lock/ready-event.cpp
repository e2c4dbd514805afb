// RUN: %agreement %s %t
//
// This run does not suspend, so nobody else finds the mutex locked.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex, AsyncEvent &Event) {
  const std::lock_guard Guard(Mutex);
  co_await Event.wait(); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  AsyncEvent Event(true);
  EventLoop Loop;
  Loop.run(f(Mutex, Event));
}
