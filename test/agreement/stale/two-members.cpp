// RUN: %agreement %s %t
//
// Another task changes the member beside the one that was checked.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

namespace {
struct Window {
  int InFlight = 0;
  bool Paused = false;
};
} // namespace

static Task<void> pause(Shared<Window> &Now) {
  Now.write().Paused = true;
  co_return;
}

static Task<void> f(Shared<Window> &Now) {
  const bool Free = Now.read().InFlight < 3;
  co_await yield_now();
  if (Free)
    // RUNTIME-ONLY: coro-stale-state: the contract counts versions of the whole
    // object, the check follows single members.
    Now.write().Paused = false;
}

int main() {
  EventLoop Loop;
  Shared<Window> Now;
  Loop.run(when_all(f(Now), pause(Now)));
}
