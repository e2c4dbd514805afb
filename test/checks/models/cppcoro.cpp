// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-no-yield-region,coro-lock-across-await,coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of cppcoro, each table both ways.

#include <corolint/annotations.h>
#include <cppcoro/cppcoro.h>
#include <mutex>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using cppcoro::task;

void block() { std::this_thread::sleep_for(1ms); }
task<int> load();
task<> store(int);

// A sync wait, and what to await instead.
inline task<> wait_bad() {
  cppcoro::sync_wait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline int wait_outside_ok() { return cppcoro::sync_wait(load()); }

inline task<> events_bad(cppcoro::io_service &io) {
  io.process_events(); // warn: coro-blocking-call
  co_await store(1);
}
inline task<> pending_events_ok(cppcoro::io_service &io) {
  io.process_pending_events();
  co_await store(1);
}
inline task<> timer_ok(cppcoro::io_service &io) { co_await io.schedule_after(1s); }

// With the body of the library in sight, too.
void wake_loop() { std::this_thread::sleep_for(1ms); }
void cppcoro::io_service::timed_schedule_operation::await_suspend(std::coroutine_handle<>) {
  wake_loop();
}
inline task<> own_poll_bad() {
  wake_loop(); // warn: coro-blocking-call
  co_await store(1);
}

// Hops.
inline task<> on_pool_ok(cppcoro::static_thread_pool &pool) {
  co_await pool.schedule();
  block();
}
inline task<> back_on_loop_bad(cppcoro::static_thread_pool &pool, cppcoro::io_service &io) {
  co_await pool.schedule();
  block();
  co_await io.schedule();
  block(); // warn: coro-blocking-call
}
inline task<> after_timer_bad(cppcoro::static_thread_pool &pool, cppcoro::io_service &io) {
  co_await pool.schedule();
  co_await io.schedule_after(1s);
  block(); // warn: coro-blocking-call
}
inline task<> no_hop_bad() {
  block(); // warn: coro-blocking-call
  co_await store(1);
}
inline task<> resumed_on_pool_ok(cppcoro::static_thread_pool &pool) {
  co_await cppcoro::resume_on(pool, store(1));
  block();
}
inline task<> resumed_on_loop_bad(cppcoro::static_thread_pool &pool, cppcoro::io_service &io) {
  co_await cppcoro::schedule_on(pool, store(1));
  block();
  co_await cppcoro::resume_on(io, store(1));
  block(); // warn: coro-blocking-call
}

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad() {
  store(1); // warn: coro-discarded-task
  co_await store(2);
}
inline task<> chained_and_dropped_bad(cppcoro::static_thread_pool &pool) {
  cppcoro::schedule_on(pool, store(1)); // warn: coro-discarded-task
  co_await cppcoro::when_all(store(1), store(2));
}
inline task<> spawned_ok(cppcoro::async_scope &scope) {
  scope.spawn(store(1));
  co_await scope.join();
}
inline task<> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline task<> returned_bad() {
  std::string key = "a";
  return use(key); // warn: coro-dangling-reference
}
inline task<> awaited_ok() {
  std::string key = "a";
  co_await cppcoro::when_all(use(key), store(1));
}

// The waiter is resumed before the call returns.
inline void woken_bad(cppcoro::async_manual_reset_event &event, cppcoro::async_latch &latch,
                      cppcoro::single_consumer_async_auto_reset_event &one) {
  COROLINT_NO_YIELD_REGION {
    event.set();        // warn: coro-no-yield-region
    latch.count_down(); // warn: coro-no-yield-region
    one.set();          // warn: coro-no-yield-region
  }
  event.set();
}

// The mutex of coroutines, and a thread's.
inline task<> thread_lock_bad(std::mutex &mutex) {
  std::lock_guard lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}
struct Totals {
  cppcoro::async_mutex mutex;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_ok() {
    auto lock = co_await mutex.scoped_lock_async();
    total = total + co_await load();
  }
  task<> add_by_hand_ok() {
    co_await mutex.lock_async();
    total = total + co_await load();
    mutex.unlock();
  }
};
