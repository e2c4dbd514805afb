// RUN: %agreement %s %t
//
// What main() waits for, nobody else does.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> four() {
  co_await sleep_for(1ms);
  co_return 4;
}

int main() {
  std::this_thread::sleep_for(400ms);
  return sync_wait(four()) == 4 ? 0 : 1;
}
