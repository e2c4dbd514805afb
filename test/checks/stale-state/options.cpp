// RUN: %check_corolint %s coro-stale-state %t -check-suffixes=DEFAULT
// RUN: %check_corolint %s coro-stale-state %t -check-suffixes=TORN -- -config="{CheckOptions: {coro-stale-state.Forms: 'torn'}}"
// RUN: %check_corolint %s coro-stale-state %t -check-suffixes=ANY,DEFAULT -- -config="{CheckOptions: {coro-stale-state.Interferer: any}}"
// RUN: %check_corolint %s coro-stale-state %t -check-suffixes=EXCLUSIVE -- -config="{CheckOptions: {coro-stale-state.Exclusive: 'Owner::n;Alone'}}"
#include "coro.h"
#include <vector>

coro::task<int> fetch(int);

struct Owner {
  std::vector<int> items;
  int n = 0;
  void add() {
    ++n;
    items.push_back(n);
  }
  coro::task<> torn() {
    n = n + co_await fetch(1);
    // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-MESSAGES-TORN: :[[@LINE-2]]:5: warning: 'n' is written after a suspension point with a value read before it
  }
  coro::task<> kept() {
    int &first = items[0];
    co_await fetch(1);
    first = 2;
    // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: 'first' leads into 'items' and is used after a suspension point
    // CHECK-MESSAGES-EXCLUSIVE: :[[@LINE-2]]:5: warning: 'first' leads into 'items' and is used after a suspension point
  }
};

class Alone {
  int n = 0;
  coro::task<> bump() {
    n = n + co_await fetch(1);
    // CHECK-MESSAGES-ANY: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
  }
};
