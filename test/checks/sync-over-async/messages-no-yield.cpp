// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// The text for a no-yield region.

#include "coro.h"
#include <future>

void region(std::future<int> f) {
  COROLINT_NO_YIELD_REGION {
    f.get();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: call to 'get' waits synchronously for asynchronous work in a no-yield region [coro-sync-over-async]
  }
}
