// RUN: %agreement %s %t
//
// Nobody sees which override is called.

#include "corolint/rt.h"

using namespace corolint::rt;

namespace {
struct Observer {
  virtual ~Observer() = default;
  virtual void changed() = 0;
};
struct Pump : Observer {
  EventLoop Loop;
  void changed() override { Loop.poll(); }
};
} // namespace

static void update(Observer &O) {
  NoYieldScope Scope;
  // RUNTIME-ONLY: coro-no-yield-region: a virtual call, whose override is
  // unknown at compile time.
  O.changed();
}

int main() {
  Pump P;
  update(P);
}
