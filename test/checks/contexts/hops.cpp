// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async %t -std=c++20
// A coroutine that hops goes on where blocking is meant, or back on a loop.

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_SYNC_WAIT int wait_for_work();

COROLINT_RESUMES_ALLOW_BLOCKING async_awaiter<> to_worker();
COROLINT_RESUMES_ON_LOOP async_awaiter<> to_loop();

struct COROLINT_RESUMES_ALLOW_BLOCKING worker_awaiter : async_awaiter<> {};
struct loop_base : async_awaiter<> {};
struct COROLINT_RESUMES_ON_LOOP loop_awaiter : loop_base {};
struct derived_awaiter : worker_awaiter {};
struct worker_awaitable {
  worker_awaiter operator co_await() const;
};

task<> after_a_hop_ok() {
  co_await to_worker();
  block();
  wait_for_work();
}

task<> before_a_hop_bad() {
  block(); // warn: coro-blocking-call
  co_await to_worker();
}

task<> until_the_next_hop_bad() {
  co_await to_worker();
  block();
  co_await async_op();
  block();
  co_await to_loop();
  block();         // warn: coro-blocking-call
  wait_for_work(); // warn: coro-sync-over-async
}

task<> and_back_again_ok() {
  co_await to_worker();
  co_await to_loop();
  co_await to_worker();
  block();
}

task<> by_class_ok(derived_awaiter a, worker_awaitable b) {
  co_await a;
  block();
  co_await loop_awaiter();
  co_await b;
  block();
}

task<> by_class_bad() {
  co_await worker_awaiter();
  co_await loop_awaiter();
  block(); // warn: coro-blocking-call
}

// What is only created moves nobody.
task<> not_awaited_bad() {
  (void)to_worker();
  block(); // warn: coro-blocking-call
  co_return;
}

// Where paths meet, all must have come by a hop.
task<> on_one_path_bad(bool c) {
  if (c)
    co_await to_worker();
  block(); // warn: coro-blocking-call
}

task<> on_both_paths_ok(bool c) {
  if (c)
    co_await to_worker();
  else
    co_await worker_awaiter();
  block();
}

task<> one_path_leaves_ok(bool c) {
  if (c)
    co_await to_worker();
  else
    co_return;
  block();
}

task<> same_condition_ok(bool c) {
  if (c)
    co_await to_worker();
  co_await async_op();
  if (c)
    block();
}

task<> other_condition_bad(bool c) {
  if (c)
    co_await to_worker();
  if (!c)
    block(); // warn: coro-blocking-call
}

task<> in_a_loop_bad() {
  for (;;) {
    block(); // warn: coro-blocking-call
    co_await to_worker();
  }
}

task<> in_a_loop_ok() {
  for (;;) {
    co_await to_worker();
    block();
    co_await to_loop();
  }
}

// The hop of a lambda is its own.
task<> lambda_bad() {
  auto l = []() -> task<> {
    co_await to_worker();
    block();
  };
  co_await l();
  block(); // warn: coro-blocking-call
}

COROLINT_ALLOW_BLOCKING task<> declared_ok() {
  block();
  co_await async_op();
  block();
}

COROLINT_ALLOW_BLOCKING task<> declared_and_back_bad() {
  block();
  co_await to_loop();
  block(); // warn: coro-blocking-call
}
