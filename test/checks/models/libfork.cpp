// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of libfork, each table both ways.

#include <libfork/libfork.h>
#include <thread>

using lf::task;
void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }
inline constexpr auto work = [] { return 1; };
task<> store(int);

// Sync waits are for threads outside the pool.
inline task<> sync_wait_bad(lf::lazy_pool &pool) {
  lf::sync_wait(pool, work); // warn: coro-sync-over-async
  co_await store(1);
}
inline task<> get_bad(lf::future<int> f) {
  int n = f.get(); // warn: coro-sync-over-async
  co_await store(n);
}
inline task<> destroyed_bad(lf::lazy_pool &pool) {
  auto f = lf::schedule(pool, work); // warn: coro-sync-over-async
  co_await store(1);
}
inline task<> detached_ok(lf::lazy_pool &pool) {
  lf::detach(pool, work);
  auto f = lf::schedule(pool, work);
  f.detach();
  co_await store(1);
}
inline int outside_ok(lf::lazy_pool &pool) { return lf::schedule(pool, work).get(); }

// A hop to a thread that nobody knows.
inline task<> no_hop_bad() {
  block(); // warn: coro-blocking-call
  co_await store(1);
}
inline task<> hop_ok(lf::lazy_pool &pool) {
  co_await lf::resume_on(&pool);
  block();
}

inline task<> dropped_bad() {
  store(1); // warn: coro-discarded-task
  co_await store(2);
}
