// RUN: %check_corolint %s coro-* %t -std=c++20
// Code that nothing reaches has no effects, neither here nor for a caller.

#include "coro.h"
#include <cstdlib>
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();
[[noreturn]] void fail();

int after_return() {
  return 0;
  return block();
}
int after_throw() {
  throw 0;
  block();
}
int in_if_false() {
  if (false)
    block();
  return 0;
}
int in_else_of_true() {
  if (true)
    return 0;
  else
    return block();
}
int in_while_false() {
  while (false)
    block();
  return 0;
}
int short_circuit_false() { return false && block(); }
int short_circuit_true() { return true || block(); }
int conditional_operator() { return true ? 0 : block(); }
int after_endless_loop() {
  while (true)
    ;
  return block();
}
int after_noreturn() {
  fail();
  return block();
}
int after_abort() {
  std::abort();
  return block();
}
int after_both_branches(bool c) {
  if (c)
    return 1;
  else
    return 2;
  return block();
}
int after_break() {
  for (;;) {
    break;
    block();
  }
  return 0;
}
int before_first_case(int n) {
  switch (n) {
    block();
  case 1:
    return 0;
  }
  return 0;
}

task<> callers_ok(bool c, int n) {
  after_return();
  in_if_false();
  in_else_of_true();
  in_while_false();
  short_circuit_false();
  short_circuit_true();
  conditional_operator();
  after_both_branches(c);
  after_break();
  before_first_case(n);
  if (n == 1)
    after_throw();
  if (n == 2)
    after_noreturn();
  if (n == 3)
    after_abort();
  if (n == 4)
    after_endless_loop();
  co_return;
}

int label_is_reached(int n) {
  if (n)
    goto reached;
  return 0;
reached:
  return block();
}
int do_while_false() {
  do
    block();
  while (false);
  return 0;
}
int in_if_of_constant_variable() {
  const bool c = true;
  if (c)
    block();
  return 0;
}
task<> callers_bad(int n) {
  label_is_reached(n); // warn: coro-blocking-call
  do_while_false(); // warn: coro-blocking-call
  in_if_of_constant_variable(); // warn: coro-blocking-call
  co_return;
}

// In the context itself.
task<> after_co_return_ok() {
  co_return;
  block();
  wait_for_work();
}
task<> in_if_false_ok() {
  if (false) {
    block();
    co_await async_op();
  }
}
task<> after_noreturn_ok() {
  fail();
  block();
  co_return;
}
COROLINT_NO_YIELD task<> dead_await_ok() {
  co_return;
  co_await async_op();
}
task<> dead_await_under_lock_ok(std::mutex &m) {
  std::lock_guard l(m);
  if (false)
    co_await async_op();
}

// What makes a coroutine a coroutine need not be reachable.
task<> coroutine_by_dead_return_bad() {
  block(); // warn: coro-blocking-call
  throw 0;
  co_return;
}
