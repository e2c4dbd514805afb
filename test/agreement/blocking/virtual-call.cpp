// RUN: %agreement %s %t
//
// Nobody sees which override is called.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

namespace {
struct Observer {
  virtual ~Observer() = default;
  virtual void changed() = 0;
};
struct Slow : Observer {
  void changed() override { std::this_thread::sleep_for(1s); }
};
} // namespace

static Task<void> f(Observer &O) {
  co_await yield_now();
  // RUNTIME-ONLY: coro-blocking-call: a virtual call, whose override is unknown
  // at compile time.
  O.changed();
}

int main() {
  Slow S;
  EventLoop Loop;
  Loop.run(f(S));
}
