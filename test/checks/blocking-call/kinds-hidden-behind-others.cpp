// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=LOCK -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "lock"}}'
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=NET -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "net"}}'
// A function that blocks in several ways is reported for one that is on, even
// if it meets one that is off first.

#include "coro.h"
#include <mutex>
#include <unistd.h>
using namespace coro;

inline void locks_then_sleeps(std::mutex &m) {
  m.lock();
  sleep(1);
  m.unlock();
}

inline void sleeps_then_locks(std::mutex &m) {
  sleep(1);
  m.lock();
  m.unlock();
}

task<> both(std::mutex &m) {
  locks_then_sleeps(m);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: call to 'locks_then_sleeps' may block (sleep)
  // CHECK-MESSAGES-LOCK: :[[@LINE-2]]:3: warning: call to 'locks_then_sleeps' may block (lock)
  sleeps_then_locks(m);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: call to 'sleeps_then_locks' may block (sleep)
  // CHECK-MESSAGES-LOCK: :[[@LINE-2]]:3: warning: call to 'sleeps_then_locks' may block (lock)
  co_return;
}
