// RUN: %check_corolint %s coro-blocking-call %t
// The witness goes on though a step's line suppresses findings, and steps inside
// a library's header are one.

#include "coro.h"
extern "C" unsigned sleep(unsigned);

void slow() { sleep(1); } // NOLINT
// NOLINTNEXTLINE(coro-blocking-call)
void slower() { slow(); }

coro::task<> f_bad() {
  slower();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: call to 'slower' may block (sleep) in coroutine 'f_bad' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'slower' calls 'slow' here ({{.*}}.cpp:10)
  // CHECK-NOTES: :[[@LINE-3]]:3: note: 'slow' calls 'sleep' here ({{.*}}.cpp:8)
  // CHECK-NOTES: :[[@LINE-4]]:3: note: 'sleep' blocks (sleep) [posix] ({{.*}}.cpp:8)
  co_await coro::async_op();
}
