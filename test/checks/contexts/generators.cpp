// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20
// A synchronous generator is no asynchronous context; one that awaits is.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();

generator<int> synchronous_ok() {
  block();
  wait_for_work();
  co_yield block();
}

generator<int> synchronous_with_return_ok(bool c) {
  co_yield block();
  if (c)
    co_return;
  block();
}

async_generator<int> only_yields_ok() {
  block();
  co_yield 1;
}

async_generator<int> awaits_too_bad() {
  block(); // warn: coro-blocking-call
  co_yield 1;
  co_await async_op();
  co_yield wait_for_work(); // warn: coro-sync-over-async
}

async_generator<int> only_awaits_bad() {
  block(); // warn: coro-blocking-call
  co_await async_op();
}

async_generator<int> only_returns_bad() {
  block(); // warn: coro-blocking-call
  co_return;
}

// The `co_await` of a lambda inside is the lambda's.
generator<int> lambda_awaits_ok() {
  auto l = []() -> task<> { co_await async_op(); };
  (void)l;
  block();
  co_yield 1;
}

task<> lambda_yields_bad() {
  auto l = []() -> generator<int> { co_yield block(); };
  (void)l;
  block(); // warn: coro-blocking-call
  co_await async_op();
}

// An await that cannot suspend is still an await: who writes it means an
// asynchronous generator.
async_generator<int> awaits_the_ready_bad() {
  block(); // warn: coro-blocking-call
  co_await never{};
  co_yield 1;
}

auto lambda_ok = []() -> generator<int> { co_yield block(); };

template <typename T> generator<T> template_ok() { co_yield block(); }

// Each instance is what is left of it.
template <bool Awaits> async_generator<int> instance_bad() {
  block(); // warn: coro-blocking-call
  if constexpr (Awaits)
    co_await async_op();
  co_yield 1;
}
template <bool Awaits> async_generator<int> instance_ok() {
  block();
  if constexpr (Awaits)
    co_await async_op();
  co_yield 1;
}

void instantiate() {
  (void)template_ok<int>();
  (void)instance_bad<true>();
  (void)instance_bad<false>();
  (void)instance_ok<false>();
}

// A generator may be an event loop's function all the same.
COROLINT_EVENT_LOOP generator<int> on_event_loop_bad() {
  block(); // warn: coro-blocking-call
  co_yield 1;
}
