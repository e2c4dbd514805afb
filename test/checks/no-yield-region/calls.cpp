// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// Calls that let other coroutines run without `co_await`.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_YIELDS void pump();
void unknown();

COROLINT_NO_YIELD void declared_bad() {
  pump(); // warn: coro-no-yield-region
}

void outside_region_ok() { pump(); }

COROLINT_NO_YIELD void unknown_ok() { unknown(); }

COROLINT_NO_YIELD void resume_bad(std::coroutine_handle<> h) {
  h.resume(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD void resume_by_call_bad(std::coroutine_handle<> h) {
  h(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD void
resume_typed_handle_bad(std::coroutine_handle<task<>::promise_type> h) {
  h.resume(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD void other_handle_methods_ok(std::coroutine_handle<> h) {
  if (h && !h.done())
    (void)h.address();
}

void pump_twice() {
  pump();
  pump();
}
void pump_indirectly() { pump_twice(); }

COROLINT_NO_YIELD void inferred_bad() {
  pump_indirectly(); // warn: coro-no-yield-region
}

task<> inferred_in_block_bad() {
  COROLINT_NO_YIELD_REGION {
    pump_indirectly(); // warn: coro-no-yield-region
  }
  pump_indirectly();
  co_return;
}

// Blocking is not this check's concern.
COROLINT_BLOCKING void block();
COROLINT_SYNC_WAIT void wait_for_work();
COROLINT_NO_YIELD void blocking_ok() {
  block();
  wait_for_work();
}

// Nor does leave to block excuse a yield.
COROLINT_NO_YIELD COROLINT_ALLOW_BLOCKING void blocking_allowed_bad() {
  pump(); // warn: coro-no-yield-region
}

// What a coroutine does is judged in the coroutine.
task<> pumping_coroutine() {
  pump();
  co_return;
}
COROLINT_NO_YIELD void create_coroutine_ok() { (void)pumping_coroutine(); }

// So is what another no-yield function does.
COROLINT_NO_YIELD void caller_of_region_ok() { declared_bad(); }

COROLINT_NO_YIELD void lambda_bad() {
  auto f = [] { pump(); };
  f(); // warn: coro-no-yield-region
}

COROLINT_NO_YIELD void lambda_ok() {
  auto f = [] { pump(); };
  (void)f;
}

COROLINT_NO_YIELD void stored_callable_ok(std::function<void()> f) { f(); }

struct loop {
  COROLINT_YIELDS void run_one();
  COROLINT_YIELDS explicit loop(int);
  COROLINT_YIELDS int operator()(int);
  COROLINT_YIELDS ~loop();
};

COROLINT_NO_YIELD void method_bad(loop &l) {
  l.run_one(); // warn: coro-no-yield-region
}
COROLINT_NO_YIELD void call_operator_bad(loop &l) {
  l(1); // warn: coro-no-yield-region
}
COROLINT_NO_YIELD void constructor_bad() {
  new loop(1); // warn: coro-no-yield-region
}
COROLINT_NO_YIELD void destructor_bad(loop *l) {
  delete l; // warn: coro-no-yield-region
}
