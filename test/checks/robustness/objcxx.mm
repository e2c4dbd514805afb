// RUN: %check_corolint %s coro-* %t -std=c++20 -- -- -fblocks
// Objective-C++ coroutines.

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();

__attribute__((objc_root_class)) @interface Object
- (int)run;
@end

task<> coroutine_bad(Object *o, std::mutex &m) {
  block(); // warn: coro-blocking-call
  [o run];
  void (^later)(void) = ^{
    block();
  };
  (void)later;
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}
