// RUN: %agreement %s %t
//
// The first to end wins, the other is cancelled.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> after(std::chrono::milliseconds Time, int Value) {
  co_await sleep_for(Time);
  co_return Value;
}

static Task<int> f() {
  auto First = co_await when_any(after(1ms, 4), after(1h, 5));
  co_return std::get<0>(First.Value);
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
