// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// What the check says, word by word.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_NO_YIELD task<> declared() {
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: 'declared' must not yield: it is declared no-yield here
}

COROLINT_NO_YIELD generator<int> declared_generator() {
  co_yield 1;
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'co_yield' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: 'declared_generator' must not yield: it is declared no-yield here
}

task<int> in_block() {
  COROLINT_NO_YIELD_REGION {
    int x = co_await async_op<int>();
    // CHECK-NOTES: :[[@LINE-1]]:13: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
    // CHECK-NOTES: :[[@LINE-3]]:3: note: the no-yield region begins here
    co_return x;
  }
}

struct COROLINT_NO_YIELD_SCOPE stay {
  stay();
  ~stay();
};

task<> scope_object() {
  stay here;
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:8: note: 'here' of type 'stay' opens a no-yield region here
}

task<> temporary() {
  stay(), co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: a temporary of type 'stay' opens a no-yield region here
}

auto lambda = []() COROLINT_NO_YIELD -> task<> {
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: the lambda must not yield: it is declared no-yield here
};

void critically(std::function<task<>()> f COROLINT_NO_YIELD);

void callback() {
  critically([]() -> task<> {
    co_await async_op();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'co_await' yields inside a no-yield region [coro-no-yield-region]
    // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: the callable is passed to a no-yield parameter here
  });
}

COROLINT_YIELDS void pump();

COROLINT_NO_YIELD void calls_declared() {
  pump();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'pump' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: 'calls_declared' must not yield: it is declared no-yield here
  // CHECK-NOTES: :[[@LINE-6]]:{{[0-9]+}}: note: 'pump' is declared to yield here
}

void twice() { pump(); }
void thrice() {
  twice();
}

COROLINT_NO_YIELD void calls_chain() {
  thrice();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'thrice' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: 'calls_chain' must not yield: it is declared no-yield here
  // CHECK-NOTES: :[[@LINE-7]]:3: note: 'thrice' calls 'twice' here
  // CHECK-NOTES: :[[@LINE-10]]:16: note: 'twice' calls 'pump' here
  // CHECK-NOTES: :[[@LINE-20]]:{{[0-9]+}}: note: 'pump' is declared to yield here
}

COROLINT_NO_YIELD void calls_model(std::coroutine_handle<> h) {
  h.resume();
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: call to 'resume' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: 'calls_model' must not yield: it is declared no-yield here
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'resume' lets other coroutines run [std]
  h();
  // CHECK-NOTES: :[[@LINE-1]]:{{[34]}}: warning: call to 'operator()' yields inside a no-yield region [coro-no-yield-region]
  // CHECK-NOTES: :[[@LINE-7]]:{{[0-9]+}}: note: 'calls_model' must not yield: it is declared no-yield here
  // CHECK-NOTES: :{{[0-9]+}}:{{[0-9]+}}: note: 'operator()' lets other coroutines run [std]
}
