// RUN: %agreement %s %t
//
// Waiting for a condition that nobody makes true.

#include "corolint/rt.h"
#include <condition_variable>
#include <mutex>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<bool> f() {
  std::mutex Mutex;
  std::condition_variable Changed;
  co_await yield_now();
  std::unique_lock Lock(Mutex);
  // BOTH: coro-blocking-call
  co_return Changed.wait_for(Lock, 1s) == std::cv_status::timeout;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) ? 0 : 1;
}
