// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// What the check says, word by word.

#include "coro.h"
#include <mutex>
using namespace coro;

extern std::mutex m;

task<> guard() {
  std::lock_guard l(m);
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:19: note: acquired here
}

generator<int> at_yield() {
  std::unique_lock lock(m);
  co_yield 1;
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'lock' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:20: note: acquired here
}

task<int> keyword_inside() {
  std::lock_guard l(m);
  co_return 1 + co_await async_op<int>();
  // CHECK-NOTES: :[[@LINE-1]]:17: warning: lock 'l' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:19: note: acquired here
}

task<> locked_later() {
  std::unique_lock l(m, std::defer_lock);
  l.lock();
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: acquired here
}

task<> manual() {
  m.lock();
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'm' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: acquired here
  m.unlock();
}

async_awaiter<> with_lock(const std::lock_guard<std::mutex> &);
task<> temporary() {
  co_await with_lock(std::lock_guard(m));
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: a temporary lock is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: acquired here
}

task<> parameter(std::unique_lock<std::mutex> l) {
  co_await async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'l' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-3]]:{{[0-9]+}}: note: acquired here
}
