// RUN: %agreement %s %t
//
// Made to be held across an await.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> add(AsyncMutex &Mutex, int &Value) {
  const auto Guard = co_await Mutex.lock();
  const int Old = Value;
  co_await yield_now();
  Value = Old + 1;
}

static Task<int> f() {
  AsyncMutex Mutex;
  int Value = 0;
  co_await when_all(add(Mutex, Value), add(Mutex, Value));
  co_return Value;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 2 ? 0 : 1;
}
