// What is reported of references that end before a task, by corolint, by the two
// rules that clang-tidy has, and by Clang for a type with its attributes. README.md
// gives the reason of each difference.

// Clang 19 does not follow a view to its string, so the table is that of Clang 22.
// REQUIRES: llvm-22
// RUN: %check_corolint %s coro-dangling-reference,cppcoreguidelines-avoid-reference-coroutine-parameters,cppcoreguidelines-avoid-capturing-lambda-coroutines,clang-diagnostic-return-stack-addres*,clang-diagnostic-danglin* %t
// RUN: %python %S/table.py

#include "tasks.h"
#include <memory>

using coro::async_op;
using coro::use;

// Lazy, with the attributes that Clang asks for.
struct [[clang::coro_return_type, clang::coro_lifetimebound]] job {
  struct promise_type {
    job get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};
// Eager; it goes on when it is dropped.
struct [[clang::coro_return_type, clang::coro_lifetimebound]] started {
  struct promise_type {
    started get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};
job by_reference(const std::string &s) { // warn: cppcoreguidelines-avoid-reference-coroutine-parameters
  co_await async_op();
  use(s);
}
job by_view(std::string_view s) {
  co_await async_op();
  use(s);
}
job by_pointer(const std::string *s) {
  co_await async_op();
  use(*s);
}
job by_value(std::string s) {
  co_await async_op();
  use(s);
}
job not_used(const std::string &) { co_await async_op(); } // warn: cppcoreguidelines-avoid-reference-coroutine-parameters
started used_before(const std::string &s) { // warn: cppcoreguidelines-avoid-reference-coroutine-parameters
  use(s);
  co_await async_op();
}
started used_after(const std::string &s) { // warn: cppcoreguidelines-avoid-reference-coroutine-parameters
  co_await async_op();
  use(s);
}
struct server {
  std::string name;
  job run() {
    co_await async_op();
    use(name);
  }
};

[[clang::coro_wrapper]] job returned_local_bad() {
  std::string s = "x";
  return by_reference(s); // warn: clang-diagnostic-return-stack-address, coro-dangling-reference
}
[[clang::coro_wrapper]] job returned_temporary_bad() {
  return by_reference("x"); // warn: clang-diagnostic-return-stack-address, coro-dangling-reference
}
[[clang::coro_wrapper]] job view_bad() {
  std::string s = "x";
  return by_view(s); // warn: clang-diagnostic-return-stack-address, coro-dangling-reference
}
[[clang::coro_wrapper]] job pointer_bad() {
  std::string s = "x";
  return by_pointer(&s); // warn: clang-diagnostic-return-stack-address, coro-dangling-reference
}
job stored_bad() {
  auto t = by_reference(std::string("x")); // warn: clang-diagnostic-dangling, coro-dangling-reference
  co_await t;
}
void dropped_bad() { used_after("x"); } // warn: coro-dangling-reference
[[clang::coro_wrapper]] job object_bad() {
  server s;
  return s.run(); // warn: clang-diagnostic-return-stack-address, coro-dangling-reference
}
job called_lambda_bad(int n) {
  auto t = [n]() -> job { // warn: clang-diagnostic-dangling, cppcoreguidelines-avoid-capturing-lambda-coroutines
    co_await async_op();
    use(n); // warn: coro-dangling-reference
  }();
  co_await t;
}
[[clang::coro_wrapper]] job returned_lambda_bad(int n) {
  auto f = [n]() -> job { // warn: cppcoreguidelines-avoid-capturing-lambda-coroutines
    co_await async_op();
    use(n); // warn: coro-dangling-reference
  };
  return f(); // warn: clang-diagnostic-return-stack-address
}

job awaited_in_place_ok() {
  std::string s = "x";
  co_await by_reference(s);
  co_await by_reference("y");
}
job awaited_in_scope_ok() {
  std::string s = "x";
  auto t = by_reference(s);
  co_await t;
}
[[clang::coro_wrapper]] job copied_ok() {
  std::string s = "x";
  return by_value(s);
}
[[clang::coro_wrapper]] job not_used_ok() {
  std::string s = "x";
  return not_used(s); // warn: clang-diagnostic-return-stack-address
}
void used_before_ok() { used_before("x"); }
[[clang::coro_wrapper]] job passed_through_ok(const std::string &s) {
  return by_reference(s);
}
[[clang::coro_wrapper]] job static_ok() {
  static const std::string s = "x";
  return by_reference(s);
}
job awaited_lambda_ok(int n) {
  co_await [n]() -> job { // warn: cppcoreguidelines-avoid-capturing-lambda-coroutines
    co_await async_op();
    use(n);
  }();
}
job local_lambda_ok(int n) {
  auto f = [n]() -> job { // warn: cppcoreguidelines-avoid-capturing-lambda-coroutines
    co_await async_op();
    use(n);
  };
  co_await f();
}
job parameter_lambda_ok(int n) {
  auto t = [](int n) -> job {
    co_await async_op();
    use(n);
  }(n);
  co_await t;
}
