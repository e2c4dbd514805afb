// RUN: %check_corolint %s coro-blocking-call,coro-no-yield-region,coro-sync-over-async %t -std=c++20-or-later
// Where inference does not pass through.

#include "coro.h"
#include <functional>
#include <thread>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();
COROLINT_YIELDS void pump();

// Calls to coroutines.
task<> blocking_coroutine() {
  block(); // warn: coro-blocking-call
  co_return;
}
task<> coroutine_ok() {
  co_await blocking_coroutine();
  auto later = blocking_coroutine();
  (void)later;
}
task<> makes_coroutine() { return blocking_coroutine(); }
task<> through_function_ok() { co_await makes_coroutine(); }

generator<int> blocking_generator() { co_yield block(); }
task<> generator_ok() {
  auto numbers = blocking_generator();
  (void)numbers;
  co_return;
}

// Except for what runs before: arguments are the caller's.
task<> with_parameter(int) { co_return; }
task<> coroutine_argument_bad() {
  co_await with_parameter(block()); // warn: coro-blocking-call
}

// Calls to contexts.
COROLINT_EVENT_LOOP void event_loop() {
  block(); // warn: coro-blocking-call
}
COROLINT_NO_YIELD void no_yield() {
  wait_for_work(); // warn: coro-sync-over-async
  pump(); // warn: coro-no-yield-region
}
COROLINT_ALLOW_BLOCKING void allowed() { block(); }
void calls_contexts() {
  event_loop();
  no_yield();
  allowed();
}
task<> contexts_ok() {
  event_loop();
  no_yield();
  allowed();
  calls_contexts();
  COROLINT_NO_YIELD_REGION {
    no_yield();
    calls_contexts();
  }
  co_return;
}

// A context that declares its own effect keeps it.
COROLINT_EVENT_LOOP COROLINT_BLOCKING void declared_context();
task<> declared_context_bad() {
  declared_context(); // warn: coro-blocking-call
  co_return;
}

// A callable's context goes with it.
template <typename F> void on_loop(F f COROLINT_EVENT_LOOP) { f(); }
template <typename F> void on_pool(F f COROLINT_ALLOW_BLOCKING) { f(); }
task<> callback_contexts_ok() {
  on_loop([] {
    block(); // warn: coro-blocking-call
  });
  on_pool([] { block(); });
  co_return;
}

// Lambdas that are only created; callables whose caller cannot be seen.
void unknown_callee(std::function<void()>);
void hands_over() {
  unknown_callee([] { block(); });
  auto unused = [] { pump(); };
  (void)unused;
}
task<> created_only_ok() {
  hands_over();
  co_return;
}

// Another function's effect of another sort.
void yields_only() { pump(); }
void waits_only() { wait_for_work(); }
void all_three() {
  pump();
  wait_for_work();
  block();
}
task<> sorts() {
  yields_only();
  waits_only(); // warn: coro-sync-over-async
  all_three(); // warn: coro-sync-over-async, coro-blocking-call
  COROLINT_NO_YIELD_REGION {
    yields_only(); // warn: coro-no-yield-region
    all_three(); // warn: coro-sync-over-async, coro-blocking-call, coro-no-yield-region
  }
  co_return;
}

// Trusted not to block; about yields nothing was said.
COROLINT_NONBLOCKING void trusted() {
  block();
  wait_for_work();
  pump();
}
task<> trusted_ok() {
  trusted();
  COROLINT_NO_YIELD_REGION {
    trusted(); // warn: coro-no-yield-region
  }
  co_return;
}
