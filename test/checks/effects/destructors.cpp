// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Destructors of locals, temporaries and members.

#include "coro.h"
#include <memory>
#include <optional>
using namespace coro;

COROLINT_BLOCKING void block();

struct blocking {
  ~blocking() { block(); }
};
struct with_member {
  blocking m;
};
struct with_base : blocking {};
struct with_array {
  blocking m[2];
};
struct declared {
  COROLINT_BLOCKING ~declared();
};
struct trusted {
  COROLINT_NONBLOCKING ~trusted() { block(); }
};
struct harmless {
  ~harmless() {}
};
struct with_reference {
  blocking &m;
};
struct with_pointer {
  blocking *m;
};
struct with_static {
  static blocking m;
};
struct anonymous_union {
  union {
    blocking m;
  };
  anonymous_union() {}
  ~anonymous_union() {}
};

task<> locals_bad() {
  blocking a; // warn: coro-blocking-call
  with_member b; // warn: coro-blocking-call
  with_base c; // warn: coro-blocking-call
  with_array d; // warn: coro-blocking-call
  declared e; // warn: coro-blocking-call
  blocking f[2]; // warn: coro-blocking-call
  const blocking &g = blocking(); // warn: coro-blocking-call
  auto &&h = with_member(); // warn: coro-blocking-call
  co_return;
}

task<> locals_ok(blocking &r) {
  trusted a;
  harmless b;
  with_reference c{r};
  with_pointer d{&r};
  with_static e;
  blocking &f = r;
  blocking *g = new blocking();
  anonymous_union h;
  co_return;
}

// The program's end destroys it, not the coroutine.
task<> static_ok() {
  static blocking once;
  co_return;
}

void take(const blocking &);
blocking make();
task<> temporaries_bad() {
  blocking(); // warn: coro-blocking-call
  take(blocking()); // warn: coro-blocking-call
  make(); // warn: coro-blocking-call
  co_return;
}

task<> delete_bad(blocking *p, with_member *q) {
  delete p; // warn: coro-blocking-call
  delete q; // warn: coro-blocking-call
  delete[] p; // warn: coro-blocking-call
  p->~blocking(); // warn: coro-blocking-call
  co_return;
}

struct polymorphic {
  virtual ~polymorphic() {}
};
struct blocking_derived : polymorphic {
  ~blocking_derived() override { block(); }
};
task<> delete_base_ok(polymorphic *p) {
  delete p;
  co_return;
}
task<> delete_derived_bad(blocking_derived *p) {
  delete p; // warn: coro-blocking-call
  co_return;
}

// Once per variable, however many paths destroy it.
task<> several_exits_bad(int n) {
  blocking b; // warn: coro-blocking-call
  if (n == 1)
    co_return;
  if (n == 2)
    throw n;
  co_await async_op();
}

task<> scopes_bad(int n) {
  {
    blocking inner; // warn: coro-blocking-call
  }
  for (blocking in_for; n--;) { // warn: coro-blocking-call
    blocking in_loop; // warn: coro-blocking-call
    if (n == 3)
      break;
    if (n == 4)
      continue;
  }
  if (blocking in_if; n) { // warn: coro-blocking-call
  }
  switch (blocking in_switch; n) { // warn: coro-blocking-call
  default:
    break;
  }
  try {
    blocking in_try; // warn: coro-blocking-call
  } catch (...) {
  }
  co_return;
}

// Moved or guaranteed copy elision: one object, one destructor.
task<> elided_bad() {
  blocking b = make(); // warn: coro-blocking-call
  co_return;
}

void through_local() { blocking b; }
void through_temporary() { make(); }
void through_delete(blocking *b) { delete b; }
task<> through_function_bad(blocking *b) {
  through_local(); // warn: coro-blocking-call
  through_temporary(); // warn: coro-blocking-call
  through_delete(b); // warn: coro-blocking-call
  co_return;
}

task<> lambda_capture_bad() {
  auto l = [b = blocking()] {}; // warn: coro-blocking-call
  co_return;
}

// A declared effect ends inference here too.
COROLINT_NONBLOCKING void trusted_function() { blocking b; }
task<> trusted_function_ok() {
  trusted_function();
  co_return;
}
