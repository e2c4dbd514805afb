// RUN: %check_corolint %s coro-* %t -std=c++20 -expect-clang-tidy-error
// Code that does not compile: no crash, and what is whole is still checked.
// DOES-NOT-COMPILE

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();
extern std::mutex m;

task<> whole_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

task<> unknown_name() {
  undeclared();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: error: use of undeclared identifier 'undeclared' [clang-diagnostic-error]
  co_return;
}

void no_coroutine_type() {
  co_await async_op();
  // CHECK-MESSAGES: error: {{.*}} [clang-diagnostic-error]
}

struct incomplete;
task<> incomplete_guard() {
  std::lock_guard<incomplete> l(m);
  // CHECK-MESSAGES: error: {{.*}} [clang-diagnostic-error]
  co_return;
}

template <typename T> task<> bad_instance(T x) {
  x.missing();
  // CHECK-MESSAGES: error: member reference {{.*}} [clang-diagnostic-error]
  co_return;
}
void instantiate() { (void)bad_instance(1); }

struct COROLINT_NO_YIELD_SCOPE broken {
  missing_type member;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: error: unknown type name 'missing_type' [clang-diagnostic-error]
  ~broken();
};

task<> after_errors_bad() {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

// The initialiser has no type.
struct file {
  template <typename... Args> file(Args &&...) {}
};
void use(file &);
task<> no_type() {
  file f(1, co_await undeclared_too());
  // CHECK-MESSAGES: :[[@LINE-1]]:22: error: use of undeclared identifier 'undeclared_too' [clang-diagnostic-error]
  use(f);
}
