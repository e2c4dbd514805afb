// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-discarded-task,coro-lock-across-await,coro-serial-awaits,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// Boost.Cobalt: what its coroutines wait for, and when they start and end.

#include "coro.h"
#include <boost-cobalt/boost-cobalt.h>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
using namespace boost;

COROLINT_BLOCKING int block();
cobalt::task<int> load(int);
cobalt::promise<int> fetch(int);
cobalt::promise<> send(int);
cobalt::generator<int> numbers();
cobalt::thread worker();

cobalt::promise<> run_bad() {
  cobalt::run(load(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'run' waits synchronously for asynchronous work in coroutine 'run_bad'
  // CHECK-FIXES: co_await load(1);
  co_return;
}
int run_ok() { return cobalt::run(load(1)); }

cobalt::task<> join_bad(cobalt::thread &t) {
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'join' may block (wait) in coroutine 'join_bad'
  // CHECK-FIXES: co_await t;
  co_return;
}
cobalt::task<> destroyed_bad() {
  cobalt::thread t = worker(); // warn: coro-blocking-call
  co_await load(1);
}
cobalt::task<> joined_ok() {
  cobalt::thread t = worker();
  co_await t;
  t.detach();
}

/// Each of them runs on the loop.
cobalt::detached detached_bad() {
  block(); // warn: coro-blocking-call
  co_await load(1);
}
cobalt::main main_bad() {
  block(); // warn: coro-blocking-call
  co_await load(1);
  co_return 0;
}
cobalt::generator<int> generator_bad() {
  block(); // warn: coro-blocking-call
  co_await load(1);
  co_return 0;
}

cobalt::task<> dropped_bad() {
  load(1); // warn: coro-discarded-task
  fetch(1); // warn: coro-discarded-task
  co_await load(2);
}
cobalt::task<> dropped_ok(cobalt::wait_group &group) {
  +send(1);
  group.push_back(send(2));
  co_await group.wait();
}
void spawned_ok(int &context) {
  cobalt::spawn(context, load(1), [](std::exception_ptr, int) {});
}

cobalt::promise<> serial_bad() {
  int a = co_await load(1); // warn: coro-serial-awaits
  int b = co_await load(2);
  (void)(a + b);
}
cobalt::promise<> together_ok() {
  co_await cobalt::join(load(1), load(2));
  co_await cobalt::race(fetch(1), fetch(2));
}

/// The coroutine that 'with' starts owns the resource and both callables.
cobalt::promise<> with_ok() {
  int count = 3;
  return cobalt::with(
      std::string("file"), [count](std::string &) -> cobalt::promise<> { co_await send(count); },
      [](std::string, std::exception_ptr) -> cobalt::promise<> { co_await send(0); });
}

cobalt::detached started_bad(const std::string &name) {
  co_await load(1);
  co_await load(static_cast<int>(name.size())); // warn: coro-dangling-reference
}
cobalt::promise<> awaited_ok(const std::string &name) {
  co_await load(1);
  co_await load(static_cast<int>(name.size()));
}

/// Neither suspends.
cobalt::task<> locked_ok(std::mutex &mutex) {
  std::lock_guard lock(mutex);
  co_await cobalt::this_coro::cancelled;
  co_await cobalt::noop<>();
}
cobalt::task<> locked_bad(std::mutex &mutex) {
  std::lock_guard lock(mutex);
  co_await load(1); // warn: coro-lock-across-await
}
