// RUN: %agreement %s %t
//
// A lock that is given back before the await.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;

static void use(std::unique_lock<std::mutex> Guard, int &Value) {
  if (Guard.owns_lock())
    ++Value;
}

static Task<int> f(std::mutex &Mutex) {
  int Value = 0;
  std::unique_lock Guard(Mutex);
  use(std::move(Guard), Value);
  co_await yield_now();
  co_return Value;
}

int main() {
  std::mutex Mutex;
  EventLoop Loop;
  return Loop.run(f(Mutex)) == 1 ? 0 : 1;
}
