// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// The notes name the lock and the way to the yield.

#include "coro.h"
#include <mutex>

extern std::mutex m;
COROLINT_YIELDS void pump();
void helper() { pump(); }

void f() {
  std::lock_guard l(m);
  helper();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'helper' yields while lock 'l' is held [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:19: note: acquired here
  // CHECK-NOTES: :[[@LINE-7]]:17: note: 'helper' calls 'pump' here
  // CHECK-NOTES: :[[@LINE-9]]:22: note: 'pump' is declared to yield here
}

void with(const std::lock_guard<std::mutex> &, int);
COROLINT_YIELDS int pump_value();

void g() {
  with(std::lock_guard(m), pump_value());
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: call to 'pump_value' yields while a temporary lock is held [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-2]]:8: note: acquired here
  // CHECK-NOTES: :[[@LINE-6]]:21: note: 'pump_value' is declared to yield here
}
