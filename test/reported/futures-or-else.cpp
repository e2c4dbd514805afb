// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/tdauth/cpp-futures-promises/issues/14
// The fallback of a future is waited for in a continuation: with every thread
// of the executor in such a continuation, none is left to compute it.

#include <folly/folly.h>

folly::Future<int> first();

inline folly::Future<int> or_else_bad(folly::Future<int> other) {
  return first().thenTry([other = std::move(other)](folly::Try<int> result) mutable {
    int value = result.value();
    return value ? value : std::move(other).get(); // warn: coro-sync-over-async
  });
}
