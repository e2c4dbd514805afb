// RUN: %agreement %s %t
//
// Blocking work, on a thread made for it.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<int> f() {
  co_return co_await run_blocking([] {
    std::this_thread::sleep_for(400ms);
    return 4;
  });
}

int main() {
  EventLoop Loop;
  return Loop.run(f()) == 4 ? 0 : 1;
}
