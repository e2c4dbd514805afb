// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// A future of std::async waits in its destructor.

#include "coro.h"
#include <chrono>
#include <future>
#include <vector>
using namespace coro;
using namespace std::chrono_literals;

void work();
int compute();
void keep(std::future<void>);

task<> dropped_bad() {
  std::async(std::launch::async, work); // warn: coro-sync-over-async
  co_return;
}

task<> dropped_by_default_policy_bad() {
  (void)std::async(work); // warn: coro-sync-over-async
  co_return;
}

task<> dropped_lambda_bad() {
  (void)std::async(std::launch::async, [] { work(); }); // warn: coro-sync-over-async
  co_return;
}

task<> local_bad() {
  auto f = std::async(std::launch::async, work); // warn: coro-sync-over-async
  co_await async_op();
}

task<> inner_scope_bad() {
  {
    auto f = std::async(std::launch::async, work); // warn: coro-sync-over-async
  }
  co_await async_op();
}

// Once, however many paths destroy it.
task<> several_exits_bad(int n) {
  auto f = std::async(std::launch::async, work); // warn: coro-sync-over-async
  if (n == 1)
    co_return;
  if (n == 2)
    throw n;
  co_await async_op();
}

// `get` waits and leaves nothing to wait for.
task<> got_bad() {
  auto f = std::async(std::launch::async, compute);
  f.get(); // warn: coro-sync-over-async
  co_return;
}

task<> dropped_and_got_bad() {
  std::async(std::launch::async, compute).get(); // warn: coro-sync-over-async
  co_return;
}

task<> got_once_ready_ok() {
  auto f = std::async(std::launch::async, compute);
  while (f.wait_for(0s) != std::future_status::ready)
    co_await async_op();
  f.get();
}

// What is ready is destroyed without waiting.
task<> ready_ok() {
  auto f = std::async(std::launch::async, work);
  while (f.wait_for(0s) != std::future_status::ready)
    co_await async_op();
}

task<> left_before_ready_bad() {
  auto f = std::async(std::launch::async, work); // warn: coro-sync-over-async
  if (f.wait_for(0s) != std::future_status::ready)
    co_return;
  f.get();
}

task<> moved_away_ok() {
  auto f = std::async(std::launch::async, work);
  keep(std::move(f));
  co_return;
}

task<> passed_on_ok() {
  keep(std::async(std::launch::async, work));
  co_return;
}

task<> stored_ok(std::vector<std::future<void>> &v) {
  v.push_back(std::async(std::launch::async, work));
  co_return;
}

task<std::future<void>> returned_ok() {
  co_return std::async(std::launch::async, work);
}

task<std::future<void>> local_returned_ok() {
  auto f = std::async(std::launch::async, work);
  co_return std::move(f);
}

task<> assigned_bad() {
  std::future<void> f; // warn: coro-sync-over-async
  f = std::async(std::launch::async, work);
  co_return;
}

// Nothing runs until somebody asks: there is nothing to wait for.
task<> deferred_ok() {
  auto f = std::async(std::launch::deferred, work);
  co_return;
}

// Other futures do not wait.
task<> of_promise_ok() {
  std::promise<void> p;
  auto f = p.get_future();
  (void)p.get_future();
  co_return;
}

task<> empty_ok() {
  std::future<void> f;
  co_return;
}

task<> parameter_ok(std::future<void> f) { co_return; }

void plain_function_ok() { (void)std::async(std::launch::async, work); }

COROLINT_EVENT_LOOP void event_loop_bad() {
  (void)std::async(std::launch::async, work); // warn: coro-sync-over-async
}

COROLINT_ALLOW_BLOCKING task<> allowed_ok() {
  (void)std::async(std::launch::async, work);
  co_return;
}

void drops() { (void)std::async(std::launch::async, work); }
task<> inferred_bad() {
  drops(); // warn: coro-sync-over-async
  co_return;
}

task<> member_bad() {
  struct {
    std::future<void> f;
  } s{std::async(std::launch::async, work)}; // warn: coro-sync-over-async
  co_return;
}

struct waits_at_end {
  COROLINT_SYNC_WAIT ~waits_at_end();
};
task<> declared_destructor_bad() {
  waits_at_end w; // warn: coro-sync-over-async
  co_return;
}
