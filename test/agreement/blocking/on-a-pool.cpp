// RUN: %agreement %s %t
//
// Work on a pool must not block either.

#include "corolint/rt.h"
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
}

int main() {
  ThreadPool Pool(2);
  sync_wait(f(Pool));
}
