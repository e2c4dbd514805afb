// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-stale-state,coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of async_simple and yalantinglibs, each table both ways.

#include <async-simple/async-simple.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

template <typename T = void> using task = async_simple::coro::Lazy<T>;
task<int> load();
task<> store(int);

// Sync waits, and what to await instead.
inline task<> wait_bad() {
  async_simple::coro::syncAwait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: call to 'syncAwait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline int wait_outside_ok() { return async_simple::coro::syncAwait(load()); }
inline task<> get_bad(async_simple::Future<int> f) {
  co_await store(std::move(f).get()); // warn: coro-sync-over-async
}
inline task<> get_ready_ok(async_simple::Future<int> f) {
  if (f.hasResult())
    co_await store(f.get());
}

// Handlers run on the server's threads, `post` on those for blocking work.
inline void serve_bad(cinatra::coro_http_server &server) {
  server.set_http_handler("/", [](int, int) { block(); }); // warn: coro-blocking-call
}
inline void post_ok() {
  coro_io::post([] { block(); });
}
inline void fiber_bad() {
  async_simple::uthread::async([] { block(); }); // warn: coro-blocking-call
}

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad() {
  store(1);                                          // warn: coro-discarded-task
  async_simple::coro::collectAll(store(1), store(2)); // warn: coro-discarded-task
  co_await store(2);
}
inline task<> started_ok() {
  store(1).start([](auto &&) {});
  co_await async_simple::coro::collectAll(store(1), store(2));
}
inline task<> sum(const int &n) {
  co_await load();
  co_await store(n);
}
inline auto returned_bad() {
  int n = 1;
  return async_simple::coro::collectAny(sum(n), store(1)); // warn: coro-dangling-reference
}
inline task<> awaited_ok() {
  int n = 1;
  co_await async_simple::coro::collectAny(sum(n), store(1));
}

struct Totals {
  async_simple::coro::Mutex mutex;
  async_simple::coro::SharedMutex shared;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_by_hand_ok() {
    co_await mutex.coLock();
    total = total + co_await load();
    mutex.unlock();
  }
  task<> add_shared_ok() {
    co_await shared.coLock();
    total = total + co_await load();
    shared.unlock();
  }
};

// Lets others run, and waits for nothing.
inline task<> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await async_simple::coro::Yield();
}
inline task<> wait_ok(bool &flag) {
  while (!flag)
    co_await load();
}
