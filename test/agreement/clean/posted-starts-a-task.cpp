// RUN: %agreement %s %t
//
// A callback starts a task instead of waiting for it.

#include "corolint/rt.h"

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> add(int &Count) {
  co_await sleep_for(1ms);
  ++Count;
}

int main() {
  int Count = 0;
  EventLoop Loop;
  Loop.post([&] { Loop.spawn(add(Count)); });
  Loop.run();
  return Count == 1 ? 0 : 1;
}
