// RUN: %check_corolint %s coro-blocking-call %t -std=c++20-or-later
// A virtual call does what the static type's method does; an override's body
// counts where nothing else can be meant.

#include "coro.h"
using namespace coro;

COROLINT_BLOCKING int block();

struct base {
  virtual ~base() = default;
  virtual int blocks() { return block(); }
  virtual int harmless() { return 0; }
  virtual int pure() = 0;
};

struct derived : base {
  int blocks() override { return 0; }
  int harmless() override { return block(); }
  int pure() override { return block(); }
};

struct last final : base {
  int blocks() override { return 0; }
  int harmless() override { return block(); }
  int pure() override { return block(); }
};

struct final_method : base {
  int harmless() final { return block(); }
  int pure() override { return 0; }
};

task<> through_base(base &b) {
  b.blocks(); // warn: coro-blocking-call
  b.harmless();
  b.pure();
  co_return;
}

task<> through_derived(derived &d) {
  d.blocks();
  d.harmless(); // warn: coro-blocking-call
  d.pure(); // warn: coro-blocking-call
  co_return;
}

task<> through_final(last &l, final_method &f) {
  l.blocks();
  l.harmless(); // warn: coro-blocking-call
  l.pure(); // warn: coro-blocking-call
  f.harmless(); // warn: coro-blocking-call
  f.pure();
  co_return;
}

task<> qualified(derived &d) {
  d.base::blocks(); // warn: coro-blocking-call
  d.base::harmless();
  co_return;
}

// A variable's own type is its dynamic type.
task<> of_known_type() {
  derived d;
  d.harmless(); // warn: coro-blocking-call
  d.blocks();
  co_return;
}

struct declared_base {
  COROLINT_BLOCKING virtual int blocks() = 0;
  COROLINT_NONBLOCKING virtual int trusted() = 0;
};
struct inherits : declared_base {
  int blocks() override { return 0; }
  int trusted() override { return block(); }
};
struct inherits_twice : inherits {
  int blocks() override { return 0; }
  int trusted() override { return block(); }
};
task<> inherited_declaration(declared_base &b, inherits &i, inherits_twice &t) {
  b.blocks(); // warn: coro-blocking-call
  i.blocks(); // warn: coro-blocking-call
  t.blocks(); // warn: coro-blocking-call
  b.trusted();
  i.trusted();
  t.trusted();
  co_return;
}

struct left {
  virtual int f() { return 0; }
};
struct right {
  COROLINT_BLOCKING virtual int f();
};
struct both : left, right {
  int f() override { return 0; }
};
task<> second_base(left &l, both &b) {
  l.f();
  b.f(); // warn: coro-blocking-call
  co_return;
}

struct covariant_base {
  virtual covariant_base *clone() { return nullptr; }
};
struct covariant : covariant_base {
  covariant *clone() override { return block(), nullptr; }
};
task<> covariant_return(covariant_base &b, covariant &c) {
  b.clone();
  c.clone(); // warn: coro-blocking-call
  co_return;
}

// In a constructor, the static type is all there is yet.
struct calls_in_constructor {
  calls_in_constructor() { f(); }
  virtual void f() { block(); }
};
task<> constructor_bad() {
  calls_in_constructor c; // warn: coro-blocking-call
  co_return;
}
