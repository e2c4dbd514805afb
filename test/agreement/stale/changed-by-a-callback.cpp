// RUN: %agreement %s %t
//
// A callback of the loop changes what the coroutine has read.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

namespace {
struct Window {
  int InFlight = 0;
};

class Sender {
public:
  void reset() { Now.write().InFlight = 0; }
  Task<void> send() {
    EventLoop::current()->post([this] { reset(); });
    if (Now.read().InFlight < 3) {
      co_await yield_now();
      Now.write().InFlight += 1; // BOTH: coro-stale-state
    }
  }

private:
  Shared<Window> Now;
};
} // namespace

int main() {
  EventLoop Loop;
  Sender Peer;
  Loop.run(Peer.send());
}
