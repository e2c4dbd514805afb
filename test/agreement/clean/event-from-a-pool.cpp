// RUN: %agreement %s %t
//
// Another thread of the runtime sets the event in its own time.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> wait(AsyncEvent &Event) { co_await Event.wait(); }

static Task<void> set(AsyncEvent &Event) {
  const AllowBlocking Meant;
  std::this_thread::sleep_for(400ms);
  Event.set();
  co_return;
}

int main() {
  AsyncEvent Event;
  ThreadPool Pool(1);
  auto Set = Pool.spawn(set(Event));
  EventLoop Loop;
  Loop.run(wait(Event));
}
