// RUN: %clang_tidy --checks=-*,coro-never-suspends --config={} --header-filter=.* %s -- -std=c++20 -I%source/include -I%S/../Inputs > %t.out 2>&1
// RUN: FileCheck --implicit-check-not=warning: --input-file=%t.out %s

// Other files may want the task of what a header offers them.

#include "Inputs/offered.h"
using namespace coro;

task<int> here() { co_return 1; }
// CHECK-DAG: headers.cpp:[[@LINE-1]]:11: warning: coroutine 'here' has no suspension point
// CHECK-DAG: offered.h:15:19: warning: coroutine 'twice' has no suspension point

task<int> uses(offered::cache &cache) {
  int sum = co_await offered::ready() + co_await cache.size();
  co_return sum + co_await cache.sum() + co_await here();
}
