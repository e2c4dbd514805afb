// RUN: %check_corolint %s coro-blocking-call,coro-discarded-task,coro-dangling-reference,coro-stale-state,coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of co_context, each table both ways.

#include <co-context/co-context.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

using co_context::task;
task<int> load();
task<> store(int);
task<> use(const int &n);

inline task<> join_bad(co_context::io_context &io) {
  io.join(); // warn: coro-blocking-call
  co_await store(1);
}
inline void join_ok(co_context::io_context &io) { io.join(); }

// Tasks are lazy, and do nothing if they are dropped.
inline task<> dropped_bad() {
  store(1);                               // warn: coro-discarded-task
  co_context::any(store(1), store(2));    // warn: coro-discarded-task
  co_await co_context::all(store(1), store(2));
}
inline task<> spawned_ok(co_context::io_context &io) {
  co_context::co_spawn(store(1));
  io.co_spawn(store(1));
  co_await store(2);
}
inline task<> sum(const int &n) {
  co_await load();
  co_await store(n);
}
inline auto returned_bad() {
  int n = 1;
  return co_context::all(sum(n), store(1)); // warn: coro-dangling-reference
}
inline task<> awaited_ok() {
  int n = 1;
  co_await co_context::all(sum(n), store(1));
}

struct Totals {
  co_context::mutex mutex;
  int total = 0;
  void reset() { total = 0; }
  task<> add_bad() {
    total = total + co_await load(); // warn: coro-stale-state
  }
  task<> add_ok() {
    auto lock = co_await mutex.lock_guard();
    total = total + co_await load();
  }
  task<> add_by_hand_ok() {
    co_await mutex.lock();
    total = total + co_await load();
    mutex.unlock();
  }
};

// Lets others run, and waits for nothing.
inline task<> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await co_context::yield();
}
inline task<> wait_ok(bool &flag) {
  while (!flag)
    co_await load();
}
