// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// PPL: what waits for the tasks of the pool, and what a continuation knows.

#include "coro.h"
#include <ppl/ppl.h>
#include <string>
using namespace Concurrency;

COROLINT_BLOCKING int block();
task<int> load(int);
task<> store(int);

task<> get_bad() {
  load(1).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'get' waits synchronously for asynchronous work in coroutine 'get_bad'
  // CHECK-FIXES: co_await load(1);
  co_return;
}
task<> wait_bad(task<int> pending, task_group &group, structured_task_group &parts) {
  pending.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'wait' waits synchronously for asynchronous work in coroutine 'wait_bad'
  // CHECK-FIXES: co_await pending;
  group.wait(); // warn: coro-sync-over-async
  parts.wait(); // warn: coro-sync-over-async
  co_return;
}
task<> event_bad(event &done) {
  done.wait(); // warn: coro-blocking-call
  co_return;
}
task<> event_ok(event &done) {
  done.wait(0);
  co_return;
}
task<> done_ok(task<int> pending) {
  if (pending.is_done())
    pending.get();
  co_await pending;
  co_await when_all(store(1), store(2));
}
int at_start_ok() { return load(1).get(); }

/// Tasks run on a pool: they may block, but another task may need the thread.
void pool_bad(task<int> other) {
  create_task([other] {
    block();
    other.get(); // warn: coro-sync-over-async
  });
  load(1).then([other](int) {
    other.wait(); // warn: coro-sync-over-async
  });
}
/// A continuation that receives a task receives a finished one.
void continuation_ok() {
  load(1).then([](task<int> finished) { finished.get(); });
}

/// The pool destroys the lambda once it has returned.
void lambda_bad(int value) {
  create_task([value]() -> task<> {
    co_await load(1);
    co_await store(value); // warn: coro-dangling-reference
  });
}
void reference_bad() {
  int value = 1;
  create_task([&value] { ++value; }); // warn: coro-dangling-reference
}
void reference_ok() {
  int value = 1;
  create_task([&value] { ++value; }).wait();
}
