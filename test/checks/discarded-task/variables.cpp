// RUN: %check_corolint %s coro-discarded-task %t
// Tasks in variables that nothing uses.

#include "tasks.h"
#include <optional>
using namespace coro;

task<> lazy();
eager<> started();
scoped<> owned();

void unused_bad() {
  auto t = lazy(); // warn: coro-discarded-task
}
task<> unused_in_coroutine_bad() {
  auto t = lazy(); // warn: coro-discarded-task
  co_await async_op();
}
void typed_bad() {
  task<> t = lazy(); // warn: coro-discarded-task
}
void braces_bad() {
  task<> t{lazy()}; // warn: coro-discarded-task
}
void const_bad() {
  const auto t = lazy(); // warn: coro-discarded-task
}
void inner_scope_bad(bool b) {
  if (b) {
    auto t = lazy(); // warn: coro-discarded-task
  }
}
void cancelled_at_once_bad() {
  auto t = owned(); // warn: coro-discarded-task
}
task<> cancelled_after_last_await_bad() {
  co_await async_op();
  auto t = owned(); // warn: coro-discarded-task
}

task<> awaited_ok() {
  auto t = lazy();
  co_await async_op();
  co_await t;
}
task<> moved_ok() {
  auto t = lazy();
  return t;
}
void handed_on(task<>);
void handed_on_ok() {
  auto t = lazy();
  handed_on(std::move(t));
}
void maybe_unused_ok() { [[maybe_unused]] auto t = lazy(); }
void cast_ok() {
  auto t = lazy();
  (void)t;
}
void eager_ok() { auto t = started(); }
task<> runs_in_scope_ok() {
  auto background = owned();
  co_await async_op();
}
void run_loop();
void runs_while_pumped_ok() {
  auto background = owned();
  run_loop();
}
void lazy_while_pumped_bad() {
  auto background = lazy(); // warn: coro-discarded-task
  run_loop();
}
void made_after_pumping_bad() {
  run_loop();
  auto background = owned(); // warn: coro-discarded-task
}
void captured_ok() {
  auto t = lazy();
  auto f = [t = std::move(t)] {};
  f();
}
void captured_by_reference_ok() {
  auto t = lazy();
  auto f = [&t] { handed_on(std::move(t)); };
  f();
}
void kept_ok() { static auto t = lazy(); }
auto global_ok = lazy();
void optional_ok() { std::optional<task<>> t(lazy()); }
void reference_ok() { auto &&t = lazy(); }
void address_ok(task<> *&out) {
  auto t = lazy();
  out = &t;
}
