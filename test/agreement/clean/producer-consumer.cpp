// RUN: %agreement %s %t
//
// A bounded channel between two tasks.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> produce(Channel<int> &Numbers) {
  for (int I = 0; I != 100; ++I)
    co_await Numbers.send(I);
  Numbers.close();
}

static Task<int> consume(Channel<int> &Numbers) {
  int Sum = 0;
  for (;;) {
    const std::optional<int> Number = co_await Numbers.receive();
    if (!Number)
      co_return Sum;
    Sum += *Number;
  }
}

static Task<int> f() {
  Channel<int> Numbers(4);
  auto [Nothing, Sum] = co_await when_all(produce(Numbers), consume(Numbers));
  co_return Sum;
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4950 ? 0 : 1;
}
