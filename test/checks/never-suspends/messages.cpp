// RUN: %check_corolint %s coro-never-suspends %t

#include "coro.h"

coro::task<int> message() { co_return 1; }
// CHECK-NOTES: :[[@LINE-1]]:17: warning: coroutine 'message' has no suspension point
// CHECK-NOTES: :[[@LINE+1]]:25: note: it is awaited in place here, where a function would do
coro::task<> caller() { co_await message(); }
