// RUN: %agreement %s %t
//
// A thread that has no executor but the one of the wait.

#include "corolint/rt.h"
#include <mutex>

using namespace corolint::rt;
using namespace std::chrono_literals;

static Task<void> f(std::mutex &Mutex) {
  const std::lock_guard Guard(Mutex);
  co_await sleep_for(1ms); // BOTH: coro-lock-across-await
}

int main() {
  std::mutex Mutex;
  sync_wait(f(Mutex));
}
