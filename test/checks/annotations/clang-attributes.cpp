// Clang has these attributes since 20.
// REQUIRES: llvm-22
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Clang's own `blocking` and `nonblocking` mean what ours do.

#include "coro.h"
#include <unistd.h>
using namespace coro;

int blocking() [[clang::blocking]];
int nonblocking() [[clang::nonblocking]] { return ::sleep(1); }
int nonblocking_true() [[clang::nonblocking(true)]] { return ::sleep(1); }
int nonblocking_false() [[clang::nonblocking(false)]] { return ::sleep(1); }
int allocating() [[clang::allocating]];
int gnu_spelling() __attribute__((blocking));

task<> functions() {
  blocking(); // warn: coro-blocking-call
  nonblocking();
  nonblocking_true();
  nonblocking_false(); // warn: coro-blocking-call
  allocating();
  gnu_spelling(); // warn: coro-blocking-call
  co_return;
}

struct object {
  int blocking() [[clang::blocking]];
  int nonblocking() const noexcept [[clang::nonblocking]] { return ::sleep(1); }
  object() [[clang::blocking]];
  virtual int inherited() [[clang::blocking]];
};
struct derived : object {
  int inherited() override { return 1; }
};
task<> methods(derived &d) {
  object o; // warn: coro-blocking-call
  o.blocking(); // warn: coro-blocking-call
  o.nonblocking();
  d.inherited(); // warn: coro-blocking-call
  co_return;
}

template <bool Nonblocking> int conditional() [[clang::nonblocking(Nonblocking)]] {
  return ::sleep(1);
}
task<> conditional_attribute() {
  conditional<true>();
  conditional<false>(); // warn: coro-blocking-call
  co_return;
}

task<> lambdas() {
  auto quick = []() [[clang::nonblocking]] { ::sleep(1); };
  quick();
  auto slow = []() [[clang::blocking]] {};
  slow(); // warn: coro-blocking-call
  co_return;
}

// The attribute belongs to the type: a pointer may carry it.
task<> pointers(int (*f)() [[clang::blocking]], int (*g)() [[clang::nonblocking]]) {
  f(); // warn: coro-blocking-call
  g();
  co_return;
}
