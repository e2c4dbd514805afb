// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-lock-across-await,coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of libunifex, each table both ways.

#include <libunifex/libunifex.h>
#include <mutex>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using unifex::task;

void block() { std::this_thread::sleep_for(1ms); }
task<int> load();
task<> store(int);

// A sync wait, and what to await instead.
inline task<> wait_bad() {
  unifex::sync_wait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline int wait_outside_ok() { return unifex::sync_wait(load()); }

inline task<> loop_bad(unifex::manual_event_loop &loop) {
  loop.run(); // warn: coro-blocking-call
  co_await store(1);
}
inline task<> stop_ok(unifex::manual_event_loop &loop) {
  loop.stop();
  co_await store(1);
}

// Hops. `on` returns to the scheduler of the task.
inline task<> on_pool_ok(unifex::static_thread_pool &pool) {
  co_await unifex::schedule(pool.get_scheduler());
  block();
}
inline task<> on_new_thread_ok(unifex::new_thread_context &threads) {
  auto scheduler = threads.get_scheduler();
  co_await unifex::schedule(scheduler);
  block();
}
inline task<> back_on_loop_bad(unifex::static_thread_pool &pool, unifex::linuxos::io_epoll_context &io) {
  co_await unifex::schedule(pool.get_scheduler());
  block();
  co_await unifex::schedule(io.get_scheduler());
  block(); // warn: coro-blocking-call
}
inline task<> on_returns_bad(unifex::static_thread_pool &pool) {
  co_await unifex::on(pool.get_scheduler(), store(1));
  block(); // warn: coro-blocking-call
}
inline task<> any_thread_ok(unifex::manual_event_loop &loop) {
  co_await unifex::schedule(loop.get_scheduler());
  block();
}

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad(unifex::static_thread_pool &pool, unifex::async_scope &scope) {
  store(1);                                   // warn: coro-discarded-task
  unifex::on(pool.get_scheduler(), store(1)); // warn: coro-discarded-task
  scope.attach(store(1));                     // warn: coro-discarded-task
  co_await store(2);
}
inline task<> spawned_ok(unifex::static_thread_pool &pool, unifex::async_scope &scope,
                         unifex::v2::_async_scope::async_scope &other) {
  scope.detached_spawn(store(1));
  scope.detached_spawn_on(pool.get_scheduler(), store(1));
  unifex::spawn_detached(store(1), other);
  co_await unifex::when_all(store(2), scope.attach(store(1)));
  co_await scope.complete();
}
inline task<> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline auto returned_bad() {
  std::string key = "a";
  return unifex::when_all(use(key), store(1)); // warn: coro-dangling-reference
}
inline task<> awaited_ok() {
  std::string key = "a";
  co_await unifex::when_all(use(key), store(1));
}

// `let_value` keeps its callable until the sender is finished, `then` does not.
inline task<> let_ok(int n) {
  co_await unifex::let_value(load(), [n]() -> task<> {
    co_await load();
    co_await store(n);
  });
}
inline task<> then_bad(int n) {
  co_await unifex::then(load(), [n]() -> task<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}

struct Totals {
  unifex::async_mutex mutex;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_ok() {
    co_await mutex.async_lock();
    total = total + co_await load();
    mutex.unlock();
  }
};

// Values that are ready.
inline task<> ready_ok(std::mutex &mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await unifex::just(1);
  co_await unifex::just_from([] {});
}
inline task<> not_ready_bad(unifex::static_thread_pool &pool, std::mutex &mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await unifex::schedule(pool.get_scheduler()); // warn: coro-lock-across-await
}
// `let_error` keeps its callable, `upon_error` does not.
inline task<> kept_ok(int n) {
  co_await unifex::let_error(store(1), [n](int) -> task<> {
    co_await store(1);
    co_await store(n);
  });
}
