// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20-or-later
// Guards without a name, and the order of evaluation around them.

#include "coro.h"
#include <mutex>
#include <string>
#include <vector>
using namespace coro;

extern std::mutex m;

int use(const std::unique_lock<std::mutex> &, int = 0);
async_awaiter<> with_lock(const std::lock_guard<std::mutex> &);

task<> dropped_ok() {
  std::lock_guard{m};
  co_await async_op();
}

task<> comma_bad() {
  std::lock_guard{m}, co_await async_op(); // warn: coro-lock-across-await
  co_await async_op();
}

task<> argument_bad() {
  co_await with_lock(std::lock_guard(m)); // warn: coro-lock-across-await
  co_await async_op();
}

task<> dead_before_await_ok() {
  int x = use(std::unique_lock(m));
  co_await async_op();
}

task<> lifetime_extended_bad() {
  auto &&l = std::unique_lock(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> lifetime_extended_const_bad() {
  const std::lock_guard<std::mutex> &l = std::lock_guard(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> lifetime_extended_scope_ok() {
  { auto &&l = std::unique_lock(m); }
  co_await async_op();
}

task<> conditional_bad(bool c) {
  c ? (std::lock_guard{m}, co_await async_op<int>()) : 0; // warn: coro-lock-across-await
  co_await async_op();
}

task<> other_branch_ok(bool c) {
  c ? use(std::unique_lock(m)) : co_await async_op<int>();
}

task<> short_circuit_ok(bool c) {
  (void)(c && use(std::unique_lock(m)));
  co_await async_op();
}

task<> short_circuit_bad(bool c) {
  (void)(use(std::unique_lock(m)) && co_await async_op<bool>()); // warn: coro-lock-across-await
}

task<> unlocked_in_operand_ok() {
  std::unique_lock l(m);
  co_await (l.unlock(), async_op());
}

task<> locked_in_operand_bad() {
  std::unique_lock l(m, std::defer_lock);
  co_await (l.lock(), async_op()); // warn: coro-lock-across-await
}

task<> constructed_after_its_operand_ok() {
  std::lock_guard l(co_await async_op<std::mutex &>());
}

task<> condition_of_temporary_bad() {
  if (use(std::unique_lock(m), co_await async_op<int>())) { // warn: coro-lock-across-await
  }
}

// C++23 keeps every temporary of a range-for's initialiser alive; before, only
// the one that `__range` binds. Either way it dies after the loop.
std::vector<int> numbers(const std::lock_guard<std::mutex> &);
task<> range_for_after_ok() {
  for (int x : numbers(std::lock_guard(m)))
    (void)x;
  co_await async_op();
}
