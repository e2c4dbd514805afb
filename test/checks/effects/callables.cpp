// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// Callables: called, handed to code whose body is visible, or only made.

#include "coro.h"
#include <functional>
#include <utility>
using namespace coro;

COROLINT_BLOCKING int block();
int harmless();

inline int blocking_function() { return block(); }
inline int harmless_function() { return harmless(); }

struct blocking_functor {
  int operator()() const { return block(); }
};
struct with_method {
  int run() { return block(); }
  int rest() { return 0; }
};
struct harmless_functor {
  int operator()() const { return 0; }
};

template <typename F> int apply(F f) { return f(); }
template <typename F> int apply_forwarded(F &&f) {
  return std::forward<F>(f)();
}
template <typename F> int apply_twice_removed(F f) { return apply(f); }
template <typename F> int drop(F) { return 0; }
template <typename F> int size_of_call(F f) { return sizeof(f()); }
template <typename... Fs> void apply_all(Fs... fs) { (fs(), ...); }
auto apply_generic = [](auto f) { return f(); };
template <typename F> struct caller {
  F f;
  explicit caller(F f) : f(std::move(f)) {}
  int run() { return f(); }
};
template <typename F> caller(F) -> caller<F>;
template <typename F> struct deferred {
  F f;
  ~deferred() { f(); }
};
template <typename F> deferred(F) -> deferred<F>;

task<> called_bad() {
  auto l = [] { block(); };
  l(); // warn: coro-blocking-call
  [] { block(); }(); // warn: coro-blocking-call
  auto &r = l;
  r(); // warn: coro-blocking-call
  const auto copy = l;
  copy(); // warn: coro-blocking-call
  [](int x = 0) { return block() + x; }(); // warn: coro-blocking-call
  [&](auto... xs) { return (block() + ... + xs); }(1, 2); // warn: coro-blocking-call
  blocking_functor()(); // warn: coro-blocking-call
  std::move(l)(); // warn: coro-blocking-call
  l.operator()(); // warn: coro-blocking-call
  co_return;
}

task<> only_made_ok() {
  auto l = [] { block(); };
  auto copy = l;
  (void)copy;
  void (*pointer)() = [] { block(); };
  (void)pointer;
  blocking_functor f;
  (void)f;
  std::function<void()> stored = [] { block(); };
  co_return;
}

task<> handed_over_bad() {
  apply([] { return block(); }); // warn: coro-blocking-call
  apply_forwarded([] { return block(); }); // warn: coro-blocking-call
  apply_twice_removed([] { return block(); }); // warn: coro-blocking-call
  apply(blocking_functor()); // warn: coro-blocking-call
  auto l = [] { return block(); };
  apply(l); // warn: coro-blocking-call
  apply(std::move(l)); // warn: coro-blocking-call
  apply([&] { return apply(l); }); // warn: coro-blocking-call
  apply_all([] {}, [] { block(); }); // warn: coro-blocking-call
  apply_generic([] { return block(); }); // warn: coro-blocking-call
  caller c([] { return block(); });
  c.run(); // warn: coro-blocking-call
  deferred d{[] { block(); }}; // warn: coro-blocking-call
  co_return;
}

task<> handed_over_ok() {
  apply([] { return 0; });
  apply(harmless_functor());
  drop([] { return block(); });
  size_of_call([] { return block(); });
  apply_all([] {}, [] {});
  caller c([] { return block(); });
  deferred d{[] {}};
  co_return;
}

template <typename R> R call_member(with_method &o, R (with_method::*f)()) {
  return (o.*f)();
}
template <auto F> int call_constant() { return F(); }

// The instance is the same for both, what it does is not.
task<> function_pointers() {
  apply(blocking_function); // warn: coro-blocking-call
  apply(&blocking_function); // warn: coro-blocking-call
  apply_forwarded(blocking_function); // warn: coro-blocking-call
  apply_twice_removed(&blocking_function); // warn: coro-blocking-call
  apply(harmless_function);
  apply(&harmless_function);
  drop(blocking_function);
  call_constant<blocking_function>(); // warn: coro-blocking-call
  call_constant<harmless_function>();
  co_return;
}

task<> member_pointers(with_method &o) {
  call_member(o, &with_method::run); // warn: coro-blocking-call
  call_member(o, &with_method::rest);
  co_return;
}

void unknown_callee(std::function<void()>);
task<> unknown_callee_ok() {
  unknown_callee([] { block(); });
  unknown_callee(blocking_function);
  co_return;
}

// Whoever calls a std::function cannot see what is in it.
task<> stored_callable_ok(std::function<void()> f) {
  f();
  std::function<void()> g = [] { block(); };
  std::function<void()> h = [] {};
  h();
  co_return;
}

// A callable that is only stored runs later, elsewhere.
struct button {
  std::function<void()> on_click;
  void set(std::function<void()> f) { on_click = std::move(f); }
  template <typename F> void set_template(F f) { on_click = std::move(f); }
};
task<> setter_ok(button &b) {
  b.set([] { block(); });
  b.set_template([] { block(); });
  co_return;
}

void through_function() {
  apply([] { return block(); });
}
void harmless_through_function() {
  drop([] { return block(); });
}
task<> through_function_calls() {
  through_function(); // warn: coro-blocking-call
  harmless_through_function();
  co_return;
}

// A coroutine lambda that is called is only created.
task<> coroutine_lambda_ok() {
  auto l = []() -> task<> {
    co_await async_op();
  };
  apply([&] {
    (void)l();
    return 0;
  });
  co_return;
}

auto make_blocking_lambda() {
  return [] { return block(); };
}
task<> returned_lambda() {
  auto l = make_blocking_lambda();
  l(); // warn: coro-blocking-call
  make_blocking_lambda()(); // warn: coro-blocking-call
  make_blocking_lambda();
  co_return;
}
