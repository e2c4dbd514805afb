// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-stale-state,coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of TooManyCooks, each table both ways.

#include <toomanycooks/toomanycooks.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

using tmc::task;
task<int> load();
task<> store(int);
struct Executor {};

inline task<> nested_main_bad() {
  tmc::async_main(load()); // warn: coro-sync-over-async
  co_await store(1);
}
inline int main_ok() { return tmc::async_main(load()); }

// Work for the pool, which may block, but not wait for the pool.
inline void posted_bad(Executor &executor) {
  tmc::post(executor, [] { tmc::async_main(load()); }); // warn: coro-sync-over-async
}
inline void posted_ok(Executor &executor) {
  tmc::post(executor, [] { block(); });
}

// A hop to a thread that nobody knows.
inline task<> hop_ok(Executor &executor) {
  co_await tmc::resume_on(executor);
  block();
}
inline task<> no_hop_bad() {
  block(); // warn: coro-blocking-call
  co_await store(1);
}

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad() {
  store(1);                           // warn: coro-discarded-task
  tmc::spawn_tuple(store(1), load()); // warn: coro-discarded-task
  co_await tmc::spawn(store(2));
}
inline task<> started_ok(Executor &executor) {
  tmc::post(executor, store(1));
  co_await store(2);
}

struct Totals {
  tmc::mutex mutex;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_ok() {
    auto lock = co_await mutex.lock_scope();
    total = total + co_await load();
  }
};

// Lets others run, and waits for nothing.
inline task<> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await tmc::reschedule();
}
inline task<> wait_ok(bool &flag) {
  while (!flag)
    co_await load();
}
