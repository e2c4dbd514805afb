// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -check-suffixes=ALLOWED -- \
// RUN:   -config='{CheckOptions: {coro-lock-across-await.AllowedGuards: "std::shared_lock;app::guard"}}'
// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -check-suffixes=NOMANUAL -- \
// RUN:   -config='{CheckOptions: {coro-lock-across-await.ManualLocks: false}}'
// AllowedGuards and ManualLocks.

#include "coro.h"
#include <mutex>
#include <shared_mutex>
using namespace coro;

extern std::mutex m;
extern std::shared_mutex sm;

namespace app {
struct __attribute__((scoped_lockable)) guard {
  explicit guard(int);
  ~guard();
};
} // namespace app

task<> allowed_template() {
  std::shared_lock l(sm);
  co_await async_op();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point
  // CHECK-MESSAGES-NOMANUAL: :[[@LINE-2]]:3: warning: lock 'l' is held across a suspension point
}

task<> allowed_class() {
  app::guard l(1);
  co_await async_op();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point
  // CHECK-MESSAGES-NOMANUAL: :[[@LINE-2]]:3: warning: lock 'l' is held across a suspension point
}

task<> other_guard() {
  std::lock_guard l(m);
  co_await async_op();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point
  // CHECK-MESSAGES-ALLOWED: :[[@LINE-2]]:3: warning: lock 'l' is held across a suspension point
  // CHECK-MESSAGES-NOMANUAL: :[[@LINE-3]]:3: warning: lock 'l' is held across a suspension point
}

task<> manual() {
  m.lock();
  co_await async_op();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: lock 'm' is held across a suspension point
  // CHECK-MESSAGES-ALLOWED: :[[@LINE-2]]:3: warning: lock 'm' is held across a suspension point
  m.unlock();
}
