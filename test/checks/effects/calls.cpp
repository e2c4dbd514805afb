// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// Effects are inferred through calls; what is declared needs no inference.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();
int unknown();
inline int harmless() { return 1; }

int one() { return block(); }
int two() { return one(); }
int three() { return two(); }

task<> chain_bad() {
  one(); // warn: coro-blocking-call
  two(); // warn: coro-blocking-call
  three(); // warn: coro-blocking-call
  co_return;
}

task<> unknown_is_innocent_ok() {
  unknown();
  co_return;
}

task<> harmless_ok() {
  harmless();
  co_return;
}

int harmless_chain() { return harmless() + unknown(); }
task<> harmless_chain_ok() {
  harmless_chain();
  co_return;
}

// Something it *may* execute.
int sometimes(bool c) {
  if (c)
    return block();
  return 0;
}
task<> sometimes_bad() {
  sometimes(false); // warn: coro-blocking-call
  co_return;
}

COROLINT_NONBLOCKING int trusted() { return block(); }
int caller_of_trusted() { return trusted(); }
task<> trusted_ok() {
  trusted();
  caller_of_trusted();
  co_return;
}

COROLINT_BLOCKING int declared_despite_its_body() { return 1; }
task<> declared_despite_its_body_bad() {
  declared_despite_its_body(); // warn: coro-blocking-call
  co_return;
}

// Defined only after its use.
int defined_later();
task<> defined_later_bad() {
  defined_later(); // warn: coro-blocking-call
  co_return;
}
int defined_later() { return block(); }

static int internal() { return block(); }
task<> internal_bad() {
  internal(); // warn: coro-blocking-call
  co_return;
}

namespace a::inline b {
int inner() { return block(); }
} // namespace a::inline b
using a::inner;
task<> using_declaration_bad() {
  inner(); // warn: coro-blocking-call
  a::inner(); // warn: coro-blocking-call
  co_return;
}

struct object {
  int method() { return block(); }
  int through_this() { return method(); }
  static int static_method() { return block(); }
  friend int friend_function(object &) { return block(); }
  int overloaded(int) { return block(); }
  int overloaded(char) { return 0; }
  int on_const() { return block(); }
  int on_const() const { return 0; }
  int declared_in_class();
  object &chained() { return *this; }
};
int object::declared_in_class() { return block(); }

task<> methods_bad(object &o, object *p) {
  o.method(); // warn: coro-blocking-call
  p->method(); // warn: coro-blocking-call
  o.through_this(); // warn: coro-blocking-call
  object::static_method(); // warn: coro-blocking-call
  o.static_method(); // warn: coro-blocking-call
  friend_function(o); // warn: coro-blocking-call
  o.overloaded(1); // warn: coro-blocking-call
  o.on_const(); // warn: coro-blocking-call
  o.declared_in_class(); // warn: coro-blocking-call
  o.chained().chained().method(); // warn: coro-blocking-call
  object().method(); // warn: coro-blocking-call
  co_return;
}

task<> methods_ok(object &o, const object &c) {
  o.overloaded('c');
  c.on_const();
  co_return;
}

int by_statement_expression() {
  return ({ block(); });
}
auto deduced() { return block(); }
decltype(auto) deduced_exactly() { return block(); }
auto trailing() -> int { return block(); }
[[nodiscard]] constexpr int maybe_constant(int n) { return n ? block() : 0; }
int with_static() {
  static int once = block();
  return once;
}
int in_throw() { throw block(); }
int in_try() {
  try {
    return unknown();
  } catch (...) {
    return block();
  }
}
int in_loop() {
  for (int i = 0; i < 3; ++i)
    block();
  return 0;
}
int in_switch(int n) {
  switch (n) {
  case 1:
    return block();
  default:
    return 0;
  }
}
int after_goto(int n) {
  if (n)
    goto out;
  return 0;
out:
  return block();
}

task<> bodies_bad(int n) {
  by_statement_expression(); // warn: coro-blocking-call
  deduced(); // warn: coro-blocking-call
  deduced_exactly(); // warn: coro-blocking-call
  trailing(); // warn: coro-blocking-call
  (void)maybe_constant(n); // warn: coro-blocking-call
  with_static(); // warn: coro-blocking-call
  in_throw(); // warn: coro-blocking-call
  in_try(); // warn: coro-blocking-call
  in_loop(); // warn: coro-blocking-call
  in_switch(n); // warn: coro-blocking-call
  after_goto(n); // warn: coro-blocking-call
  co_return;
}

// A pointer to a function says nothing about the function.
task<> through_pointer_ok(int (*f)()) {
  f();
  auto g = &one;
  (void)g;
  co_return;
}

task<> through_member_pointer_ok(object &o, int (object::*f)()) {
  (o.*f)();
  co_return;
}

// One finding for the outer call, one for the inner.
int identity(int n) { return n; }
task<> argument_bad() {
  identity(block()); // warn: coro-blocking-call
  co_return;
}
