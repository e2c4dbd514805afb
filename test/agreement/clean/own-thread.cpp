// RUN: %agreement %s %t
//
// A thread of its own may block, whoever starts it.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(AsyncEvent &Done) {
  std::thread Other(
      [&Done, Guard = EventLoop::WorkGuard(*EventLoop::current())] {
        std::this_thread::sleep_for(400ms);
        Done.set();
      });
  Other.detach();
  co_await Done.wait();
}

int main() {
  AsyncEvent Done;
  EventLoop Loop;
  Loop.run(f(Done));
}
