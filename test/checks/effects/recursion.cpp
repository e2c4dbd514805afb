// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Inference through recursive functions, in whatever order they are asked.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

int itself(int n) { return n ? itself(n - 1) : block(); }
int harmless_itself(int n) { return n ? harmless_itself(n - 1) : 0; }

task<> direct(int n) {
  itself(n); // warn: coro-blocking-call
  harmless_itself(n);
  co_return;
}

bool is_even(int n);
bool is_odd(int n) {
  if (n == 0)
    return block();
  return is_even(n - 1);
}
bool is_even(int n) { return n == 0 || is_odd(n - 1); }

task<> mutual_bad(int n) {
  is_even(n); // warn: coro-blocking-call
  is_odd(n); // warn: coro-blocking-call
  co_return;
}

bool harmless_even(int n);
bool harmless_odd(int n) { return n != 0 && harmless_even(n - 1); }
bool harmless_even(int n) { return n == 0 || harmless_odd(n - 1); }

task<> mutual_ok(int n) {
  harmless_even(n);
  harmless_odd(n);
  co_return;
}

// The effect stands after the recursive call: whoever is met while `first` is
// still being judged must not be taken for harmless ever after.
int second(int n);
int first(int n) {
  if (n)
    second(n - 1);
  return block();
}
int second(int n) { return first(n); }

task<> effect_after_recursion_bad(int n) {
  first(n); // warn: coro-blocking-call
  second(n); // warn: coro-blocking-call
  co_return;
}

// The same with two cycles that share a function.
int left(int n);
int right(int n);
int middle(int n) {
  left(n);
  right(n);
  return block();
}
int left(int n) { return n ? middle(n - 1) : 0; }
int right(int n) { return n ? middle(n - 1) : left(n); }

task<> two_cycles_bad(int n) {
  left(n); // warn: coro-blocking-call
  right(n); // warn: coro-blocking-call
  middle(n); // warn: coro-blocking-call
  co_return;
}

// A cycle that hangs below another, innocent, cycle.
int lower(int n) { return n ? lower(n - 1) : block(); }
int upper_b(int n);
int upper_a(int n) { return n ? upper_b(n) : 0; }
int upper_b(int n) { return n ? upper_a(n) : lower(n); }

task<> cycle_below_cycle_bad(int n) {
  upper_a(n); // warn: coro-blocking-call
  upper_b(n); // warn: coro-blocking-call
  lower(n); // warn: coro-blocking-call
  co_return;
}

// A cycle that only calls another cycle's harmless member stays harmless.
int calls_harmless(int n) { return n ? calls_harmless(n - 1) : harmless_odd(n); }
task<> harmless_below_cycle_ok(int n) {
  calls_harmless(n);
  co_return;
}

COROLINT_NONBLOCKING int trusted_in_cycle(int n);
int around_trusted(int n) { return n ? trusted_in_cycle(n) : 0; }
int trusted_in_cycle(int n) { return n ? around_trusted(n) : block(); }
task<> trusted_in_cycle_ok(int n) {
  around_trusted(n);
  co_return;
}

template <int N> int down() {
  if constexpr (N == 0)
    return block();
  else
    return down<N - 1>();
}
task<> template_recursion_bad() {
  down<20>(); // warn: coro-blocking-call
  co_return;
}

struct node {
  node *next;
  ~node() { delete next; }
};
task<> recursive_destructor_ok(node *n) {
  delete n;
  co_return;
}

struct blocking_node {
  blocking_node *next;
  ~blocking_node() {
    delete next;
    block();
  }
};
task<> recursive_destructor_bad(blocking_node *n) {
  delete n; // warn: coro-blocking-call
  co_return;
}

// The coroutine calls itself: that creates it, and no more.
task<> recursive_coroutine_ok(int n) {
  if (n)
    co_await recursive_coroutine_ok(n - 1);
}
