// RUN: %agreement %s %t
//
// The coroutine goes on on any worker, and unlocks there.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex) {
  const std::lock_guard Guard(Mutex);
  co_await yield_now(); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  ThreadPool Pool(1);
  const auto Main = [&]() -> Task<void> { co_await Pool.spawn(f(Mutex)); };
  sync_wait(Main());
}
