// RUN: %check_corolint %s coro-never-suspends %t
// Coroutines that could be plain functions.

#include "tasks.h"
using namespace coro;

task<int> value_bad() { co_return 1; } // warn: coro-never-suspends
task<> statement_bad() { use(1); co_return; } // warn: coro-never-suspends
task<> branch_bad(bool b) { // warn: coro-never-suspends
  if (b)
    co_return;
  use(1);
}
eager<int> eager_bad() { co_return 1; } // warn: coro-never-suspends
static task<int> static_bad(int i) { co_return i + 1; } // warn: coro-never-suspends
namespace inner {
task<int> namespace_bad() { co_return 1; } // warn: coro-never-suspends
}
struct calculator {
  int base = 0;
  task<int> method_bad(int i) { co_return base + i; } // warn: coro-never-suspends
  task<int> const_bad() const { co_return base; } // warn: coro-never-suspends
  static task<int> static_method_bad() { co_return 1; } // warn: coro-never-suspends
  task<int> outside_bad();
};
task<int> calculator::outside_bad() { co_return base; } // warn: coro-never-suspends
task<int> loop_bad(int n) { // warn: coro-never-suspends
  int sum = 0;
  for (int i = 0; i < n; ++i)
    sum += i;
  co_return sum;
}
task<int> try_bad() { // warn: coro-never-suspends
  try {
    use(1);
  } catch (...) {
    co_return 1;
  }
  co_return 2;
}
task<int> lambda_inside_bad() { // warn: coro-never-suspends
  auto f = []() -> task<> { co_await async_op(); };
  (void)f;
  co_return 1;
}
task<int> called_bad() { co_return 1; } // warn: coro-never-suspends
task<int> declared_bad();
task<int> declared_bad() { co_return 1; } // warn: coro-never-suspends
task<int> ternary_bad(int n) { // warn: coro-never-suspends
  co_return n > 0 ? n : 0;
}
task<int> switch_bad(int n) { // warn: coro-never-suspends
  switch (n) {
  case 1:
    co_return 2;
  default:
    co_return 3;
  }
}
scoped<int> scoped_bad() { co_return 1; } // warn: coro-never-suspends

task<> awaits_ok() { co_await async_op(); }
task<> conditional_ok(bool b) {
  if (b)
    co_await async_op();
}
task<> cannot_suspend_ok() { co_await never(); }
generator<int> generator_ok() { int i = 1; co_yield i; }
async_generator<int> async_generator_ok() { co_yield 1; }
task<int> elsewhere();
task<int> plain_ok() { return elsewhere(); }
struct base {
  virtual task<int> read() = 0;
  virtual task<int> write() { co_return 1; }
};
struct derived : base {
  task<int> read() override { co_return 1; }
  task<int> write() final { co_return 2; }
};
template <typename T> task<T> template_ok(T t) { co_return t; }
template task<int> template_ok<int>(int);
template <typename T> struct of_template {
  task<int> method_ok() { co_return 1; }
};
template struct of_template<int>;
template <typename D> struct crtp {
  task<int> run() { return static_cast<D *>(this)->run_impl(); }
};
struct crtp_user : crtp<crtp_user> {
  task<int> run_impl() { co_return 1; }
};
task<int> address_ok() { co_return 1; }
task<int> (*pointer)() = &address_ok;
task<int> passed_ok() { co_return 1; }
void takes(task<int> (*)());
void passes() { takes(passed_ok); }
struct member_address {
  task<int> method_ok() { co_return 1; }
};
auto member_pointer() { return &member_address::method_ok; }
void lambda_ok() {
  auto f = []() -> task<int> { co_return 1; };
  (void)f;
}
struct one_policy {
  task<int> connect() { co_return 1; }
};
struct other_policy {
  task<int> connect() { co_await async_op(); co_return 1; }
};
struct callable {
  task<int> operator()() const { co_return 1; }
};
task<> range_ok() {
  for (int i = 0; i < 3; ++i)
    co_await async_op();
}
task<> yields_ok() { co_await resume_elsewhere(); }
task<> in_condition_ok() {
  if ((co_await value_bad()) == 1)
    co_return;
}

// Awaited in place by all who call them.
task<> awaits_all(calculator &c) {
  use(co_await value_bad());
  co_await statement_bad();
  co_await branch_bad(true);
  use(co_await eager_bad());
  use(co_await static_bad(1));
  use(co_await inner::namespace_bad());
  int m = co_await c.method_bad(1) + co_await c.const_bad();
  use(m + co_await calculator::static_method_bad());
  use(co_await c.outside_bad());
  if (co_await loop_bad(3) > co_await try_bad())
    use(co_await lambda_inside_bad());
  auto called = co_await called_bad();
  use(called + co_await declared_bad());
  co_await ternary_bad(1);
  co_await switch_bad(1);
  use(co_await scoped_bad());
  use(co_await std::move(c).const_bad());
}
task<> awaits_others(derived &d, crtp_user &u, one_policy &p, callable &f) {
  use(co_await d.read());
  use(co_await template_ok(1));
  use(co_await of_template<int>().method_ok());
  use(co_await u.run_impl());
  use(co_await address_ok());
  use(co_await passed_ok());
  use(co_await member_address().method_ok());
  use(co_await p.connect());
  use(co_await f());
  use(co_await []() -> task<int> { co_return 1; }());
}

// Others want a task.
task<int> never_called_ok() { co_return 1; }
task<int> combined_ok() { co_return 1; }
task<> both(task<int>, task<int>);
task<> combines() { co_await both(combined_ok(), combined_ok()); }
task<int> stored_ok() { co_return 1; }
task<> stores() {
  auto t = stored_ok();
  co_await t;
}
task<int> returned_ok() { co_return 1; }
task<int> returns() { return returned_ok(); }
task<int> value_other();
task<int> once_combined_ok() { co_return 1; }
task<> mixes() {
  use(co_await once_combined_ok());
  co_await both(once_combined_ok(), value_other());
}
task<int> in_template_ok(int i) { co_return i; }
template <typename F> task<> through(F f) { use(co_await f()); }
task<> passes_lambda() { co_await through([] { return in_template_ok(1); }); }
