// RUN: %agreement %s %t
//
// Checked again after the wait, in one step with the act, or under a lock.

#include "corolint/rt.h"
#include "corolint/rt/Shared.h"

using namespace corolint::rt;

static Task<int> make(int Value) {
  co_await yield_now();
  co_return Value;
}

static Task<void> looksAgain(Shared<int> &Number) {
  if (Number.read() == 0) {
    const int Made = co_await make(1);
    if (Number.read() == 0)
      Number.write() = Made;
  }
}

static Task<void> inOneStep(Shared<int> &Number) {
  if (Number.read() == 0) {
    const int Made = co_await make(2);
    Number.update([&](int &Now) {
      if (Now == 0)
        Now = Made;
    });
  }
}

static Task<void> underALock(AsyncMutex &Mutex, Shared<int> &Number) {
  const auto Guard = co_await Mutex.lock();
  if (Number.read() == 0)
    Number.write() = co_await make(3);
}

int main() {
  EventLoop Loop;
  Shared<int> Two(0);
  Loop.run(when_all(looksAgain(Two), inOneStep(Two), looksAgain(Two)));
  AsyncMutex Mutex;
  Shared<int> One(0);
  Loop.run(when_all(underALock(Mutex, One), underALock(Mutex, One)));
}
