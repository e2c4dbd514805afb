// RUN: %agreement %s %t
//
// Locked by a function that nobody sees.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex, void (*Enter)(std::mutex &),
                    void (*Leave)(std::mutex &)) {
  Enter(Mutex);
  // RUNTIME-ONLY: coro-lock-across-await: locked through a pointer to a
  // function.
  co_await yield_now();
  Leave(Mutex);
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(
      Mutex, [](std::mutex &M) { M.lock(); },
      [](std::mutex &M) { M.unlock(); }));
}
