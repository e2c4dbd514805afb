// RUN: %check_corolint %s coro-* %t -std=c++20-or-later
// Where an annotation may stand, its meaning is the same.

#include "coro.h"
#include <mutex>
using namespace coro;

COROLINT_BLOCKING int before();
int after() COROLINT_BLOCKING;
COROLINT_BLOCKING_FOR("disk") int before_with_reason();
int after_with_reason() COROLINT_BLOCKING_FOR("disk");
static COROLINT_BLOCKING int between();
COROLINT_BLOCKING inline int before_definition() { return 1; }
auto COROLINT_BLOCKING trailing_type() -> int;
[[nodiscard]] COROLINT_BLOCKING int after_attribute();
extern "C" COROLINT_BLOCKING int in_c();
extern "C" {
COROLINT_BLOCKING int in_c_block();
}
int by_standard_attribute [[clang::annotate("corolint::blocking")]] ();
[[clang::annotate("corolint::blocking")]] int by_leading_attribute();
__attribute__((annotate("corolint::blocking"))) int by_gnu_attribute();
[[clang::annotate("corolint::blocking", "disk")]] int by_attribute_with_reason();
COROLINT_BLOCKING COROLINT_YIELDS int several();

static int between() { return 1; }

task<> functions_bad() {
  before(); // warn: coro-blocking-call
  after(); // warn: coro-blocking-call
  before_with_reason(); // warn: coro-blocking-call
  after_with_reason(); // warn: coro-blocking-call
  between(); // warn: coro-blocking-call
  before_definition(); // warn: coro-blocking-call
  trailing_type(); // warn: coro-blocking-call
  (void)after_attribute(); // warn: coro-blocking-call
  in_c(); // warn: coro-blocking-call
  in_c_block(); // warn: coro-blocking-call
  by_standard_attribute(); // warn: coro-blocking-call
  by_leading_attribute(); // warn: coro-blocking-call
  by_gnu_attribute(); // warn: coro-blocking-call
  by_attribute_with_reason(); // warn: coro-blocking-call
  several(); // warn: coro-blocking-call
  co_return;
}

COROLINT_NO_YIELD void several_in_region() {
  several(); // warn: coro-blocking-call, coro-no-yield-region
}

struct object {
  COROLINT_BLOCKING int before();
  int after() COROLINT_BLOCKING;
  int after_const() const COROLINT_BLOCKING;
  int after_noexcept() noexcept COROLINT_BLOCKING;
  COROLINT_BLOCKING static int static_method();
  COROLINT_BLOCKING virtual int virtual_method();
  COROLINT_BLOCKING int operator()(int);
  COROLINT_BLOCKING explicit operator bool() const;
  COROLINT_BLOCKING friend int friend_function(object &);
  template <typename T> COROLINT_BLOCKING int method_template(T);
};

task<> methods_bad(object &o, const object &c) {
  o.before(); // warn: coro-blocking-call
  o.after(); // warn: coro-blocking-call
  c.after_const(); // warn: coro-blocking-call
  o.after_noexcept(); // warn: coro-blocking-call
  object::static_method(); // warn: coro-blocking-call
  o.virtual_method(); // warn: coro-blocking-call
  o(1); // warn: coro-blocking-call
  if (o) { // warn: coro-blocking-call
  }
  friend_function(o); // warn: coro-blocking-call
  o.method_template(1); // warn: coro-blocking-call
  co_return;
}

template <typename T> COROLINT_BLOCKING int function_template(T);
template <typename T> struct class_template {
  COROLINT_BLOCKING int method();
  COROLINT_BLOCKING static int static_method();
};
task<> templates_bad(class_template<int> &c) {
  function_template(1); // warn: coro-blocking-call
  function_template<char>(1); // warn: coro-blocking-call
  c.method(); // warn: coro-blocking-call
  class_template<char>::static_method(); // warn: coro-blocking-call
  co_return;
}

auto lambda = []() COROLINT_EVENT_LOOP {
  before(); // warn: coro-blocking-call
};
auto mutable_lambda = []() COROLINT_EVENT_LOOP mutable {
  before(); // warn: coro-blocking-call
};
auto typed_lambda = [](int) COROLINT_EVENT_LOOP -> int {
  return before(); // warn: coro-blocking-call
};

COROLINT_YIELDS void yields();
COROLINT_SYNC_WAIT void sync_waits();
COROLINT_NO_YIELD COROLINT_EVENT_LOOP void two_contexts_bad() {
  yields(); // warn: coro-no-yield-region
  sync_waits(); // warn: coro-sync-over-async
}

class COROLINT_NO_YIELD_SCOPE scope_class {
public:
  ~scope_class();
  COROLINT_NO_YIELD_END void end_before();
  void end_after() COROLINT_NO_YIELD_END;
};
task<> classes() {
  scope_class s;
  co_await async_op(); // warn: coro-no-yield-region
  s.end_before();
  co_await async_op();
  scope_class t;
  t.end_after();
  co_await async_op();
}

class COROLINT_NO_YIELD_SCOPE declared_before_definition;
class declared_before_definition {
public:
  ~declared_before_definition();
};
task<> forward_declared_class_bad() {
  declared_before_definition d;
  co_await async_op(); // warn: coro-no-yield-region
}

// No other tool's annotation says anything.
[[clang::annotate("blocking")]] int others_annotation();
[[clang::annotate("other::blocking")]] int others_namespace();
task<> others_ok() {
  others_annotation();
  others_namespace();
  co_return;
}
