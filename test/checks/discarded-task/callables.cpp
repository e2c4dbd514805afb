// RUN: %check_corolint %s coro-discarded-task %t
// Coroutines in the place of callables that return nothing.

#include "tasks.h"
#include <algorithm>
#include <memory>
using namespace coro;

void on_event(std::function<void()> callback);
void on_value(std::function<void(int)> callback);
void on_task(std::function<task<>()> callback);
void on_const(const std::function<void()> &callback);
task<> lazy();
struct worker {
  task<> run(int);
};

void lambda_bad() {
  on_event([]() -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}
void lambda_with_parameter_bad() {
  on_value([](int) -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}
void const_reference_bad() {
  on_const([]() -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}
void function_bad() {
  on_event(lazy); // warn: coro-discarded-task
}
void variable_bad() {
  std::function<void()> f = []() -> task<> { co_await async_op(); }; // warn: coro-discarded-task
  f();
}
struct member_bad {
  std::function<void()> callback;
  member_bad()
      : callback([]() -> task<> { co_await async_op(); }) {} // warn: coro-discarded-task
  void assign_bad() {
    callback = [this]() -> task<> { co_await async_op(); }; // warn: coro-discarded-task
  }
};
void cancelled_bad() {
  on_event([]() -> scoped<> { co_await async_op(); }); // warn: coro-discarded-task
}
void not_a_coroutine_bad() {
  on_event([] { return lazy(); }); // warn: coro-discarded-task
}
void for_each_bad(std::vector<int> &v) {
  std::for_each(v.begin(), v.end(), [](int) -> task<> { // warn: coro-discarded-task
    co_await async_op();
  });
}
template <typename F> void each(std::vector<int> &v, F f) {
  for (int i : v)
    f(i);
}
template <typename F> void each_through(std::vector<int> &v, F &&f) {
  each(v, std::forward<F>(f));
}
void own_template_bad(std::vector<int> &v) {
  each(v, [](int) -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}
void own_template_through_bad(std::vector<int> &v) {
  each_through(v, [](int) -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}
void generic_bad(std::vector<int> &v) {
  each(v, [](auto) -> task<> { co_await async_op(); }); // warn: coro-discarded-task
}

void task_expected_ok() {
  on_task([]() -> task<> { co_await async_op(); });
}
void plain_ok() {
  on_event([] { use(1); });
}
void fire_and_forget_ok() {
  on_event([]() -> fire_and_forget { co_await async_op(); });
}
void eager_ok() {
  on_event([]() -> eager<> { co_await async_op(); });
}
template <typename F> task<> each_awaited(std::vector<int> &v, F f) {
  for (int i : v)
    co_await f(i);
}
task<> awaits_ok(std::vector<int> &v) {
  co_await each_awaited(v, [](int) -> task<> { co_await async_op(); });
}
template <typename F> void each_meant(std::vector<int> &v, F f) {
  for (int i : v)
    (void)f(i);
}
void meant_ok(std::vector<int> &v) {
  each_meant(v, [](int) -> task<> { co_await async_op(); });
}
template <typename F> std::vector<task<>> each_kept(std::vector<int> &v, F f) {
  std::vector<task<>> tasks;
  for (int i : v)
    tasks.push_back(f(i));
  return tasks;
}
void kept_ok(std::vector<int> &v) {
  (void)each_kept(v, [](int) -> task<> { co_await async_op(); });
}
void transform_ok(std::vector<int> &v, std::vector<task<>> &out) {
  std::transform(v.begin(), v.end(), std::back_inserter(out),
                 [](int) -> task<> { co_await async_op(); });
}
template <typename F> auto call(F f) { return f(); }
task<> result_ok() { co_await call([]() -> task<> { co_await async_op(); }); }
void copied_ok(std::function<void()> f) { on_event(f); }
void starts_ok() {
  on_event([] { (void)lazy(); });
}
struct discards_ok {
  std::function<int(int)> f = [](int i) { return i; };
};
