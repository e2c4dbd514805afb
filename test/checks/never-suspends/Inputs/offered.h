// Coroutines in a header. Only what other files cannot call is judged.

#pragma once
#include "tasks.h"

namespace offered {

inline coro::task<int> ready() { co_return 1; }

struct cache {
  coro::task<int> size() { co_return 1; }
  coro::task<int> sum() { co_return co_await twice(); }

private:
  coro::task<int> twice() { co_return 2; }
};

} // namespace offered
