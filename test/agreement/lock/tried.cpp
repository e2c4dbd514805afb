// RUN: %agreement %s %t
//
// Held where the attempt succeeded, and only there.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex) {
  std::unique_lock Guard(Mutex, std::try_to_lock);
  if (!Guard.owns_lock()) {
    co_await yield_now();
    co_return;
  }
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
