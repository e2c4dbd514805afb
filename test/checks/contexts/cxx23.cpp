// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await,coro-no-yield-region %t -std=c++23
// C++23: explicit object parameters, static call operators, `if consteval`.

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();

struct object {
  task<> explicit_object_bad(this object &self) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  template <typename Self> task<> deduced_object_bad(this Self &&self) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  int plain_ok(this object &self) { return block(); }
  COROLINT_BLOCKING void declared(this object &self);
  COROLINT_NO_YIELD task<> no_yield_bad(this object &self) {
    co_await async_op(); // warn: coro-no-yield-region
  }
  std::mutex m;
  task<> lock_bad(this object &self) {
    std::lock_guard l(self.m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  void lock_manually(this object &self) { self.m.lock(); }
  task<> manual_lock_bad(this object &self) {
    self.m.lock();
    co_await async_op(); // warn: coro-lock-across-await
    self.m.unlock();
    co_await async_op();
  }
};

// A guard taken by value as the object parameter lives like any parameter.
struct owner {
  std::unique_lock<std::mutex> l;
  task<> by_value_bad(this owner self) {
    co_await async_op(); // warn: coro-lock-across-await
  }
  task<> by_reference_ok(this owner &self) { co_await async_op(); }
};

task<> calls_bad(object &o) {
  o.plain_ok(); // warn: coro-blocking-call
  o.declared(); // warn: coro-blocking-call
  co_return;
}

auto explicit_object_lambda_bad = [](this auto self) -> task<> {
  block(); // warn: coro-blocking-call
  co_return;
};

auto recursive_lambda = [](this auto self, int n) -> int {
  return n ? self(n - 1) : block();
};

auto harmless_recursive_lambda = [](this auto self, int n) -> int {
  return n ? self(n - 1) : 0;
};

auto static_lambda = []() static { block(); };

struct static_call {
  static void operator()() { block(); }
  static int operator[](int) { return block(); }
};

task<> operators_bad() {
  recursive_lambda(1); // warn: coro-blocking-call
  harmless_recursive_lambda(1);
  static_lambda(); // warn: coro-blocking-call
  static_call()(); // warn: coro-blocking-call
  static_call()[1]; // warn: coro-blocking-call
  co_await explicit_object_lambda_bad();
}

struct subscript {
  int operator[](int, int) { return block(); }
  int operator[](int) { return 0; }
};
task<> several_subscripts_bad(subscript s) {
  s[1, 2]; // warn: coro-blocking-call
  s[1];
  co_return;
}

constexpr int at_run_time(int n) {
  if consteval {
    return n;
  } else {
    return block();
  }
}
constexpr int at_compile_time(int n) {
  if consteval {
    return block();
  } else {
    return n;
  }
}
consteval int immediate(int n) { return n ? n : block(); }
task<> if_consteval_bad(int n) {
  at_run_time(n); // warn: coro-blocking-call
  co_return;
}
task<> if_consteval_ok(int n) {
  at_compile_time(n);
  (void)immediate(1);
  constexpr int x = at_run_time(1);
  (void)x;
  co_return;
}

task<> decay_copy_bad() {
  (void)auto(block()); // warn: coro-blocking-call
  co_return;
}

void use(object &o) { (void)o.deduced_object_bad(); }
