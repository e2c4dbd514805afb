// RUN: %check_corolint %s coro-lock-across-await %t

// Several locks held at one suspension point are one finding.

#include "coro.h"

#include <mutex>

std::mutex A, B, C;

coro::task<> two_bad() {
  std::lock_guard First(A);
  std::lock_guard Second(B);
  co_await coro::async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'First' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-4]]:19: note: acquired here
  // CHECK-NOTES: :[[@LINE-4]]:19: note: 'Second' is held too; acquired here
}

coro::task<> one_of_two_bad() {
  std::unique_lock First(A);
  std::unique_lock Second(B);
  First.unlock();
  co_await coro::async_op();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: lock 'Second' is held across a suspension point [coro-lock-across-await]
  // CHECK-NOTES: :[[@LINE-4]]:20: note: acquired here
}

coro::task<> none_of_two_ok() {
  std::unique_lock First(A);
  std::unique_lock Second(B);
  First.unlock();
  Second.unlock();
  co_await coro::async_op();
}
