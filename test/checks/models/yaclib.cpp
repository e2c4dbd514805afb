// RUN: %check_corolint %s coro-blocking-call,coro-sync-over-async,coro-discarded-task,coro-busy-wait %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// The verdicts of the model of YACLib, each table both ways.

#include <yaclib/yaclib.h>
#include <thread>

void block() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

using yaclib::Future;
Future<int> load();
yaclib::Task<> lazy(int);

// Sync waits, and what to await instead.
inline Future<> wait_bad(Future<int> a, Future<int> b) {
  yaclib::Wait(a, b);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'Wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await yaclib::Await(a, b);
  co_await load();
}
inline Future<> get_bad(Future<int> a) {
  std::move(a).Get();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: call to 'Get' waits synchronously for asynchronous work in coroutine 'get_bad'
  // CHECK-FIXES: co_await std::move(a);
  co_await load();
}
// The task gives the value, `Get` a result with the error.
inline Future<> get_result_bad(Future<int> a) {
  auto result = std::move(a).Get();
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: call to 'Get' waits synchronously for asynchronous work in coroutine 'get_result_bad'
  // CHECK-FIXES: auto result = std::move(a).Get();
  co_await load();
}
inline Future<> group_bad(yaclib::WaitGroup &group, yaclib::OneShotEvent &event) {
  group.Wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'Wait' waits synchronously for asynchronous work in coroutine 'group_bad'
  // CHECK-FIXES: co_await group;
  event.Wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: call to 'Wait' waits synchronously for asynchronous work in coroutine 'group_bad'
  // CHECK-FIXES: co_await event;
  co_await load();
}
inline Future<> group_ok(yaclib::WaitGroup &group, yaclib::OneShotEvent &event) {
  co_await group;
  if (event.Ready())
    event.Wait();
}
inline Future<> get_ready_ok(Future<int> a) {
  if (a.Ready())
    std::move(a).Get();
  co_await load();
}
inline Future<> wait_for_bad(Future<int> a) {
  yaclib::WaitFor(std::chrono::seconds(1), a); // warn: coro-sync-over-async
  co_await load();
}
inline Future<> wait_for_ok(Future<int> a) {
  yaclib::WaitFor(std::chrono::seconds(0), a);
  co_await load();
}

// Work for the pool, which may block, but not wait for the pool.
inline void run_bad(yaclib::IExecutor &executor, Future<int> &a) {
  (void)yaclib::Run(executor, [&a] { std::move(a).Get(); }); // warn: coro-sync-over-async
}
inline void run_ok(yaclib::IExecutor &executor) {
  (void)yaclib::Run(executor, [] { block(); });
}

// A hop to a thread that nobody knows.
inline Future<> hop_ok(yaclib::IExecutor &executor) {
  co_await yaclib::On(executor);
  block();
}
inline Future<> no_hop_bad() {
  block(); // warn: coro-blocking-call
  co_await load();
}

// A future's work goes on if it is dropped, a task's never starts.
inline Future<> dropped_bad() {
  lazy(1); // warn: coro-discarded-task
  co_await lazy(2);
}
inline Future<> dropped_ok() {
  load();
  lazy(1).Detach();
  co_await lazy(2);
}

// Lets others run, and waits for nothing.
inline Future<> spin_bad(bool &flag) {
  while (!flag) // warn: coro-busy-wait
    co_await yaclib::Yield();
}
inline Future<> wait_ok(bool &flag) {
  while (!flag)
    co_await load();
}
