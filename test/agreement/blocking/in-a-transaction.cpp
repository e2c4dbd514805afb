// RUN: %agreement %s %t
//
// What is handed to the runtime blocks: reported where it does.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(Isolated<int> &Value) {
  co_await Value.transact([](int &Draft) {
    std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
    ++Draft;
  });
}

int main() {
  Isolated<int> Value(0);
  EventLoop Loop;
  Loop.run(f(Value));
}
