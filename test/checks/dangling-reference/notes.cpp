// RUN: %check_corolint %s coro-dangling-reference %t -- \
// RUN:   --config='{CheckOptions: {CoroModels: "%S/Inputs/starts.yaml"}}'

#include "tasks.h"
using namespace coro;

namespace own { void spawn(task<> t); }
void unseen_handler(std::function<void()> f);
template <typename F> auto calls_own(F f) { return f(); }
task<> all(std::vector<task<>> &);

struct object {
  int value = 0;
  task<> run() {
    co_await async_op();
    use(value);
    // CHECK-NOTES: :[[@LINE+5]]:32: warning: a temporary object is destroyed before the task of its coroutine is finished
    // CHECK-NOTES: :[[@LINE+4]]:25: note: the task is returned here
    // CHECK-NOTES: :[[@LINE-3]]:9: note: 'this' is used here, after a suspension point
  }
};
task<> of_temporary() { return object().run(); }

fire_and_forget unawaited(std::string_view v) {
  co_await async_op();
  // CHECK-NOTES: :[[@LINE+2]]:7: warning: parameter 'v' may refer to a destroyed object: callers go on while the coroutine is suspended
  // CHECK-NOTES: :[[@LINE-2]]:3: note: the coroutine may be suspended here
  use(v);
}

task<> in_callee(int x) {
  co_await calls_own([x]() -> task<> {
    co_await async_op();
    // CHECK-NOTES: :[[@LINE+3]]:9: warning: captured variable 'x' is used after the lambda may be destroyed
    // CHECK-NOTES: :[[@LINE-3]]:22: note: the lambda is destroyed before its task is finished: 'calls_own' keeps it no longer than the call
    // CHECK-NOTES: :[[@LINE-3]]:5: note: the coroutine may be suspended here
    use(x);
  });
}
void handler(int x) {
  unseen_handler([x]() -> fire_and_forget {
    co_await async_op();
    // CHECK-NOTES: :[[@LINE+3]]:9: warning: captured variable 'x' is used after the lambda may be destroyed
    // CHECK-NOTES: :[[@LINE-3]]:18: note: the lambda may be destroyed at any time: nothing can wait for its coroutine
    // CHECK-NOTES: :[[@LINE-3]]:5: note: the coroutine may be suspended here
    use(x);
  });
}
task<> named(int x) {
  auto f = [x]() -> task<> {
    co_await async_op();
    // CHECK-NOTES: :[[@LINE+3]]:9: warning: captured variable 'x' is used after the lambda may be destroyed
    // CHECK-NOTES: :[[@LINE-3]]:8: note: the lambda is the local variable 'f'
    // CHECK-NOTES: :[[@LINE-3]]:5: note: the coroutine may be suspended here
    use(x);
  };
  return f();
}

task<> lazy(buffer *b) { use(*b); co_return; }
eager<> begun(buffer *b) { co_await async_op(); use(*b); }
void started() {
  buffer b;
  own::spawn(lazy(&b));
  // CHECK-NOTES: :[[@LINE-1]]:19: warning: 'b' is destroyed before the task that refers to it is finished
  // CHECK-NOTES: :[[@LINE-2]]:8: note: 'spawn' starts the task here and returns
  // CHECK-NOTES: :60:31: note: 'b' is used here, once the task is started
}
void dropped() {
  buffer b;
  begun(&b);
  // CHECK-NOTES: :[[@LINE-1]]:9: warning: 'b' is destroyed before the task that refers to it is finished
  // CHECK-NOTES: :[[@LINE-2]]:3: note: nothing waits for the task here
  // CHECK-NOTES: :61:54: note: 'b' is used here, after a suspension point
}
task<> collected(int n) {
  std::vector<task<>> tasks;
  for (int i = 0; i < n; ++i) {
    buffer b(i);
    tasks.push_back(lazy(&b));
    // CHECK-NOTES: :[[@LINE-1]]:26: warning: 'b' is destroyed before the task that refers to it is finished
    // CHECK-NOTES: :[[@LINE-2]]:5: note: the task is added to 'tasks' here
    // CHECK-NOTES: :60:31: note: 'b' is used here, once the task is started
  }
  co_await all(tasks);
}
