// RUN: %agreement %s %t
//
// A task that is asked to stop while it waits for a lock.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(AsyncMutex &Mutex) {
  const auto Held = co_await Mutex.lock();
  const auto Waits = [&]() -> Task<int> {
    const auto Again = co_await Mutex.lock();
    co_return 1;
  };
  const auto Ends = []() -> Task<int> {
    co_await sleep_for(1ms);
    co_return 2;
  };
  co_await when_any(Waits(), Ends());
}

int main() {
  AsyncMutex Mutex;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
