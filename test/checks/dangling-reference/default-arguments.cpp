// RUN: %check_corolint %s coro-dangling-reference %t
// A default argument is a temporary of the call that leaves the argument out.

#include "tasks.h"
using namespace coro;

const buffer &shared_buffer();
buffer global;
task<> reads(int n, const buffer &b = buffer()) { co_await async_op(); use(b); }
task<> names(const std::string &name = "unnamed") { co_await async_op(); use(name); }
task<> global_ok(const buffer &b = global) { co_await async_op(); use(b); }
task<> reference_ok(const buffer &b = shared_buffer()) { co_await async_op(); use(b); }
task<> pointer_ok(const buffer *b = nullptr) { co_await async_op(); use(*b); }
task<> value_ok(buffer b = buffer()) { co_await async_op(); use(b); }
eager<> at_once_ok(const buffer &b = buffer()) { use(b); co_await async_op(); }

task<> returned_bad() {
  return reads(1); // warn: coro-dangling-reference
}
task<> stored_bad() {
  auto running = names(); // warn: coro-dangling-reference
  co_await running;
}
task<> awaited_ok() {
  co_await reads(1);
  co_await names();
}
task<> given_ok(const buffer &b) { return reads(1, b); }
task<> elsewhere_ok() {
  auto first = global_ok();
  auto second = reference_ok();
  auto third = pointer_ok();
  auto fourth = value_ok();
  auto fifth = at_once_ok();
  co_await first;
  co_await second;
  co_await third;
  co_await fourth;
  co_await fifth;
}
