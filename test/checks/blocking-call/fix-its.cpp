// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/app.yaml"}}'
// Where a model names the asynchronous replacement, and only where that can be
// written.

#include "coro.h"
#include <memory>
using namespace coro;

namespace app {
struct timer {
  void wait();
  void wait_for(int, int);
  async_awaiter<> async_wait();
  async_awaiter<> async_wait_for(int, int);
};
void pause(int);
async_awaiter<> async_pause(int);
void needs_missing(int);
int value();
async_awaiter<int> async_value();
} // namespace app

task<> in_coroutine(app::timer &t) {
  t.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'wait' may block (sleep)
  // CHECK-FIXES: {{^}}  co_await t.async_wait();
  t.wait_for(1, 2 + 3);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'wait_for' may block (sleep)
  // CHECK-FIXES: {{^}}  co_await t.async_wait_for(1, 2 + 3);
  app::pause(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'pause' may block (sleep)
  // CHECK-FIXES: {{^}}  co_await app::async_pause(1);
  co_return;
}

task<> through_pointer(app::timer *t) {
  t->wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'wait' may block (sleep)
  // CHECK-FIXES: {{^}}  co_await {{t->|\(\*t\)\.}}async_wait();
  co_return;
}

task<> through_smart_pointer(std::unique_ptr<app::timer> t) {
  t->wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: call to 'wait' may block (sleep)
  // CHECK-FIXES: {{^}}  co_await t->async_wait();
  co_return;
}

// `co_await` binds tighter than what stands around it may need.
task<int> in_expression() {
  co_return 1 + app::value();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: call to 'value' may block (sleep)
  // CHECK-FIXES: {{^}}  co_return 1 + {{\(?}}co_await app::async_value(){{\)?}};
}

// The replacement is not declared: there is nothing to offer.
task<> replacement_missing() {
  app::needs_missing(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'needs_missing' may block (sleep)
  // CHECK-FIXES: {{^}}  app::needs_missing(1);
  co_return;
}

// No `co_await` outside a coroutine.
COROLINT_EVENT_LOOP void in_event_loop(app::timer &t) {
  t.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: call to 'wait' may block (sleep)
  // CHECK-FIXES: {{^}}  t.wait();
}

// Nor one that would yield where the code must not.
task<> in_region(app::timer &t) {
  COROLINT_NO_YIELD_REGION {
    t.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: call to 'wait' may block (sleep)
    // CHECK-FIXES: {{^}}    t.wait();
  }
  co_return;
}

// Nor in a handler, where `co_await` is not allowed.
task<> in_handler(app::timer &t) {
  try {
    co_await async_op();
  } catch (...) {
    t.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: call to 'wait' may block (sleep)
    // CHECK-FIXES: {{^}}    t.wait();
  }
  co_return;
}

// Nor where the call itself is not in the coroutine.
inline void helper(app::timer &t) { t.wait(); }
task<> through_helper(app::timer &t) {
  helper(t);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'helper' may block (sleep)
  // CHECK-FIXES: {{^}}  helper(t);
  co_return;
}

// Nor in a macro, whose other uses may be no coroutines.
#define WAIT(timer) timer.wait()
task<> in_macro(app::timer &t) {
  WAIT(t);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call to 'wait' may block (sleep)
  // CHECK-FIXES: {{^}}  WAIT(t);
  co_return;
}
