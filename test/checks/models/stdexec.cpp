// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-dangling-reference,coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// What the model of stdexec says, each table both ways. The experimental part
// has two namespaces.

#include <mutex>
#include <stdexec/stdexec.h>
#include <string>
#include <thread>

using namespace std::chrono_literals;
namespace ex = experimental::execution;
template <typename T = void> using task = ex::task<T>;

void block() { std::this_thread::sleep_for(1ms); }
task<int> load();
task<> store(int);
exec::task<> store_old(int);

// A sync wait, and what to await instead.
inline task<> wait_bad() {
  stdexec::sync_wait(store(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: call to 'sync_wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await store(1);
  co_await store(2);
}
inline int wait_outside_ok() { return stdexec::sync_wait(load()); }

inline task<> loop_bad(stdexec::run_loop &loop) {
  loop.run(); // warn: coro-blocking-call
  co_await store(1);
}
inline void loop_outside_ok(stdexec::run_loop &loop) { loop.run(); }

// Hops. In an exec::task, `on` and `continues_on` return to its scheduler.
inline task<> on_pool_ok(ex::static_thread_pool &pool) {
  co_await stdexec::schedule(pool.get_scheduler());
  block();
}
inline task<> rescheduled_ok(ex::static_thread_pool &pool) {
  co_await ex::reschedule_coroutine_on(pool.get_scheduler());
  block();
}
inline exec::task<> old_namespace_ok(exec::_pool_::static_thread_pool_ &pool) {
  co_await exec::reschedule_coroutine_on(pool.get_scheduler());
  block();
}
inline task<> system_pool_ok() {
  co_await ex::reschedule_coroutine_on(stdexec::get_parallel_scheduler());
  block();
}
inline task<> back_on_loop_bad(ex::static_thread_pool &pool, ex::io_uring_context &io) {
  co_await ex::reschedule_coroutine_on(pool.get_scheduler());
  block();
  co_await ex::reschedule_coroutine_on(io.get_scheduler());
  block(); // warn: coro-blocking-call
}
inline exec::task<> old_loop_bad(exec::io_uring_context &io) {
  co_await stdexec::schedule(io.get_scheduler());
  block(); // warn: coro-blocking-call
}
inline task<> continues_bad(ex::static_thread_pool &pool) {
  co_await stdexec::continues_on(store(1), pool.get_scheduler());
  block(); // warn: coro-blocking-call
}

// Tasks are lazy, and do nothing if they are dropped.
inline stdexec::task<> dropped_bad(ex::static_thread_pool &pool) {
  store(1);                                             // warn: coro-discarded-task
  stdexec::starts_on(pool.get_scheduler(), store(1));   // warn: coro-discarded-task
  ex::when_any(store(1), store(2));                     // warn: coro-discarded-task
  exec::finally(store_old(1), store_old(2));            // warn: coro-discarded-task
  co_await stdexec::when_all(store(1), store(2));
}
inline task<> spawned_ok(ex::async_scope &scope, exec::async_scope &old, stdexec::counting_scope &counting) {
  scope.spawn(store(1));
  old.spawn(store_old(1));
  stdexec::spawn(store(1), counting.get_token());
  stdexec::start_detached(store(1));
  co_await scope.on_empty();
  co_await counting.join();
}
inline task<> use(const std::string &key) {
  co_await load();
  co_await store(int(key.size()));
}
inline auto returned_bad() {
  std::string key = "a";
  return stdexec::when_all(use(key), store(1)); // warn: coro-dangling-reference
}
inline void spawned_bad(stdexec::counting_scope &scope) {
  std::string key = "a";
  stdexec::spawn(use(key), scope.get_token()); // warn: coro-dangling-reference
}
inline task<> awaited_ok() {
  std::string key = "a";
  co_await stdexec::when_all(use(key), store(1));
}

// `let_value` keeps its callable until the sender is finished, `then` does not.
inline task<> let_ok(int n) {
  co_await stdexec::let_value(load(), [n]() -> task<> {
    co_await load();
    co_await store(n);
  });
}
inline task<> then_bad(int n) {
  co_await stdexec::then(load(), [n]() -> task<> {
    co_await load();
    co_await store(n); // warn: coro-dangling-reference
  });
}

// Values that are ready.
inline task<> ready_ok(std::mutex &mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await stdexec::just(1);
  co_await stdexec::read_env(1);
}
inline task<> not_ready_bad(std::mutex &mutex) {
  std::lock_guard<std::mutex> lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}
