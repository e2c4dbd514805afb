// RUN: %agreement %s %t
//
// The last worker asks for the pool while it waits: it throws instead.

#include "corolint/rt.h"
#include <system_error>

using namespace corolint::rt;

static Task<void> goAway(ThreadPool &Pool) { co_await Pool.schedule(); }

static Task<bool> f(ThreadPool &Pool) {
  co_await Pool.schedule();
  try {
    sync_wait(goAway(Pool)); // BOTH: coro-sync-over-async
  } catch (const std::system_error &E) {
    co_return E.code() == std::errc::resource_deadlock_would_occur;
  }
  co_return false;
}

int main() {
  ThreadPool Pool(1);
  return sync_wait(f(Pool)) ? 0 : 1;
}
