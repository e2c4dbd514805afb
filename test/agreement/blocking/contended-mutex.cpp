// RUN: %agreement %s %t
//
// Waiting for a mutex that another thread holds for long.

#include "corolint/rt.h"
#include <mutex>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(std::mutex &Mutex) {
  co_await yield_now();
  // RUNTIME-ONLY: coro-blocking-call: the check ignores mutexes by default,
  // because a short wait for one is not a bug.
  const std::lock_guard Guard(Mutex);
}

int main() {
  std::mutex Mutex;
  std::unique_lock Held(Mutex);
  std::thread Other([&] {
    std::this_thread::sleep_for(1s);
    Held.unlock();
  });
  EventLoop Loop;
  // STATIC-ONLY: coro-lock-across-await: the plain thread that drives the loop
  // holds the lock, not a coroutine.
  Loop.run(f(Mutex));
  Other.join();
}
