// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// A scope object's region runs from its construction to its destruction, or
// to its END call, on each path.

#include "coro.h"
using namespace coro;

struct COROLINT_NO_YIELD_SCOPE stay {
  stay();
  stay(stay &&) noexcept;
  stay &operator=(stay &&) noexcept;
  ~stay();
  void end() COROLINT_NO_YIELD_END;
  void touch();
};

void may_throw();

task<> alive_bad() {
  stay s;
  co_await async_op(); // warn: coro-no-yield-region
}

generator<int> alive_at_yield_bad() {
  stay s;
  co_yield 1; // warn: coro-no-yield-region
}

task<> before_construction_ok() {
  co_await async_op();
  stay s;
}

task<> after_destruction_ok() {
  { stay s; }
  co_await async_op();
}

task<> cannot_suspend_ok() {
  stay s;
  co_await never{};
}

task<> ended_ok() {
  stay s;
  s.end();
  co_await async_op();
}

task<> other_method_bad() {
  stay s;
  s.touch();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> ended_too_late_bad() {
  stay s;
  co_await async_op(); // warn: coro-no-yield-region
  s.end();
}

task<> ended_on_one_path_bad(bool c) {
  stay s;
  if (c)
    s.end();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> ended_on_both_paths_ok(bool c) {
  stay s;
  if (c)
    s.end();
  else
    s.end();
  co_await async_op();
}

task<> ended_or_left_ok(bool c) {
  stay s;
  if (c)
    co_return;
  s.end();
  co_await async_op();
}

task<> left_early_ok(int n) {
  {
    stay s;
    if (n == 1)
      co_return;
    if (n == 2)
      throw n;
  }
  co_await async_op();
}

task<> one_of_two_ended_bad() {
  stay a, b;
  a.end();
  co_await async_op(); // warn: coro-no-yield-region
}

task<> both_alive_bad() {
  stay a;
  stay b;
  co_await async_op(); // warn: coro-no-yield-region
}

task<> loop_body_ok(int n) {
  while (n--) {
    stay s;
    if (n == 3)
      continue;
    if (n == 2)
      break;
  }
  co_await async_op();
}

task<> loop_body_bad(int n) {
  for (int i = 0; i < n; ++i) {
    co_await async_op();
    stay s;
    co_await async_op(); // warn: coro-no-yield-region
  }
}

task<> do_while_condition_ok() {
  do {
    stay s;
  } while (co_await async_op<bool>());
}

task<> ended_at_end_of_loop_ok(int n) {
  for (int i = 0; i < n; ++i) {
    stay s;
    s.end();
    co_await async_op();
  }
}

task<> for_init_bad(int n) {
  for (stay s; n--;)
    co_await async_op(); // warn: coro-no-yield-region
  co_await async_op();
}

task<> range_for_init_bad() {
  int numbers[] = {1, 2};
  for (stay s; int x : numbers) {
    (void)x;
    co_await async_op(); // warn: coro-no-yield-region
  }
  co_await async_op();
}

task<> if_init_bad(bool c) {
  if (stay s; c)
    co_await async_op(); // warn: coro-no-yield-region
  else
    co_await async_op(); // warn: coro-no-yield-region
  co_await async_op();
}

task<> if_init_condition_bad() {
  if (stay s; co_await async_op<bool>()) { // warn: coro-no-yield-region
  }
}

task<> switch_init_bad(int n) {
  switch (stay s; n) {
  case 1:
    co_await async_op(); // warn: coro-no-yield-region
    break;
  }
  co_await async_op();
}

task<> switch_ended_in_one_case_bad(int n) {
  stay s;
  switch (n) {
  case 1:
    s.end();
    co_await async_op();
    break;
  case 2:
    co_await async_op(); // warn: coro-no-yield-region
    [[fallthrough]];
  default:
    s.end();
  }
  co_await async_op();
}

task<> goto_out_ok(int n) {
  {
    stay s;
    if (n)
      goto out;
  }
out:
  co_await async_op();
}

task<> goto_back_ok(int n) {
again:
  co_await async_op();
  stay s;
  if (n--)
    goto again;
}

task<> try_bad() {
  try {
    stay s;
    may_throw();
    co_await async_op(); // warn: coro-no-yield-region
  } catch (...) {
  }
  co_await async_op();
}

task<> around_try_bad() {
  stay s;
  try {
    may_throw();
    s.touch();
  } catch (...) {
  }
  co_await async_op(); // warn: coro-no-yield-region
}

task<> short_circuit_bad(bool c) {
  stay s;
  (void)(c && (s.end(), true));
  co_await async_op(); // warn: coro-no-yield-region
}

task<> conditional_operator_ok(bool c) {
  stay s;
  c ? s.end() : s.end();
  co_await async_op();
}

task<> comma_ok() {
  stay s;
  s.end(), co_await async_op();
}

task<> comma_bad() {
  stay s;
  co_await async_op(), s.end(); // warn: coro-no-yield-region
}

task<> ended_in_operand_ok() {
  stay s;
  co_await (s.end(), async_op());
}

struct COROLINT_NO_YIELD_SCOPE stay_from_int {
  explicit stay_from_int(int);
  ~stay_from_int();
};
task<> constructed_after_its_operand_ok() {
  stay_from_int s(co_await async_op<int>());
}

task<> local_class_region_ok() {
  struct local {
    void run() { stay s; }
  };
  local().run();
  co_await async_op();
}

task<> lambda_region_ok() {
  auto inner = [] { stay s; };
  inner();
  co_await async_op();
}

task<> static_type_only_ok() {
  using alias = stay;
  (void)sizeof(alias);
  (void)noexcept(stay());
  co_await async_op();
}

void resume_in_plain_function_bad(std::coroutine_handle<> h) {
  stay s;
  h.resume(); // warn: coro-no-yield-region
  s.end();
  h.resume();
}

template <typename T> task<> in_template_bad() {
  T s;
  co_await async_op(); // warn: coro-no-yield-region
  s.end();
  co_await async_op();
}
struct COROLINT_NO_YIELD_SCOPE another_stay {
  ~another_stay();
  COROLINT_NO_YIELD_END void end();
};
void instantiate() {
  (void)in_template_bad<stay>();
  (void)in_template_bad<another_stay>();
}

template <typename T> task<> never_instantiated_ok(T x) {
  stay s;
  co_await x;
}
