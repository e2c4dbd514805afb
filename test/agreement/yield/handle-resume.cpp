// RUN: %agreement %s %t
//
// Resuming a handle by hand runs another coroutine.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> step(std::coroutine_handle<> &Saved) {
  struct Save {
    std::coroutine_handle<> &Where;
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> Self) { Where = Self; }
    void await_resume() {}
  };
  co_await Save{Saved};
}

static void go(std::coroutine_handle<> Saved) {
  NoYieldScope Scope;
  // STATIC-ONLY: coro-no-yield-region: resuming the standard library's handle
  // calls no function of the runtime.
  Saved.resume();
}

int main() {
  std::coroutine_handle<> Saved;
  EventLoop Loop;
  Loop.spawn(step(Saved));
  Loop.poll();
  go(Saved);
  Loop.run();
}
