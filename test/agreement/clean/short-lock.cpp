// RUN: %agreement %s %t
//
// A lock that is held between awaits only.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static Task<void> f(std::mutex &Mutex, int &Value) {
  for (int I = 0; I != 4; ++I) {
    {
      const std::lock_guard Guard(Mutex);
      ++Value;
    }
    co_await yield_now();
  }
}

static Task<int> both() {
  std::mutex Mutex;
  int Value = 0;
  co_await when_all(f(Mutex, Value), f(Mutex, Value));
  co_return Value;
}

int main() {
  EventLoop Loop;
  return Loop.run(both()) == 8 ? 0 : 1;
}
