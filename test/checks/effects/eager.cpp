// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// A coroutine that starts at once runs on its caller's stack until it first
// suspends.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING void block();

fire_and_forget eager() {
  block(); // warn: coro-blocking-call
  co_await async_op();
}
fire_and_forget eager_after() {
  co_await async_op();
  block(); // warn: coro-blocking-call
}
fire_and_forget eager_without_suspension() {
  co_await never();
  block(); // warn: coro-blocking-call
}
fire_and_forget eager_on_one_path(bool c) {
  if (c)
    co_await async_op();
  block(); // warn: coro-blocking-call
}
task<> lazy() {
  block(); // warn: coro-blocking-call
  co_await async_op();
}

COROLINT_EVENT_LOOP void plain_bad() {
  eager(); // warn: coro-blocking-call
}
COROLINT_EVENT_LOOP void never_suspends_bad() {
  eager_without_suspension(); // warn: coro-blocking-call
}
COROLINT_EVENT_LOOP void one_path_bad() {
  eager_on_one_path(true); // warn: coro-blocking-call
}
COROLINT_EVENT_LOOP void after_suspension_ok() { eager_after(); }
COROLINT_EVENT_LOOP void lazy_ok() { (void)lazy(); }

// Through a plain function, from a coroutine, too.
void helper() { eager(); }
task<> through_a_helper_bad() {
  helper(); // warn: coro-blocking-call
  co_await async_op();
}
// Called by a coroutine itself, it is judged where it stands.
task<> directly_ok() {
  eager();
  co_await async_op();
}

COROLINT_ALLOW_BLOCKING fire_and_forget allowed() {
  block();
  co_await async_op();
}
COROLINT_EVENT_LOOP void allowed_ok() { allowed(); }
