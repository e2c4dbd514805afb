// RUN: %check_corolint %s coro-stale-state %t
#include "coro.h"

coro::task<int> fetch(int);

struct Counter {
  int n = 0;
  void add() { ++n; }
  coro::task<> sum() {
    n = n + co_await fetch(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: n += co_await fetch(1);
  }
  coro::task<> reversed() {
    n = co_await fetch(n) * 2;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: n = co_await fetch(n) * 2;
  }
};
