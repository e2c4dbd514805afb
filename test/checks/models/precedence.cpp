// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/effects.yaml"}}'
// An annotation wins over a model.

#include "coro.h"
using namespace coro;

namespace app {
COROLINT_NONBLOCKING int annotated();
COROLINT_BLOCKING_FOR("tape") int annotated_blocking();
COROLINT_BLOCKING int quick();
COROLINT_YIELDS int query(int);
} // namespace app

task<> calls() {
  app::annotated();
  app::quick();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'quick' may block in coroutine 'calls'
  app::annotated_blocking();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call to 'annotated_blocking' may block (tape) in coroutine 'calls'
  co_return;
}
