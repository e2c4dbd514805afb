// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-no-yield-region,coro-lock-across-await,coro-stale-state,coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of libcoro, each table both ways.

#include <corolint/annotations.h>
#include <libcoro/libcoro.h>
#include <mutex>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using coro::task;

void block() { std::this_thread::sleep_for(1ms); }
task<int> load();
task<> store(int);

// A sync wait, and what to await instead.
inline task<> wait_bad() {
  coro::sync_wait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline int wait_outside_ok() { return coro::sync_wait(load()); }

inline task<> events_bad(coro::scheduler &scheduler) {
  scheduler.process_events(10ms); // warn: coro-blocking-call
  co_await store(1);
}
inline task<> events_ok(coro::scheduler &scheduler) {
  scheduler.process_events();
  scheduler.process_events(0ms);
  co_await store(1);
}
inline task<> shutdown_bad(coro::thread_pool &pool) {
  pool.shutdown(); // warn: coro-blocking-call
  co_await store(1);
}

// Hops.
inline task<> on_pool_ok(coro::thread_pool &pool) {
  co_await pool.schedule();
  block();
}
inline task<> work_on_pool_ok(coro::thread_pool &pool) {
  co_await pool.schedule(store(1));
  block();
}
inline task<> back_on_scheduler_bad(coro::thread_pool &pool, coro::scheduler &scheduler) {
  co_await pool.schedule();
  block();
  co_await scheduler.schedule();
  block(); // warn: coro-blocking-call
}
inline task<> after_timer_bad(coro::thread_pool &pool, coro::scheduler &scheduler) {
  co_await pool.yield();
  block();
  co_await scheduler.yield_for(1s);
  block(); // warn: coro-blocking-call
}

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad(coro::thread_pool &pool) {
  store(1);                // warn: coro-discarded-task
  pool.schedule(store(1)); // warn: coro-discarded-task
  co_await coro::when_all(store(1), store(2));
}
inline task<> started_ok(coro::thread_pool &pool, coro::scheduler &scheduler, coro::task_group &group) {
  pool.spawn_detached(store(1));
  scheduler.spawn_detached(store(1));
  (void)group.start(store(1));
  auto by_hand = store(1);
  by_hand.resume();
  co_await store(2);
}
inline task<> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline task<> returned_bad() {
  std::string key = "a";
  return use(key); // warn: coro-dangling-reference
}
inline task<> guarded_ok(coro::shared_mutex<coro::thread_pool> &mutex) {
  std::string key = "a";
  co_await mutex.scoped_lock(use(key));
}
inline task<> guarded_bad(coro::shared_mutex<coro::thread_pool> &mutex) {
  std::string key = "a";
  return mutex.scoped_lock_shared(use(key)); // warn: coro-dangling-reference
}

// `invoke` keeps the lambda in its frame.
inline task<> invoked_ok(int n) {
  return coro::invoke([n]() -> task<> {
    co_await load();
    co_await store(n);
  });
}
inline task<> called_bad(int n) {
  return [n]() -> task<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  }();
}

// The waiter is resumed before the call returns, unless an executor does it.
inline void woken_bad(coro::event &event, coro::latch &latch, coro::mutex &mutex) {
  COROLINT_NO_YIELD_REGION {
    event.set();                                // warn: coro-no-yield-region
    event.set(coro::resume_order_policy::fifo); // warn: coro-no-yield-region
    latch.count_down();                         // warn: coro-no-yield-region
    latch.count_down(2);                        // warn: coro-no-yield-region
    mutex.unlock();                             // warn: coro-no-yield-region
  }
}
inline void woken_elsewhere_ok(coro::event &event, coro::latch &latch,
                               std::unique_ptr<coro::thread_pool> &pool) {
  COROLINT_NO_YIELD_REGION {
    event.set(pool);
    latch.count_down(pool);
  }
}

// The mutexes of coroutines, and a thread's.
inline task<> thread_lock_bad(std::mutex &mutex) {
  std::lock_guard lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}
struct Totals {
  coro::mutex mutex;
  coro::shared_mutex<coro::thread_pool> shared;
  coro::semaphore<1> units;
  coro::condition_variable changed;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_ok() {
    auto lock = co_await mutex.scoped_lock();
    total = total + co_await load();
  }
  task<> add_by_hand_ok() {
    co_await shared.lock();
    total = total + co_await load();
    co_await shared.unlock();
  }
  task<> add_with_unit_ok() {
    co_await units.acquire();
    total = total + co_await load();
    co_await units.release();
  }
  // The lock is held again when the predicate is true.
  task<> woken_ok() {
    auto lock = co_await mutex.scoped_lock();
    co_await changed.wait(lock, [this] { return total > 0; });
    total = total - 1;
  }
};

// Lets others run, and waits for nothing.
inline task<> spin_bad(coro::thread_pool &pool, bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await pool.yield();
}
inline task<> sleep_ok(coro::scheduler &scheduler, bool &flag) {
  while (!flag)
    co_await scheduler.yield_for(1s);
}
