// RUN: %check_corolint %s coro-dangling-reference %t
// Eager tasks: only what is used after a point that can suspend.

#include "tasks.h"
using namespace coro;

eager<> before(const buffer &b) { use(b); co_await async_op(); }
eager<> after(const buffer &b) { co_await async_op(); use(b); }
eager<> never_suspended(const buffer &b) { co_await never(); use(b); }
eager<> copied(const buffer &b) {
  buffer mine = b;
  co_await async_op();
  use(mine);
}
eager<> in_loop(const buffer &b) {
  for (int i = 0; i < b.size(); ++i)
    co_await async_op();
}
eager<> over_range(const buffer &b) {
  for (int i : b) {
    use(i);
    co_await async_op();
  }
}
eager<> derived(const buffer &b) {
  const buffer &same = b;
  co_await async_op();
  use(same);
}
eager<> one_branch(const buffer &b, bool c) {
  if (c) {
    co_await async_op();
    co_return;
  }
  use(b);
}
eager<> other_branch(const buffer &b, bool c) {
  if (c)
    co_await async_op();
  use(b);
}
eager<> hands_on(const buffer &b) { co_await after(b); }
eager<> hands_on_early(const buffer &b) { co_await before(b); }
eager<> view(std::string_view v) { co_await async_op(); use(v); }
eager<> takes(buffer &&b) { co_await async_op(); use(b); } // warn: coro-dangling-reference
eager<> takes_unused(buffer &&b) { use(b); co_await async_op(); }
eager<> takes_moved(buffer &&b) {
  buffer mine = std::move(b);
  co_await async_op();
  use(mine);
}

void discarded_bad() {
  after(buffer()); // warn: coro-dangling-reference
}
void discarded_view_bad(int i) {
  view(std::to_string(i)); // warn: coro-dangling-reference
}
void meant_bad() {
  (void)after(buffer()); // warn: coro-dangling-reference
}
eager<> returned_bad() {
  buffer b;
  return after(b); // warn: coro-dangling-reference
}
eager<> in_loop_bad() {
  return in_loop(buffer()); // warn: coro-dangling-reference
}
eager<> over_range_bad() {
  return over_range(buffer()); // warn: coro-dangling-reference
}
eager<> derived_bad() {
  return derived(buffer()); // warn: coro-dangling-reference
}
eager<> other_branch_bad() {
  return other_branch(buffer(), true); // warn: coro-dangling-reference
}
eager<> hands_on_bad() {
  return hands_on(buffer()); // warn: coro-dangling-reference
}
void stored_bad() {
  auto t = after(buffer()); // warn: coro-dangling-reference
}
void last_statement_bad() {
  buffer b;
  after(b); // warn: coro-dangling-reference
}
eager<> moved_bad() {
  buffer b;
  return takes(std::move(b));
}

eager<> before_ok() { return before(buffer()); }
eager<> never_suspended_ok() { return never_suspended(buffer()); }
eager<> copied_ok() { return copied(buffer()); }
eager<> one_branch_ok() { return one_branch(buffer(), true); }
eager<> hands_on_early_ok() { return hands_on_early(buffer()); }
eager<> takes_unused_ok() { return takes_unused(buffer()); }
eager<> takes_moved_ok() { return takes_moved(buffer()); }
eager<> awaited_ok() { co_await after(buffer()); }
void run_loop();
void waits_in_scope_ok() {
  buffer b;
  after(b);
  run_loop();
}
eager<> awaits_in_scope_ok() {
  buffer b;
  after(b);
  co_await async_op();
}
void parameter_ok(const buffer &b) { after(b); }
