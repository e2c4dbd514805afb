// RUN: %agreement %s %t
//
// The same in a posted function.

#include "corolint/rt.h"
#include <semaphore>
#include <thread>

using namespace corolint::rt;
using namespace std::chrono_literals;

int main() {
  std::binary_semaphore Done(0);
  ThreadPool Pool(2);
  Pool.post([&] {
    std::this_thread::sleep_for(1s); // BOTH: coro-blocking-call
    Done.release();
  });
  Done.acquire();
}
