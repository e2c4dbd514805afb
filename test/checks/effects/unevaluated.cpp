// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Operands that are never evaluated have no effects.

#include "coro.h"
#include <type_traits>
#include <typeinfo>
#include <utility>
using namespace coro;

COROLINT_BLOCKING int block();
constexpr COROLINT_BLOCKING int constant() { return 1; }

struct blocking {
  blocking() { block(); }
  blocking(const blocking &) { block(); }
  ~blocking() { block(); }
};
struct polymorphic {
  virtual ~polymorphic();
};
COROLINT_BLOCKING polymorphic &object();

task<> operands_ok() {
  (void)sizeof(block());
  (void)sizeof(blocking{});
  (void)alignof(decltype(block()));
  (void)noexcept(block());
  (void)typeid(block());
  (void)__builtin_constant_p(block());
  decltype(block()) a = 0;
  static_assert(std::is_same_v<decltype(block()), int>);
  static_assert(sizeof(block()) == 4);
  (void)requires { block(); };
  (void)std::is_constructible_v<blocking>;
  using type = decltype(blocking(blocking()));
  (void)_Generic(block(), int: 1, default: 2);
  co_return;
}

// The operand of `typeid` is evaluated if its class is polymorphic, the length
// of an array in `sizeof` never unless it is variable.
task<> evaluated_typeid_bad() {
  (void)typeid(object()); // warn: coro-blocking-call
  co_return;
}

template <typename T>
concept can_block = requires(T f) {
  { f() };
  requires sizeof(f()) > 0;
};
int constrained(can_block auto f) { return sizeof(f); }
auto conditionally() noexcept(noexcept(block())) { return 0; }
auto trailing() -> decltype(block()) { return 0; }
template <typename T, typename = decltype(block())> int substituted(T) {
  return 0;
}

task<> signatures_ok() {
  constrained([] { return block(); });
  constrained(block);
  conditionally();
  trailing();
  substituted(1);
  co_return;
}

template <bool Blocks> int choose() {
  if constexpr (Blocks)
    return block();
  else
    return 0;
}
task<> if_constexpr() {
  choose<true>(); // warn: coro-blocking-call
  choose<false>();
  if constexpr (false)
    block();
  if constexpr (sizeof(int) == 4)
    block(); // warn: coro-blocking-call
  co_return;
}

// Evaluated by the compiler, not by the coroutine.
template <int N> struct with_value {};
task<> constant_expressions_ok() {
  constexpr int a = constant();
  static_assert(constant() == 1);
  int b[constant()];
  with_value<constant()> c;
  switch (a) {
  case constant():
    break;
  }
  enum { d = constant() };
  if constexpr (constant()) {
  }
  co_return;
}

#define UNUSED(x) (void)sizeof(x)
task<> macro_ok() {
  UNUSED(block());
  co_return;
}
