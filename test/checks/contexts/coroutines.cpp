// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// An asynchronous coroutine is a context: all the forms a coroutine takes.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

task<> free_function_bad() {
  block(); // warn: coro-blocking-call
  co_await async_op();
}

void plain_function_ok() { block(); }

task<> only_returns_task_ok() {
  block();
  return free_function_bad();
}

// `co_return` alone makes a coroutine, and it is no generator.
task<> only_co_return_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

task<int> in_operands_bad() {
  co_return block(); // warn: coro-blocking-call
}

async_awaiter<> op(int);
task<> in_await_operand_bad() {
  co_await op(block()); // warn: coro-blocking-call
}

fire_and_forget other_coroutine_type_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

static task<> static_function_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

inline task<> inline_function_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

namespace {
task<> in_anonymous_namespace_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}
} // namespace

struct object {
  task<> method_bad() {
    block(); // warn: coro-blocking-call
    co_return;
  }
  static task<> static_method_bad() {
    block(); // warn: coro-blocking-call
    co_return;
  }
  virtual task<> virtual_method_bad() {
    block(); // warn: coro-blocking-call
    co_return;
  }
  friend task<> friend_bad(object &) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  task<> operator()() {
    block(); // warn: coro-blocking-call
    co_return;
  }
  task<> operator+(int) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  operator task<>() {
    block(); // warn: coro-blocking-call
    co_return;
  }
  template <typename T> task<> template_method_bad(T) {
    block(); // warn: coro-blocking-call
    co_return;
  }
  task<> out_of_line_bad();
  task<> plain_method_ok() {
    block();
    return method_bad();
  }
};

task<> object::out_of_line_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

void use(object &o) {
  (void)o.template_method_bad(1);
  (void)o.template_method_bad('c');
}

task<> in_catch_bad() {
  try {
    co_await async_op();
  } catch (...) {
    block(); // warn: coro-blocking-call
  }
}

task<> function_try_block_bad() try {
  co_await async_op();
} catch (...) {
  block(); // warn: coro-blocking-call
}

task<> in_statements_bad(int n) {
  if (block()) // warn: coro-blocking-call
    n = block(); // warn: coro-blocking-call
  else
    n = block(); // warn: coro-blocking-call
  while (block()) // warn: coro-blocking-call
    n = block(); // warn: coro-blocking-call
  do
    n = block(); // warn: coro-blocking-call
  while (block()); // warn: coro-blocking-call
  for (int i = block(); // warn: coro-blocking-call
       i < block(); // warn: coro-blocking-call
       i += block()) // warn: coro-blocking-call
    n = block(); // warn: coro-blocking-call
  switch (block()) { // warn: coro-blocking-call
  case 1:
    n = block(); // warn: coro-blocking-call
    break;
  default:
    n = block(); // warn: coro-blocking-call
  }
again:
  n = block(); // warn: coro-blocking-call
  if (n)
    goto again;
  if (int i = block(); i) // warn: coro-blocking-call
    n = i;
  if (int i = block()) // warn: coro-blocking-call
    n = i;
  throw block(); // warn: coro-blocking-call
  co_return;
}

task<> in_expressions_bad(int n) {
  int a = n && block(); // warn: coro-blocking-call
  int b = n || block(); // warn: coro-blocking-call
  int c = n ? block() : 0; // warn: coro-blocking-call
  int d = n ? 0 : block(); // warn: coro-blocking-call
  int e = (n, block()); // warn: coro-blocking-call
  int f[] = {block(), 1}; // warn: coro-blocking-call
  int g{block()}; // warn: coro-blocking-call
  int h = f[block()]; // warn: coro-blocking-call
  int i = (int)block(); // warn: coro-blocking-call
  int j = -block(); // warn: coro-blocking-call
  int *k = new int(block()); // warn: coro-blocking-call
  int &&l = block(); // warn: coro-blocking-call
  int m = ({ block(); }); // warn: coro-blocking-call
  static int once = block(); // warn: coro-blocking-call
  const auto o = block(); // warn: coro-blocking-call
  (void)(a + b + c + d + e + g + h + i + j + l + m + once + o);
  delete k;
  co_return;
}

int twice_on_one_line(int, int);
task<> two_calls_on_one_line_bad() {
  twice_on_one_line(block(), block()); // warn: coro-blocking-call, coro-blocking-call
  co_return;
}
