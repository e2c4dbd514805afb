// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// In a no-yield region a note says who waits, and what would not help.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING void block();

void region() {
  COROLINT_NO_YIELD_REGION {
    block();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'block' may block in a no-yield region [coro-blocking-call]
    // CHECK-MESSAGES: note: every coroutine on this thread stalls meanwhile; an async mutex would isolate only this state
  }
}

COROLINT_NO_YIELD void function() {
  block();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'block' may block in a no-yield region [coro-blocking-call]
  // CHECK-MESSAGES: note: every coroutine on this thread stalls meanwhile; an async mutex would isolate only this state
}
