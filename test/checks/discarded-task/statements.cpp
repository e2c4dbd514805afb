// RUN: %check_corolint %s coro-discarded-task %t
// Tasks that a statement makes and drops.

#include "tasks.h"
using namespace coro;

task<> lazy();
task<int> lazy_value();
eager<> started();
scoped<> owned();
fire_and_forget forgotten();
generator<int> numbers();

task<> statement_bad() {
  lazy(); // warn: coro-discarded-task
  co_await async_op();
}
task<> value_bad() {
  lazy_value(); // warn: coro-discarded-task
  co_await async_op();
}
void in_plain_function_bad() {
  lazy(); // warn: coro-discarded-task
}
void if_branch_bad(bool b) {
  if (b)
    lazy(); // warn: coro-discarded-task
}
void else_branch_bad(bool b) {
  if (b)
    use(1);
  else
    lazy(); // warn: coro-discarded-task
}
void loop_body_bad(int n) {
  for (int i = 0; i < n; ++i)
    lazy(); // warn: coro-discarded-task
}
void while_body_bad(bool &b) {
  while (b)
    lazy(); // warn: coro-discarded-task
}
void range_body_bad(const std::vector<int> &v) {
  for (int i : v) {
    use(i);
    lazy(); // warn: coro-discarded-task
  }
}
void increment_bad(int n) {
  for (int i = 0; i < n; lazy()) // warn: coro-discarded-task
    ++i;
}
void case_bad(int n) {
  switch (n) {
  case 1:
    lazy(); // warn: coro-discarded-task
    break;
  default:
    break;
  }
}
void comma_bad() {
  int i = (lazy(), 1); // warn: coro-discarded-task
  use(i);
}
void in_try_bad() {
  try {
    lazy(); // warn: coro-discarded-task
  } catch (...) {
    lazy(); // warn: coro-discarded-task
  }
}
void cancelled_bad() {
  owned(); // warn: coro-discarded-task
}
struct server {
  task<> run();
  task<> stop() {
    run(); // warn: coro-discarded-task
    co_await async_op();
  }
  void method_bad() {
    this->run(); // warn: coro-discarded-task
  }
};
void through_object_bad(server &s) {
  s.run(); // warn: coro-discarded-task
}
void lambda_bad() {
  [] () -> task<> { co_await async_op(); }(); // warn: coro-discarded-task
}
auto nested_lambda_bad = [] {
  lazy(); // warn: coro-discarded-task
};
template <typename T> void instantiated_bad(T value) {
  use(value);
  lazy(); // warn: coro-discarded-task
}
template void instantiated_bad<int>(int);
template void instantiated_bad<unsigned>(unsigned);
task<> hop_bad() {
  resume_elsewhere(); // warn: coro-discarded-task
  co_await async_op();
}
task<> return_moved_bad() {
  std::move(lazy()); // warn: coro-discarded-task
  co_return;
}

task<> awaited_ok() { co_await lazy(); }
task<> awaited_value_ok() { use(co_await lazy_value()); }
task<> returned_ok() { return lazy(); }
void meant_ok() { (void)lazy(); }
void meant_static_cast_ok() { static_cast<void>(lazy()); }
void eager_ok() { started(); }
void fire_and_forget_ok() { forgotten(); }
void generator_ok() { numbers(); }
task<> hop_awaited_ok() { co_await resume_elsewhere(); }
void handed_on(task<> t);
void handed_on_ok() { handed_on(lazy()); }
void collected_ok(std::vector<task<>> &v) { v.push_back(lazy()); }
void emplaced_ok(std::vector<task<>> &v) { v.emplace_back(lazy()); }
struct holder {
  task<> kept = lazy();
  holder() : kept(lazy()) {}
  void assign_ok() { kept = lazy(); }
};
template <typename T> void pattern_ok(T t) { t.run(); }
decltype(lazy()) *unevaluated_ok() { return nullptr; }
task<> conditional_ok(bool b) { co_await (b ? lazy() : lazy()); }
void pointer_ok() { delete new task<>(lazy()); }
void in_braces_ok() { std::vector<int>{}; }
void nolint_ok() {
  lazy(); // NOLINT(coro-discarded-task)
}
