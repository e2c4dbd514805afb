// RUN: %check_corolint %s coro-dangling-reference %t
// Arguments of lazy tasks: whatever the body uses, it uses later.

#include "tasks.h"
using namespace coro;

task<> by_reference(const buffer &b) { use(b); co_return; }
task<> by_lvalue(buffer &b) { co_await async_op(); b.append(1); }
task<> by_value(buffer b) { co_await async_op(); use(b); }
task<> by_pointer(buffer *b) { co_await async_op(); b->append(1); }
task<> by_view(std::string_view v) { co_await async_op(); use(v); }
task<> unused(const buffer &) { co_await async_op(); }
task<> unknown(const buffer &b);
task<> of_function(const buffer &b) { return by_reference(b); }
void spawn(task<> t);

task<> returned_temporary_bad() {
  return by_reference(buffer()); // warn: coro-dangling-reference
}
task<> returned_local_bad() {
  buffer b;
  return by_reference(b); // warn: coro-dangling-reference
}
task<> returned_lvalue_bad() {
  buffer b;
  return by_lvalue(b); // warn: coro-dangling-reference
}
task<> returned_parameter_bad(buffer b) {
  return by_reference(b); // warn: coro-dangling-reference
}
task<> returned_pointer_bad() {
  buffer b;
  return by_pointer(&b); // warn: coro-dangling-reference
}
task<> returned_view_bad() {
  std::string s;
  return by_view(s); // warn: coro-dangling-reference
}
task<> returned_view_of_temporary_bad(int i) {
  return by_view(std::to_string(i)); // warn: coro-dangling-reference
}
task<> returned_view_of_parameter_bad(std::string s) {
  return by_view(s); // warn: coro-dangling-reference
}
task<> stored_temporary_bad() {
  auto t = by_reference(buffer()); // warn: coro-dangling-reference
  co_await t;
}
task<> stored_conversion_bad() {
  auto t = by_view(std::string("x")); // warn: coro-dangling-reference
  co_await t;
}
task<> stored_then_returned_bad() {
  buffer b;
  auto t = by_reference(b); // warn: coro-dangling-reference
  return t;
}
task<> stored_then_moved_bad() {
  buffer b;
  auto t = by_reference(b); // warn: coro-dangling-reference
  return std::move(t);
}
task<> through_function_bad() {
  buffer b;
  return of_function(b); // warn: coro-dangling-reference
}
struct pair { buffer first, second; };
task<> member_of_local_bad() {
  pair p;
  return by_reference(p.first); // warn: coro-dangling-reference
}
task<> element_of_local_bad() {
  buffer a[2];
  return by_reference(a[1]); // warn: coro-dangling-reference
}
task<> through_local_reference_bad() {
  buffer b;
  buffer &r = b;
  return by_reference(r); // warn: coro-dangling-reference
}
task<> extended_temporary_bad() {
  const buffer &r = buffer();
  return by_reference(r); // warn: coro-dangling-reference
}
task<> moved_reference_bad() {
  buffer b;
  return by_reference(std::move(b)); // warn: coro-dangling-reference
}
task<> all(std::vector<task<>> &tasks);
task<> collected_bad(int n) {
  std::vector<task<>> tasks;
  for (int i = 0; i < n; ++i) {
    buffer b(i);
    tasks.push_back(by_reference(b)); // warn: coro-dangling-reference
  }
  co_await all(tasks);
}
task<> collected_temporary_bad(int n) {
  std::vector<task<>> tasks;
  for (int i = 0; i < n; ++i)
    tasks.push_back(by_reference(buffer(i))); // warn: coro-dangling-reference
  co_await all(tasks);
}
struct object {
  buffer data;
  task<> run() { co_await async_op(); use(data); }
  task<> constant() const { use(data); co_return; }
  task<> nothing() { co_await async_op(); }
  task<> start() { return run(); }
};
task<> object_bad() {
  object o;
  return o.run(); // warn: coro-dangling-reference
}
task<> temporary_object_bad() {
  return object().constant(); // warn: coro-dangling-reference
}
task<> stored_object_bad() {
  auto t = object().run(); // warn: coro-dangling-reference
  co_await t;
}
task<> object_through_method_bad() {
  object o;
  return o.start(); // warn: coro-dangling-reference
}
template <typename F> task<> call_later(F f) { co_await async_op(); f(); }
task<> captured_by_reference_bad() {
  buffer b;
  return call_later([&] { use(b); }); // warn: coro-dangling-reference
}
template <typename T> task<> generic(const T &t) { co_await async_op(); use(t); }
task<> generic_bad() {
  return generic(buffer()); // warn: coro-dangling-reference
}
task<> conditional_use(const buffer &b, bool c) {
  co_await async_op();
  if (c)
    use(b);
}
task<> conditional_use_bad() {
  return conditional_use(buffer(), true); // warn: coro-dangling-reference
}

task<> awaited_ok() { co_await by_reference(buffer()); }
task<> awaited_local_ok() {
  buffer b;
  co_await by_reference(b);
}
task<> awaited_later_ok() {
  buffer b;
  auto t = by_reference(b);
  co_await async_op();
  co_await t;
}
task<> by_value_ok() { return by_value(buffer()); }
task<> unused_ok() { return unused(buffer()); }
task<> unknown_ok() { return unknown(buffer()); }
task<> parameter_ok(const buffer &b) { return by_reference(b); }
task<> pointer_ok(buffer *b) { return by_pointer(b); }
task<> view_ok(std::string_view v) { return by_view(v); }
task<> literal_ok() { return by_view("text"); }
buffer global;
task<> global_ok() { return by_reference(global); }
task<> static_ok() {
  static buffer b;
  return by_reference(b);
}
struct owner {
  buffer data;
  std::vector<task<>> tasks;
  task<> member_ok() { return by_reference(data); }
  void member_container_ok() { tasks.push_back(by_reference(data)); }
};
task<> handed_to_unknown_ok() {
  buffer b;
  spawn(by_reference(b));
  co_await async_op();
}
void discarded_ok() { (void)by_reference(buffer()); }
task<> object_parameter_ok(object &o) { return o.run(); }
task<> object_nothing_ok() { return object().nothing(); }
task<> collected_in_scope_ok() {
  std::vector<task<>> tasks;
  buffer b;
  tasks.push_back(by_reference(b));
  co_await all(tasks);
}
task<> collected_of_range_ok(std::vector<buffer> &v) {
  std::vector<task<>> tasks;
  for (auto &b : v)
    tasks.push_back(by_reference(b));
  co_await all(tasks);
}
task<> collected_and_awaited_ok(int n) {
  std::vector<task<>> tasks;
  for (int i = 0; i < n; ++i) {
    buffer b(i);
    tasks.push_back(by_reference(b));
    co_await all(tasks);
  }
}
task<> sibling_ok(bool c) {
  buffer b;
  if (c)
    co_await by_reference(b);
  else
    co_await by_lvalue(b);
}
task<> kept(COROLINT_KEEPS_ALIVE const buffer &b) { co_await async_op(); use(b); }
template <typename T> task<> evaluated(const T &t) {
  co_await async_op();
  if (t.size())
    co_return;
}
task<> evaluated_bad() {
  return evaluated(buffer()); // warn: coro-dangling-reference
}

template <typename T> task<> not_evaluated(const T &t) {
  co_await async_op();
  if constexpr (noexcept(t.size()))
    co_return;
  use(sizeof(t.size()));
}
task<> not_evaluated_ok() { return not_evaluated(buffer()); }
task<> kept_ok() { return kept(buffer()); }
COROLINT_KEEPS_ALIVE task<> kept_all(const buffer &b) { co_await async_op(); use(b); }
task<> kept_all_ok() { return kept_all(buffer()); }
generator<int> numbers(const buffer &b) { int i = b.size(); co_yield i; }
generator<int> generator_bad() {
  buffer b;
  return numbers(b); // warn: coro-dangling-reference
}
