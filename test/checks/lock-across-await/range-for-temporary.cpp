// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -check-suffixes=CXX20
// RUN: %check_corolint %s coro-lock-across-await %t -std=c++23 -check-suffixes=CXX23
// C++23 keeps the temporaries of a range-for's initialiser alive for the loop.

#include "coro.h"
#include <mutex>
#include <vector>
using namespace coro;

extern std::mutex m;
std::vector<int> numbers(const std::lock_guard<std::mutex> &);

task<> in_loop() {
  for (int x : numbers(std::lock_guard(m))) {
    (void)x;
    co_await async_op();
    // CHECK-MESSAGES-CXX23: :[[@LINE-1]]:5: warning: a temporary lock is held across a suspension point
  }
}

struct locked_range {
  std::lock_guard<std::mutex> l;
  int *begin() const;
  int *end() const;
};
locked_range lock_range();

// The range itself lives through the loop in every standard.
task<> range_is_guard_bad() {
  for (int x : lock_range()) {
    (void)x;
    co_await async_op();
    // CHECK-MESSAGES-CXX20: :[[@LINE-1]]:5: warning: {{.*}} held across a suspension point
    // CHECK-MESSAGES-CXX23: :[[@LINE-2]]:5: warning: {{.*}} held across a suspension point
  }
  co_await async_op();
}
