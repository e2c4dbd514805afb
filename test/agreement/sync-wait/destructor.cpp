// RUN: %agreement %s %t
//
// A destructor that waits, at the end of its object's life.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> nothing() { co_return; }

namespace {
struct Connection {
  bool Open = true;
  ~Connection() { sync_wait(nothing()); }
};
} // namespace

static Task<void> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  {
    // STATIC-ONLY: coro-sync-over-async: reported at the object.
    const Connection C;
    (void)C;
    // RUNTIME-ONLY: coro-sync-over-async: reported where the object is
    // destroyed.
  }
  co_await yield_now();
}

int main() {
  ThreadPool Pool(2);
  sync_wait(f(Pool));
}
