// RUN: %agreement %s %t
//
// The plainest case: a guard lives across an await.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex) {
  const std::lock_guard Guard(Mutex);
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
