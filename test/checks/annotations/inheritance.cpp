// RUN: %check_corolint %s coro-* %t -std=c++20
// An override inherits its base's annotations; so does an explicit
// specialisation from its template.

#include "coro.h"
#include <functional>
using namespace coro;

COROLINT_BLOCKING int block();
COROLINT_YIELDS int yield();

struct base {
  COROLINT_BLOCKING virtual int blocks();
  COROLINT_YIELDS virtual int yields();
  COROLINT_SYNC_WAIT virtual int waits();
  COROLINT_NONBLOCKING virtual int trusted();
  COROLINT_NO_YIELD virtual task<> no_yield();
  COROLINT_EVENT_LOOP virtual void event_loop();
  COROLINT_ALLOW_BLOCKING virtual task<> allowed();
  COROLINT_NEVER_SUSPENDS virtual async_awaiter<> never_suspends();
  virtual void post(std::function<void()> f COROLINT_EVENT_LOOP);
  virtual int plain();
};

struct derived : base {
  int blocks() override { return 1; }
  int yields() override { return 1; }
  int waits() override { return 1; }
  int trusted() override { return block(); }
  task<> no_yield() override {
    co_await async_op(); // warn: coro-no-yield-region
  }
  void event_loop() override {
    block(); // warn: coro-blocking-call
  }
  task<> allowed() override {
    block();
    co_return;
  }
  async_awaiter<> never_suspends() override;
  void post(std::function<void()> f) override;
  int plain() override { return 1; }
};

struct further : derived {
  int blocks() override { return 1; }
  void event_loop() override;
};
void further::event_loop() {
  block(); // warn: coro-blocking-call
}

task<> calls(derived &d, further &f) {
  d.blocks(); // warn: coro-blocking-call
  f.blocks(); // warn: coro-blocking-call
  d.waits(); // warn: coro-sync-over-async
  d.trusted();
  d.plain();
  COROLINT_NO_YIELD_REGION {
    d.yields(); // warn: coro-no-yield-region
    co_await d.never_suspends();
  }
  d.post([] {
    block(); // warn: coro-blocking-call
  });
}

// What hides is no override.
struct hiding : base {
  int blocks(int) { return 1; }
};
task<> hiding_ok(hiding &h) {
  h.blocks(1);
  co_return;
}

// An override's own annotation is more precise.
struct precise : base {
  COROLINT_NONBLOCKING int blocks() override;
};
task<> precise_calls(base &b, precise &p) {
  b.blocks(); // warn: coro-blocking-call
  p.blocks();
  co_return;
}

struct interface {
  COROLINT_EVENT_LOOP virtual void on_event() = 0;
};
struct mixin {
  virtual void on_event() {}
};
struct both : mixin, interface {
  void on_event() override {
    block(); // warn: coro-blocking-call
  }
};
struct only_mixin : mixin {
  void on_event() override { block(); }
};

struct with_destructor {
  COROLINT_BLOCKING virtual ~with_destructor();
};
struct derived_destructor : with_destructor {
  ~derived_destructor() override {}
};
task<> destructor_bad(derived_destructor *d) {
  delete d; // warn: coro-blocking-call
  co_return;
}

template <typename T> COROLINT_BLOCKING int function(T) { return 1; }
template <> int function(int) { return 1; }
template <typename T> COROLINT_NO_YIELD task<> context(T) { co_return; }
template <> task<> context(int) {
  co_await async_op(); // warn: coro-no-yield-region
}
template <typename T> int unannotated(T) { return 1; }
template <> COROLINT_BLOCKING int unannotated(int) { return 1; }
task<> specialisations() {
  function(1); // warn: coro-blocking-call
  function('c'); // warn: coro-blocking-call
  unannotated(1); // warn: coro-blocking-call
  unannotated('c');
  co_return;
}

template <typename T> struct COROLINT_NO_YIELD_SCOPE scope {
  ~scope();
};
template <> struct scope<int> {
  ~scope();
};
task<> class_specialisation_bad() {
  {
    scope<char> s;
    co_await async_op(); // warn: coro-no-yield-region
  }
  scope<int> s;
  co_await async_op(); // warn: coro-no-yield-region
}

template <typename T> struct box {
  COROLINT_BLOCKING int method() { return 1; }
};
template <> int box<int>::method() { return 1; }
task<> member_specialisation_bad(box<int> &b) {
  b.method(); // warn: coro-blocking-call
  co_return;
}

template <typename T> struct virtual_template {
  COROLINT_BLOCKING virtual int run();
};
struct of_virtual_template : virtual_template<int> {
  int run() override { return 1; }
};
task<> override_of_template_bad(of_virtual_template &o) {
  o.run(); // warn: coro-blocking-call
  co_return;
}
