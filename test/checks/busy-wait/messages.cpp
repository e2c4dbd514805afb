// RUN: %check_corolint %s coro-busy-wait %t -- \
// RUN:   --config='{CheckOptions: {CoroModels: "%S/Inputs/reschedules.yaml"}}'

#include "coro.h"
#include <atomic>
using namespace coro;

std::atomic<bool> flag;
bool plain;
namespace own {
async_awaiter<> step();
}

task<> messages() {
  while (!flag.load())
    ;
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: the loop waits without letting other coroutines run
  // CHECK-NOTES: :[[@LINE-3]]:16: note: it waits for this to change
  while (!plain)
    co_await own::step();
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: the loop waits by rescheduling itself again and again
  // CHECK-NOTES: :[[@LINE-3]]:10: note: it waits for this to change
  while (true)
    ;
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: the loop has no end and never suspends the coroutine
}
