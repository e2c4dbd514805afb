// RUN: %agreement %s %t
//
// A lock that is the program's own.

#include "corolint/rt.h"
#include <atomic>
#include <mutex>

using namespace corolint::rt;

namespace {
class SpinLock {
public:
  void lock() {
    while (Taken.test_and_set(std::memory_order_acquire))
      ;
  }
  void unlock() { Taken.clear(std::memory_order_release); }

private:
  std::atomic_flag Taken;
};
} // namespace

static Task<void> f(SpinLock &Lock) {
  const std::lock_guard Guard(Lock);
  // STATIC-ONLY: coro-lock-across-await: rt_lockwatch sees only locks that go
  // through pthread, and this one does not.
  co_await yield_now();
}

int main() {
  SpinLock Lock;
  EventLoop Loop;
  Loop.run(f(Lock));
}
