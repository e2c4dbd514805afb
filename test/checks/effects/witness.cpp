// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// The witness: every step of the chain, down to the primitive.

#include "coro.h"
#include <chrono>
#include <thread>
using namespace coro;

COROLINT_BLOCKING int declared();

task<> no_step() {
  declared();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'declared' may block in coroutine 'no_step' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:{{[0-9]+}}: note: 'declared' is declared blocking here
  co_return;
}

int one() { return declared(); }
int two() {
  int x = 1;
  return x + one();
}

task<> two_steps() {
  two();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'two' may block in coroutine 'two_steps' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-6]]:14: note: 'two' calls 'one' here
  // CHECK-NOTES: :[[@LINE-10]]:20: note: 'one' calls 'declared' here
  // CHECK-NOTES: :[[@LINE-20]]:{{[0-9]+}}: note: 'declared' is declared blocking here
  co_return;
}

void sleeps() {
  std::this_thread::sleep_for(std::chrono::seconds(1));
}

task<> model() {
  sleeps();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'sleeps' may block (sleep) in coroutine 'model' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-6]]:21: note: 'sleeps' calls 'sleep_for' here
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'sleep_for' blocks (sleep) [std]
  co_return;
}

struct S {
  S() { sleeps(); }
};
struct T {
  S s;
  ~T() { declared(); }
};

task<> special_members() {
  T t;
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: construction of 'T' may block (sleep) in coroutine 'special_members' [coro-blocking-call]
  // CHECK-NOTES: note: 'T' calls 'S' here
  // CHECK-NOTES: :[[@LINE-11]]:9: note: 'S' calls 'sleeps' here
  // CHECK-NOTES: :[[@LINE-24]]:21: note: 'sleeps' calls 'sleep_for' here
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'sleep_for' blocks (sleep) [std]
  // CHECK-NOTES: :[[@LINE-6]]:5: warning: destruction of 't' may block in coroutine 'special_members' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-11]]:10: note: '~T' calls 'declared' here
  // CHECK-NOTES: :[[@LINE-53]]:{{[0-9]+}}: note: 'declared' is declared blocking here
  co_return;
}

// A cycle does not lengthen the chain.
int odd(int n);
int even(int n) { return n ? odd(n - 1) : declared(); }
int odd(int n) { return n ? even(n - 1) : 0; }

task<> through_cycle(int n) {
  odd(n);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'odd' may block in coroutine 'through_cycle' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:29: note: 'odd' calls 'even' here
  // CHECK-NOTES: :[[@LINE-7]]:43: note: 'even' calls 'declared' here
  // CHECK-NOTES: :[[@LINE-67]]:{{[0-9]+}}: note: 'declared' is declared blocking here
  co_return;
}
