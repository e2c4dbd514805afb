// RUN: %check_corolint %s coro-dangling-reference %t

#include "tasks.h"
using namespace coro;

task<> reads(const buffer &b) { co_await async_op(); use(b); }
// CHECK-FIXES: task<> reads(const buffer b) { co_await async_op(); use(b); }
task<> starts(buffer *b) { use(*b); co_return; }
eager<> takes(buffer &&b) { co_await async_op(); use(b); }
// CHECK-NOTES: :[[@LINE-1]]:24: warning: parameter 'b' refers to an object that may be destroyed before the coroutine uses it
// CHECK-NOTES: :48:19: note: the argument is passed here
// CHECK-NOTES: :[[@LINE-3]]:54: note: 'b' is used here, after a suspension point
// CHECK-FIXES: eager<> takes(buffer b) { co_await async_op(); use(b); }
task<> all(std::vector<task<>> &);
struct object {
  int value = 0;
  task<> run() { co_await async_op(); use(value); }
  eager<> captured() {
    return [this]() -> eager<> {
      // CHECK-NOTES: :[[@LINE+3]]:11: warning: captured 'this' is used after the lambda may be destroyed
      // CHECK-NOTES: :[[@LINE-2]]:12: note: the lambda is a temporary that is destroyed before the task is finished
      co_await async_op(); // CHECK-NOTES: :[[@LINE]]:7: note: the coroutine may be suspended here
      use(value);
    }();
  }
};

task<> temporary() { return reads(buffer()); }
// CHECK-NOTES: :[[@LINE-1]]:35: warning: a temporary is destroyed before the task that refers to it is finished
// CHECK-NOTES: :[[@LINE-2]]:22: note: the task is returned here
// CHECK-NOTES: :6:58: note: 'b' is used here, after a suspension point
task<> local() {
  buffer b;
  auto t = starts(&b);
  // CHECK-NOTES: :[[@LINE-1]]:19: warning: 'b' is destroyed before the task that refers to it is finished
  // CHECK-NOTES: :[[@LINE-2]]:8: note: the task is stored in 't' here
  // CHECK-NOTES: :8:33: note: 'b' is used here, once the task is started
  return t;
}
task<> object_of_call() {
  object o;
  return o.run();
  // CHECK-NOTES: :[[@LINE-1]]:10: warning: object 'o' is destroyed before the task of its coroutine is finished
  // CHECK-NOTES: :[[@LINE-2]]:3: note: the task is returned here
  // CHECK-NOTES: :17:43: note: 'this' is used here, after a suspension point
}
void gives() {
  buffer b; takes(std::move(b)); (void)0;
}
