// A condition variable of which Inputs/queue.yaml says that who waits is resumed
// some time after the predicate was true.
#pragma once
#include "coro.h"

namespace stub {
struct condition {
  template <typename P> coro::async_awaiter<> wait(P predicate) {
    (void)predicate();
    return {};
  }
  void signal();
};
} // namespace stub
