// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.AllowedFunctions: "app::deep;app::object::method;app::object::object;app::of_template"}}'
// An allowed function is allowed wherever it is called, and only it.

#include "coro.h"
using namespace coro;

namespace app {
COROLINT_BLOCKING void deep();
COROLINT_BLOCKING void other();
inline void through() { deep(); }
inline void through_both() {
  deep();
  other();
}
struct object {
  COROLINT_BLOCKING object();
  COROLINT_BLOCKING void method();
  COROLINT_BLOCKING void other_method();
};
template <typename T> COROLINT_BLOCKING void of_template(T);
} // namespace app
COROLINT_BLOCKING void deep();

task<> allowed_ok(app::object &o) {
  app::deep();
  app::through();
  o.method();
  app::object created;
  app::of_template(1);
  auto l = [] { app::deep(); };
  l();
  co_return;
}

task<> others_bad(app::object &o) {
  deep(); // warn: coro-blocking-call
  app::other(); // warn: coro-blocking-call
  app::through_both(); // warn: coro-blocking-call
  o.other_method(); // warn: coro-blocking-call
  co_return;
}
