// RUN: %agreement %s %t
//
// A thread of the program's own will set the event, and nobody knows.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(AsyncEvent &Event) {
  // RUNTIME-ONLY: rt-quiescence: only an EventLoop::WorkGuard would tell the
  // loop that another thread has something to do.
  co_await Event.wait();
}

int main() {
  AsyncEvent Event;
  std::thread Other([&] {
    std::this_thread::sleep_for(1s);
    Event.set();
  });
  EventLoop Loop;
  try {
    Loop.run(f(Event));
  } catch (const Cancelled &) {
  }
  Other.join();
}
