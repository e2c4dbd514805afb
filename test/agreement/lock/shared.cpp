// RUN: %agreement %s %t
//
// A reader's lock is a lock, too.

#include "corolint/rt.h"
#include <shared_mutex>

using namespace corolint::rt;

static Task<void> f(std::shared_mutex &Mutex) {
  const std::shared_lock Guard(Mutex);
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::shared_mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
