// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20-or-later
// Suspension points in functions that must not yield.

#include "coro.h"
using namespace coro;

COROLINT_NO_YIELD task<> await_bad() {
  co_await async_op(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD generator<int> yield_bad() {
  co_yield 1; // warn: coro-no-yield-region
}

task<> unannotated_await_ok() { co_await async_op(); }

generator<int> unannotated_yield_ok() { co_yield 1; }

// The initial and the final await are no suspension points of the body.
COROLINT_NO_YIELD task<> implicit_awaits_ok() { co_return; }

COROLINT_NO_YIELD task<int> await_in_return_bad() {
  co_return co_await async_op<int>(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD task<> await_in_condition_bad() {
  if (co_await async_op<bool>()) { // warn: coro-no-yield-region
  }
  while (co_await async_op<bool>()) { // warn: coro-no-yield-region
  }
  for (; co_await async_op<bool>();) { // warn: coro-no-yield-region
  }
  switch (co_await async_op<int>()) { // warn: coro-no-yield-region
  default:
    break;
  }
}

COROLINT_NO_YIELD task<int> await_in_subexpression_bad(int x) {
  int y = x + co_await async_op<int>(); // warn: coro-no-yield-region
  co_return x ? co_await async_op<int>() : y; // warn: coro-no-yield-region
}

COROLINT_NO_YIELD task<> nested_await_bad() {
  co_await co_await async_op<async_awaiter<>>(); // warn: coro-no-yield-region, coro-no-yield-region
}

COROLINT_NO_YIELD task<> await_task_bad(task<int> t) {
  (void)co_await t; // warn: coro-no-yield-region
}

struct range {
  int *begin();
  int *end();
};

COROLINT_NO_YIELD task<> range_for_bad() {
  for (int x : co_await async_op<range>()) // warn: coro-no-yield-region
    (void)x;
}

COROLINT_NO_YIELD task<> branches_bad(int n) {
  switch (n) {
  case 0:
    co_await async_op(); // warn: coro-no-yield-region
    break;
  case 1:
    co_return;
  }
  try {
    co_await async_op(); // warn: coro-no-yield-region
  } catch (...) {
  }
again:
  co_await async_op(); // warn: coro-no-yield-region
  if (n--)
    goto again;
}

struct account {
  COROLINT_NO_YIELD task<> method_bad() {
    co_await async_op(); // warn: coro-no-yield-region
  }
  COROLINT_NO_YIELD static task<> static_method_bad() {
    co_await async_op(); // warn: coro-no-yield-region
  }
  COROLINT_NO_YIELD task<> operator()() {
    co_await async_op(); // warn: coro-no-yield-region
  }
  COROLINT_NO_YIELD friend task<> friend_bad(account &) {
    co_await async_op(); // warn: coro-no-yield-region
  }
  task<> method_ok() { co_await async_op(); }
  COROLINT_NO_YIELD task<> out_of_line_bad();
};

task<> account::out_of_line_bad() {
  co_await async_op(); // warn: coro-no-yield-region
}

auto lambda_bad = []() COROLINT_NO_YIELD -> task<> {
  co_await async_op(); // warn: coro-no-yield-region
};

auto lambda_ok = []() -> task<> { co_await async_op(); };

auto generic_lambda_bad = [](auto x) COROLINT_NO_YIELD -> task<> {
  co_await async_op(); // warn: coro-no-yield-region
};
void use_generic_lambda() {
  (void)generic_lambda_bad(1);
  (void)generic_lambda_bad('c');
}

// A lambda's body is not its function's.
COROLINT_NO_YIELD task<> await_in_inner_lambda_ok() {
  auto inner = []() -> task<> { co_await async_op(); };
  co_return;
}

// A local class's body is not its function's.
COROLINT_NO_YIELD task<> await_in_local_class_ok() {
  struct local {
    task<> run() { co_await async_op(); }
  };
  co_return;
}

// Calling a coroutine only creates it.
COROLINT_NO_YIELD task<> create_task_ok() {
  task<> pending = unannotated_await_ok();
  co_return;
}
