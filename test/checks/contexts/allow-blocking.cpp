// RUN: %check_corolint %s coro-* %t -std=c++20
// COROLINT_ALLOW_BLOCKING wins for blocking and sync waits, never for yields
// and never for locks.

#include "coro.h"
#include <functional>
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();
COROLINT_YIELDS void pump();

COROLINT_ALLOW_BLOCKING task<> coroutine_ok() {
  block();
  wait_for_work();
  co_await async_op();
}

COROLINT_ALLOW_BLOCKING COROLINT_EVENT_LOOP void event_loop_ok() {
  block();
  wait_for_work();
}

COROLINT_ALLOW_BLOCKING COROLINT_NO_YIELD task<> no_yield_bad() {
  block();
  wait_for_work();
  pump(); // warn: coro-no-yield-region
  co_await async_op(); // warn: coro-no-yield-region
}

COROLINT_ALLOW_BLOCKING task<> lock_bad(std::mutex &m) {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

auto lambda_ok = []() COROLINT_ALLOW_BLOCKING -> task<> {
  block();
  co_return;
};

struct worker {
  COROLINT_ALLOW_BLOCKING task<> method_ok() {
    block();
    co_return;
  }
  task<> method_bad() {
    block(); // warn: coro-blocking-call
    co_return;
  }
};

// Its callers are not to be blamed.
COROLINT_ALLOW_BLOCKING void start() {
  block();
  wait_for_work();
}
void start_indirectly() { start(); }
task<> caller_ok() {
  start();
  start_indirectly();
  co_return;
}

// A coroutine inside is a function of its own.
COROLINT_ALLOW_BLOCKING void inner_coroutine_bad() {
  auto l = []() -> task<> {
    block(); // warn: coro-blocking-call
    co_return;
  };
  (void)l;
}

void on_worker(std::function<void()> f COROLINT_ALLOW_BLOCKING);
template <typename F> void run_on_worker(F f COROLINT_ALLOW_BLOCKING) { f(); }
void spawn(std::function<task<>()> f COROLINT_ALLOW_BLOCKING);

task<> callback_ok() {
  on_worker([] { block(); });
  run_on_worker([] { block(); });
  spawn([]() -> task<> {
    block();
    co_return;
  });
  co_return;
}

void callback_of_event_loop(std::function<void()> f COROLINT_EVENT_LOOP);
void nested_callback_ok() {
  callback_of_event_loop([] { on_worker([] { block(); }); });
}

struct COROLINT_ALLOW_BLOCKING allow_blocking_here {
  allow_blocking_here();
  ~allow_blocking_here();
};

task<> guard_scope() {
  block(); // warn: coro-blocking-call
  {
    allow_blocking_here here;
    block();
    wait_for_work();
  }
  block(); // warn: coro-blocking-call
  wait_for_work(); // warn: coro-sync-over-async
  co_return;
}

task<> guard_on_one_path_bad(bool c) {
  {
    if (c)
      allow_blocking_here here;
    block(); // warn: coro-blocking-call
  }
  co_return;
}

COROLINT_EVENT_LOOP void guard_in_event_loop_ok() {
  allow_blocking_here here;
  block();
}

COROLINT_NO_YIELD void guard_never_excuses_yield_bad() {
  allow_blocking_here here;
  block();
  pump(); // warn: coro-no-yield-region
}

// A function that asks for leave itself is not to be blamed.
void block_with_leave() {
  allow_blocking_here here;
  block();
}
task<> caller_of_leave_ok() {
  block_with_leave();
  co_return;
}
