// RUN: %agreement %s %t
//
// A thread of the program's own will set the event, and nobody knows.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(AsyncEvent &Event) {
  // RUNTIME-ONLY: rt-quiescence: only an EventLoop::WorkGuard informs the loop
  // about the work of another thread.
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
