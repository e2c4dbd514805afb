// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// A default argument runs at the call that leaves it out.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
inline int through() { return block(); }

void function(int x = block());
void inferred(int x = through());
void last_of_two(int, int x = block());

task<> function_bad() {
  function(); // warn: coro-blocking-call
  inferred(); // warn: coro-blocking-call
  last_of_two(1); // warn: coro-blocking-call
  co_return;
}
task<> function_ok() {
  function(1);
  inferred(1);
  last_of_two(1, 2);
  co_return;
}

// At the call, not at the declaration.
task<> declared_inside_ok() {
  void local(int x = block());
  co_return;
}

void caller() { function(); }
void caller_with_argument() { function(1); }
task<> through_caller() {
  caller(); // warn: coro-blocking-call
  caller_with_argument();
  co_return;
}

struct object {
  explicit object(int x = block());
  void method(int x = block());
  void operator()(int x = block());
};
task<> methods_bad() {
  object o; // warn: coro-blocking-call
  o.method(); // warn: coro-blocking-call
  o(); // warn: coro-blocking-call
  co_return;
}
task<> methods_ok(object o) {
  object p(1);
  o.method(1);
  o(1);
  co_return;
}

template <typename T> void function_template(T, T x = block());
template <typename T> void function_template(T, T) {}
task<> template_bad() {
  function_template(1); // warn: coro-blocking-call
  function_template(1, 2);
  co_return;
}

// The default arguments of a coroutine run in its caller.
task<> coroutine(int x = block()) { co_return; }
task<> coroutine_caller_bad() {
  co_await coroutine(); // warn: coro-blocking-call
  co_await coroutine(1);
}
void plain_caller_ok() { (void)coroutine(); }

struct member_initialiser {
  int x = block();
  int y = 0;
};
task<> member_initialiser_bad() {
  member_initialiser m; // warn: coro-blocking-call
  member_initialiser n{.y = 1}; // warn: coro-blocking-call
  co_return;
}
task<> member_initialiser_ok() {
  member_initialiser m{1};
  co_return;
}

struct member_with_lambda {
  int x = [] { return block(); }();
};
struct member_with_stored_lambda {
  int (*x)() = [] { return block(); };
};
task<> member_with_lambda_bad() {
  member_with_lambda m; // warn: coro-blocking-call
  co_return;
}
task<> member_with_stored_lambda_ok() {
  member_with_stored_lambda m;
  co_return;
}

// An overridden method's call takes the static type's defaults.
struct base {
  virtual void method(int x = block());
};
struct derived : base {
  void method(int x = 1) override;
};
task<> virtual_defaults(base &b, derived &d) {
  b.method(); // warn: coro-blocking-call
  d.method();
  co_return;
}
