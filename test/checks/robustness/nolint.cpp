// RUN: %check_corolint %s coro-* %t -std=c++20
// NOLINT in its forms silences our checks as any other.

#include "coro.h"
#include <future>
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int block();

task<> same_line() {
  block(); // NOLINT
  block(); // NOLINT(coro-blocking-call)
  block(); // NOLINT(coro-*)
  block(); // NOLINT(coro-sync-over-async, coro-blocking-call)
  block(); // NOLINT(other-check) // warn: coro-blocking-call
  block(); // NOLINT(coro-sync-over-async) // warn: coro-blocking-call
  block(); // warn: coro-blocking-call
  co_return;
}

task<> next_line() {
  // NOLINTNEXTLINE
  block();
  // NOLINTNEXTLINE(coro-blocking-call)
  block();
  co_return;
}

// NOLINTBEGIN(coro-lock-across-await)
task<> block_of_lines(std::mutex &m, std::future<int> f) {
  std::lock_guard l(m);
  co_await async_op();
  f.get(); // warn: coro-sync-over-async
}
// NOLINTEND(coro-lock-across-await)

task<> every_check(std::mutex &m, std::future<int> f) {
  std::lock_guard l(m);
  co_await async_op(); // NOLINT(coro-lock-across-await)
  f.get(); // NOLINT(coro-sync-over-async)
  COROLINT_NO_YIELD_REGION {
    co_await async_op(); // NOLINT(coro-lock-across-await, coro-no-yield-region)
  }
}

// At the finding counts, not at the place of its witness.
int through() {
  return block(); // NOLINT
}
task<> witness() {
  through(); // warn: coro-blocking-call
  co_return;
}

[[clang::annotate("corolint::no_yeild")]] void misspelt(); // NOLINT
COROLINT_BLOCKING COROLINT_NONBLOCKING void both(); // NOLINT
