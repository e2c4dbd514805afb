// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of concurrencpp, each table both ways.

#include <concurrencpp/concurrencpp.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

namespace con = concurrencpp;
con::result<int> load();
con::lazy_result<> lazy(int);

// Sync waits, and what to await instead.
inline con::result<> get_bad(con::result<int> r) {
  r.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'get' waits synchronously for asynchronous work in coroutine 'get_bad'
  // CHECK-FIXES: co_await r;
  co_await load();
}
inline con::result<> get_ready_ok(con::result<int> r) {
  if (r.status() == con::result_status::value)
    r.get();
  co_await load();
}
inline int get_outside_ok(con::result<int> r) { return r.get(); }
inline con::result<> wait_for_bad(con::result<int> r) {
  r.wait_for(std::chrono::seconds(1)); // warn: coro-sync-over-async
  co_await load();
}
inline con::result<> wait_for_ok(con::result<int> r) {
  r.wait_for(std::chrono::seconds(0));
  co_await load();
}
inline con::result<> manual_bad(con::manual_executor &executor) {
  executor.wait_for_task(); // warn: coro-blocking-call
  co_await load();
}

// Work for a pool may block, but must not wait for the pool.
inline void posted_bad(con::thread_pool_executor &pool, con::timer_queue &timers, con::result<int> &r) {
  pool.post([&r] { r.get(); });                // warn: coro-sync-over-async
  timers.make_timer(1, 1, [&r] { r.get(); });  // warn: coro-sync-over-async
}
inline void posted_ok(con::thread_pool_executor &pool) {
  pool.post([] { block(); });
}
inline con::result<> tagged_ok(con::executor_tag) {
  block();
  co_await load();
}
inline con::result<> tagged_bad(con::executor_tag, con::result<int> r) {
  r.wait(); // warn: coro-sync-over-async
  co_await load();
}

// The first hop leaves the loop, one with another argument returns to it.
inline con::result<> hop_ok(con::thread_pool_executor &background) {
  co_await con::resume_on(background);
  block();
}
inline con::result<> hop_back_bad(con::thread_pool_executor &background, con::manual_executor &ui) {
  co_await con::resume_on(background);
  block();
  co_await con::resume_on(ui);
  block(); // warn: coro-blocking-call
}

// A result's work goes on if it is dropped, a lazy one's never starts.
inline con::result<> dropped_bad() {
  lazy(1); // warn: coro-discarded-task
  co_await load();
}
inline con::result<> dropped_ok() {
  load();
  co_await lazy(1);
}

struct Totals {
  con::async_lock lock;
  int total = 0;
  void reset() { total = 0; }
  con::result<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  con::result<> add_ok() {
    auto held = co_await lock.lock();
    total = total + co_await load();
  }
};
