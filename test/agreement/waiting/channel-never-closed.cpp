// RUN: %agreement %s %t
//
// A receiver that outlives all senders.

#include "corolint/rt.h"

using namespace corolint::rt;

static Task<void> f(Channel<int> &Numbers) {
  co_await Numbers.send(1);
  for (;;) {
    // RUNTIME-ONLY: rt-quiescence: no check follows whether any code sends.
    const std::optional<int> Number = co_await Numbers.receive();
    if (!Number)
      break;
  }
}

int main() {
  Channel<int> Numbers(4);
  EventLoop Loop;
  try {
    Loop.run(f(Numbers));
  } catch (const Cancelled &) {
  }
}
