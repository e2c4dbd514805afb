// RUN: %check_corolint %s coro-* %t -std=c++20
// On every redeclaration or on any one of them.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_BLOCKING int on_first();
int on_first();

int on_second();
COROLINT_BLOCKING int on_second();

int on_third();
int on_third();
COROLINT_BLOCKING int on_third();

COROLINT_BLOCKING int on_all();
COROLINT_BLOCKING int on_all();

int on_definition();
COROLINT_BLOCKING int on_definition() { return 1; }

COROLINT_BLOCKING int on_declaration();
int on_declaration() { return 1; }

int after_its_use();

task<> functions_bad() {
  on_first(); // warn: coro-blocking-call
  on_second(); // warn: coro-blocking-call
  on_third(); // warn: coro-blocking-call
  on_all(); // warn: coro-blocking-call
  on_definition(); // warn: coro-blocking-call
  on_declaration(); // warn: coro-blocking-call
  after_its_use(); // warn: coro-blocking-call
  co_return;
}

COROLINT_BLOCKING int after_its_use();

struct object {
  COROLINT_BLOCKING int in_class();
  COROLINT_NO_YIELD task<> context_in_class();
  int declared_plainly();
};
int object::in_class() { return 1; }
task<> object::context_in_class() {
  co_await async_op(); // warn: coro-no-yield-region
}
COROLINT_BLOCKING int object::declared_plainly() { return 1; }

task<> methods_bad(object &o) {
  o.in_class(); // warn: coro-blocking-call
  o.declared_plainly(); // warn: coro-blocking-call
  co_return;
}

COROLINT_EVENT_LOOP void context_on_declaration();
void context_on_declaration() {
  on_first(); // warn: coro-blocking-call
}

COROLINT_ALLOW_BLOCKING task<> leave_on_declaration();
task<> leave_on_declaration() {
  on_first();
  co_return;
}

// A parameter's annotation counts on any redeclaration too.
void post(std::function<void()> f COROLINT_EVENT_LOOP);
void post(std::function<void()> f);
void defer(std::function<void()> f);
void defer(std::function<void()> f COROLINT_EVENT_LOOP);
void parameters_bad() {
  post([] {
    on_first(); // warn: coro-blocking-call
  });
  defer([] {
    on_first(); // warn: coro-blocking-call
  });
}

struct COROLINT_NO_YIELD_SCOPE declared_first;
struct declared_first {
  ~declared_first();
};
struct annotated_at_definition;
struct COROLINT_NO_YIELD_SCOPE annotated_at_definition {
  ~annotated_at_definition();
};
task<> classes_bad() {
  {
    declared_first d;
    co_await async_op(); // warn: coro-no-yield-region
  }
  annotated_at_definition a;
  co_await async_op(); // warn: coro-no-yield-region
}

namespace one {
struct friendly {
  friend int friend_first();
};
COROLINT_BLOCKING int friend_first();
} // namespace one
task<> friend_bad() {
  one::friend_first(); // warn: coro-blocking-call
  co_return;
}

void local_declaration_bad() {
  auto l = []() -> task<> {
    extern COROLINT_BLOCKING int declared_locally();
    declared_locally(); // warn: coro-blocking-call
    co_return;
  };
  (void)l;
}
