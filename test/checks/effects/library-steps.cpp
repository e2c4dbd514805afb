// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- -isystem %S/Inputs/library
// The steps of a witness inside a library's headers become one.

#include "coro.h"
extern "C" unsigned sleep(unsigned);
#include <library.h>

coro::task<> f_bad() {
  library::each([] { sleep(1); });
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: call to 'each' may block (sleep) in coroutine 'f_bad' [coro-blocking-call]
  // CHECK-NOTES: library.h:4:{{[0-9]+}}: note: 'each' calls 'operator()' here
  // CHECK-NOTES: :[[@LINE-3]]:22: note: 'operator()' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-4]]:22: note: 'sleep' blocks (sleep) [posix]
  co_await coro::async_op();
}
