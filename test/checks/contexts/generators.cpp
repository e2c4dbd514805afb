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

// A task that fails by `co_yield` returns a result, and is no generator.
struct failure {};
struct failing_task {
  struct promise_type {
    failing_task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(failure);
    void return_value(int);
    void unhandled_exception();
  };
};
failing_task fails_bad(bool c) {
  block(); // warn: coro-blocking-call
  if (c)
    co_yield failure();
  co_return 1;
}

// What a generator does, whoever iterates it does.
task<> iterates_bad() {
  for (int n : synchronous_ok()) // warn: coro-blocking-call,coro-sync-over-async
    (void)n;
  co_await async_op();
}

task<> iterates_variable_bad() {
  auto numbers = synchronous_ok();
  for (int n : numbers) // warn: coro-blocking-call,coro-sync-over-async
    (void)n;
  co_await async_op();
}

task<> iterates_by_hand_bad() {
  auto numbers = synchronous_ok();
  auto at = numbers.begin(); // warn: coro-blocking-call,coro-sync-over-async
  (void)at;
  co_await async_op();
}

void helper_that_iterates() {
  for (int n : synchronous_ok())
    (void)n;
}
task<> iterates_through_helper_bad() {
  helper_that_iterates(); // warn: coro-blocking-call,coro-sync-over-async
  co_await async_op();
}

task<> only_made_ok() {
  auto numbers = synchronous_ok();
  auto moved = std::move(numbers);
  (void)moved;
  co_await async_op();
}

generator<int> harmless() { co_yield 1; }
task<> iterates_ok() {
  for (int n : harmless())
    (void)n;
  co_await async_op();
}

void plain_ok() {
  for (int n : synchronous_ok())
    (void)n;
}
