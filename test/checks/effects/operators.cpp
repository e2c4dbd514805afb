// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// Overloaded operators, conversions, range-for, structured bindings: calls
// that do not look like calls.

#include "coro.h"
#include <compare>
#include <cstddef>
#include <tuple>
#include <utility>
using namespace coro;

COROLINT_BLOCKING int block();

struct number {
  number operator+(number) const { return block(), *this; }
  number operator-(number) const { return *this; }
  number &operator+=(int) { return block(), *this; }
  number &operator=(int) { return block(), *this; }
  number &operator++() { return block(), *this; }
  number operator++(int) { return *this; }
  number operator-() const { return block(), *this; }
  bool operator!() const { return block(); }
  bool operator==(const number &) const { return block(); }
  int operator[](int) const { return block(); }
  int operator()(int) const { return block(); }
  int operator()() const { return 0; }
  number *operator->() { return block(), this; }
  number &operator*() { return block(), *this; }
  number *operator&() { return block(), this; }
  void operator,(int) { block(); }
  int field = 0;
};
number operator/(number n, int) { return block(), n; }

struct ordered {
  auto operator<=>(const ordered &) const {
    block();
    return std::strong_ordering::equal;
  }
  bool operator==(const ordered &) const = default;
};

task<> operators_bad(number n, number m, ordered o) {
  n + m; // warn: coro-blocking-call
  n += 1; // warn: coro-blocking-call
  n = 1; // warn: coro-blocking-call
  ++n; // warn: coro-blocking-call
  -n; // warn: coro-blocking-call
  (void)!n; // warn: coro-blocking-call
  (void)(n == m); // warn: coro-blocking-call
  (void)(n != m); // warn: coro-blocking-call
  n[1]; // warn: coro-blocking-call
  n(1); // warn: coro-blocking-call
  n->field; // warn: coro-blocking-call
  *n; // warn: coro-blocking-call
  &n; // warn: coro-blocking-call
  n, 1; // warn: coro-blocking-call
  n / 1; // warn: coro-blocking-call
  (void)(o < o); // warn: coro-blocking-call
  (void)(o <=> o); // warn: coro-blocking-call
  n.operator+(m); // warn: coro-blocking-call
  co_return;
}

task<> operators_ok(number n, number m, ordered o) {
  n - m;
  n++;
  n();
  n = m;
  (void)(o == o);
  co_return;
}

struct convertible {
  operator int() const { return block(); }
  explicit operator bool() const { return block(); }
  operator double() const { return 0; }
};
void take_int(int);
void take_double(double);
task<> conversions_bad(convertible c) {
  int x = c; // warn: coro-blocking-call
  take_int(c); // warn: coro-blocking-call
  (void)static_cast<int>(c); // warn: coro-blocking-call
  if (c) { // warn: coro-blocking-call
  }
  while (c) // warn: coro-blocking-call
    break;
  (void)(c && true); // warn: coro-blocking-call
  (void)(c ? 1 : 0); // warn: coro-blocking-call
  co_return;
}
task<> conversions_ok(convertible c) {
  double x = c;
  take_double(c);
  co_return;
}

int operator""_blocking(unsigned long long) { return block(); }
int operator""_harmless(unsigned long long) { return 0; }
task<> literals() {
  1_blocking; // warn: coro-blocking-call
  1_harmless;
  co_return;
}

struct range {
  struct iterator {
    int operator*() { return 1; }
    iterator &operator++() { return *this; }
    bool operator!=(const iterator &) { return block(); }
  };
  iterator begin() { return {}; }
  iterator end() { return {}; }
};
struct harmless_range {
  int *begin() { return nullptr; }
  int *end() { return nullptr; }
};
struct range_with_blocking_begin : harmless_range {
  int *begin() { return block(), nullptr; }
};
task<> range_for() {
  for (int x : range()) // warn: coro-blocking-call
    (void)x;
  for (int x : range_with_blocking_begin()) // warn: coro-blocking-call
    (void)x;
  for (int x : harmless_range())
    (void)x;
  co_return;
}

struct bindable {};
namespace std {
template <> struct tuple_size<bindable> : integral_constant<size_t, 1> {};
template <> struct tuple_element<0, bindable> {
  using type = int;
};
} // namespace std
template <std::size_t> int get(bindable) { return block(); }
task<> structured_binding_bad() {
  auto [x] = bindable(); // warn: coro-blocking-call
  co_return;
}
struct plain {
  int x, y;
};
task<> structured_binding_ok() {
  auto [x, y] = plain();
  co_return;
}

struct pooled {
  static void *operator new(std::size_t size) {
    block();
    return ::operator new(size);
  }
  static void operator delete(void *p) {
    block();
    ::operator delete(p);
  }
};
task<> allocation_bad(pooled *p) {
  new pooled; // warn: coro-blocking-call
  delete p; // warn: coro-blocking-call
  co_return;
}
task<> allocation_ok() {
  delete new int;
  co_return;
}

// Awaiting calls functions too.
struct awaitable {
  never operator co_await() const { return block(), never(); }
};
struct blocking_ready {
  bool await_ready() { return block(); }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct blocking_suspend {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { block(); }
  void await_resume() {}
};
struct blocking_resume {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return block(); }
};
task<> awaits_bad() {
  co_await awaitable(); // warn: coro-blocking-call
  co_await blocking_ready(); // warn: coro-blocking-call
  co_await blocking_suspend(); // warn: coro-blocking-call
  (void)co_await blocking_resume(); // warn: coro-blocking-call
}

struct declared {
  COROLINT_BLOCKING declared operator+(int) const;
  COROLINT_BLOCKING operator int() const;
};
task<> declared_bad(declared d) {
  d + 1; // warn: coro-blocking-call
  int x = d; // warn: coro-blocking-call
  co_return;
}
