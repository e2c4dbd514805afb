// RUN: %agreement %s %t
//
// Every worker waits for what only a worker could do.

#include "corolint/rt.h"
#include <semaphore>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> wait(AsyncEvent &Event) {
  const EventLoop::WorkGuard Sets(*EventLoop::current());
  co_await Event.wait();
}

static Task<void> f(AsyncEvent &Event) {
  co_await yield_now();
  sync_wait(wait(Event)); // BOTH: coro-sync-over-async
}

static Task<void> set(AsyncEvent &Event) {
  Event.set();
  co_return;
}

int main() {
  AsyncEvent Event;
  ThreadPool Pool(1);
  auto Waits = Pool.spawn(f(Event));
  std::this_thread::sleep_for(50ms);
  auto Sets = Pool.spawn(set(Event));
  std::this_thread::sleep_for(1s);
  Event.set();
  const auto Join = [&]() -> Task<void> {
    co_await std::move(Waits);
    co_await std::move(Sets);
  };
  sync_wait(Join());
}
