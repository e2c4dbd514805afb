// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=KINDS -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: "lock;output"}}'
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=NONE -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Kinds: ""}}'
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -check-suffixes=ALLOWED -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.AllowedFunctions: "std::this_thread::sleep_for;app::declared;std::thread::join;app::through"}}'
// Kinds and AllowedFunctions.

#include "coro.h"
#include <chrono>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <thread>
#include <unistd.h>
using namespace coro;
using namespace std::chrono_literals;

namespace app {
COROLINT_BLOCKING void declared();
COROLINT_BLOCKING_FOR("disk") void declared_for_disk();
inline void through() { ::sleep(1); }
inline void through_lock(std::mutex &m) {
  m.lock();
  m.unlock();
}
} // namespace app

task<> sleeping() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:21: warning: call to 'sleep_for' may block (sleep)
  sleep(1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: call to 'sleep' may block (sleep)
  // CHECK-MESSAGES-ALLOWED: :[[@LINE-2]]:3: warning: call to 'sleep' may block (sleep)
  co_return;
}

task<> waiting(std::thread t) {
  t.join();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: call to 'join' may block (wait)
  co_return;
}

task<> locking(std::mutex &m) {
  m.lock();
  // CHECK-MESSAGES-KINDS: :[[@LINE-1]]:5: warning: call to 'lock' may block (lock)
  m.unlock();
  std::lock_guard l(m);
  // CHECK-MESSAGES-KINDS: :[[@LINE-1]]:19: warning: construction of 'lock_guard' may block (lock)
  (void)m.try_lock();
  std::unique_lock deferred(m, std::defer_lock);
  app::through_lock(m);
  // CHECK-MESSAGES-KINDS: :[[@LINE-1]]:8: warning: call to 'through_lock' may block (lock)
  co_return;
}

task<> printing() {
  puts("text");
  // CHECK-MESSAGES-KINDS: :[[@LINE-1]]:3: warning: call to 'puts' may block (output)
  co_return;
}

// Who declares a function blocking means it, whatever the kinds.
task<> declared() {
  app::declared();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'declared' may block in
  // CHECK-MESSAGES-KINDS: :[[@LINE-2]]:8: warning: call to 'declared' may block in
  // CHECK-MESSAGES-NONE: :[[@LINE-3]]:8: warning: call to 'declared' may block in
  app::declared_for_disk();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'declared_for_disk' may block (disk)
  // CHECK-MESSAGES-KINDS: :[[@LINE-2]]:8: warning: call to 'declared_for_disk' may block (disk)
  // CHECK-MESSAGES-NONE: :[[@LINE-3]]:8: warning: call to 'declared_for_disk' may block (disk)
  // CHECK-MESSAGES-ALLOWED: :[[@LINE-4]]:8: warning: call to 'declared_for_disk' may block (disk)
  co_return;
}

task<> inferred() {
  app::through();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:8: warning: call to 'through' may block (sleep)
  co_return;
}
