// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/app.yaml"}}'
// Where a model says that the operand can be awaited, a fix-it awaits it.

#include "coro.h"
#include <memory>
using namespace coro;

namespace app {
template <typename T> T sync_wait(task<T>);
template <typename T> struct future : async_awaiter<T> {
  T get();
};
template <typename T> T wait_for_unawaitable(T);
struct client {
  void query(int);
  async_awaiter<> async_query(int);
};
} // namespace app

task<int> compute(int);

task<> argument() {
  int x = app::sync_wait(compute(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: call to 'sync_wait' waits synchronously
  // CHECK-FIXES: {{^}}  int x = co_await compute(1);
  (void)x;
  co_return;
}

task<> named_argument(task<int> pending) {
  int x = app::sync_wait(std::move(pending));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: call to 'sync_wait' waits synchronously
  // CHECK-FIXES: {{^}}  int x = co_await std::move(pending);
  (void)x;
  co_return;
}

task<> object(app::future<int> f) {
  int x = f.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: call to 'get' waits synchronously
  // CHECK-FIXES: {{^}}  int x = co_await f;
  (void)x;
  co_return;
}

app::future<int> start();
task<> temporary_object() {
  int x = start().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: call to 'get' waits synchronously
  // CHECK-FIXES: {{^}}  int x = co_await start();
  (void)x;
  co_return;
}

task<> through_pointers(app::future<int> *f, std::unique_ptr<app::future<int>> g) {
  f->get();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'get' waits synchronously
  // CHECK-FIXES: {{^}}  co_await *f;
  g->get();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'get' waits synchronously
  // CHECK-FIXES: {{^}}  co_await *g;
  co_return;
}

// A model may name what does the same instead.
task<> replacement(app::client &c) {
  c.query(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'query' waits synchronously
  // CHECK-FIXES: {{^}}  co_await c.async_query(1);
  co_return;
}

// What follows must still apply to the result.
struct widget {
  int size();
};
task<widget> make_widget();
task<> member_of_result() {
  int x = app::sync_wait(make_widget()).size();
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: call to 'sync_wait' waits synchronously
  // CHECK-FIXES: {{^}}  int x = (co_await make_widget()).size();
  (void)x;
  co_return;
}

// And the operand must stay whole.
task<> operand_with_operator(bool c) {
  int x = app::sync_wait(c ? compute(1) : compute(2));
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: call to 'sync_wait' waits synchronously
  // CHECK-FIXES: {{^}}  int x = co_await (c ? compute(1) : compute(2));
  (void)x;
  co_return;
}

// The model does not say so.
task<> unawaitable() {
  app::wait_for_unawaitable(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'wait_for_unawaitable' waits synchronously
  // CHECK-FIXES: {{^}}  app::wait_for_unawaitable(1);
  co_return;
}

// No coroutine, no `co_await`.
COROLINT_EVENT_LOOP void event_loop() {
  app::sync_wait(compute(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'sync_wait' waits synchronously
  // CHECK-FIXES: {{^}}  app::sync_wait(compute(1));
}

// No yield where none may be.
task<> region() {
  COROLINT_NO_YIELD_REGION {
    app::sync_wait(compute(1));
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: call to 'sync_wait' waits synchronously
    // CHECK-FIXES: {{^}}    app::sync_wait(compute(1));
  }
  co_return;
}
