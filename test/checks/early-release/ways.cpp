// RUN: %check_corolint %s coro-early-release %t
// Ways by which a task is returned, and by which a guard is held.

#include "tasks.h"
#include <memory>
#include <mutex>
#include <optional>
using namespace coro;

task<> work();
task<int> value();
task<> with_timeout(task<> t, int ms);
task<> run(int n, task<> t);
eager<> eager_work();
scoped<> scoped_work();

class COROLINT_HOLDS_ACROSS_AWAIT holder {
public:
  holder();
  explicit holder(int units);
  holder(holder &&) noexcept;
  holder &operator=(holder &&) noexcept;
  ~holder();
  void release();
};
struct gate {
  holder hold();
  holder &shared();
};

// The task.
task<> variable_bad() {
  holder held;
  auto t = work();
  return t; // warn: coro-early-release
}
task<> moved_variable_bad() {
  holder held;
  task<> t = work();
  return std::move(t); // warn: coro-early-release
}
task<> choice_bad(bool b) {
  holder held;
  return b ? work() : with_timeout(work(), 1); // warn: coro-early-release
}
task<> wrapped_bad() {
  holder held;
  return with_timeout(work(), 10); // warn: coro-early-release
}
task<> braces_bad() {
  holder held;
  return {work()}; // warn: coro-early-release
}
task<> explicit_move_bad() {
  holder held;
  return task<>(work()); // warn: coro-early-release
}
scoped<> owned_bad() {
  holder held;
  return scoped_work(); // warn: coro-early-release
}
struct base {
  virtual ~base() = default;
  virtual task<> step() = 0;
};
task<> dispatched_bad(base &b) {
  holder held;
  return b.step(); // warn: coro-early-release
}
task<> pointer_bad(task<> (*f)()) {
  holder held;
  return f(); // warn: coro-early-release
}

// The guard.
task<> with_argument_bad() {
  holder held(3);
  return work(); // warn: coro-early-release
}
task<> const_bad() {
  const holder held;
  return work(); // warn: coro-early-release
}
task<> kept_temporary_bad(gate &g) {
  const holder &held = g.hold();
  return work(); // warn: coro-early-release
}
struct both : holder {
  int n = 0;
};
task<> derived_bad() {
  both held;
  return work(); // warn: coro-early-release
}
task<> if_init_bad(gate &g, bool b) {
  if (holder held = g.hold(); b)
    return work(); // warn: coro-early-release
  return work();
}
task<> after_early_exit_bad(bool b, gate &g) {
  if (b)
    return work();
  auto held = g.hold();
  return work(); // warn: coro-early-release
}
auto generic_lambda_bad = [](auto n) {
  holder held;
  return run(n, work()); // warn: coro-early-release
};
inline auto generic_lambda_task = generic_lambda_bad(1);

// What keeps the guard, or needs none.
task<> passed_on(holder, int);
task<> passed_in_ok(gate &g) { return passed_on(g.hold(), 1); }
task<> moved_in_ok(gate &g) {
  auto held = g.hold();
  return passed_on(std::move(held), 1);
}
task<> swapped_out_ok(holder &kept) {
  holder held;
  kept = std::move(held);
  return work();
}
task<> others_guard_ok(gate &g) {
  auto &held = g.shared();
  return work();
}
task<> made_before_ok(task<> before) {
  holder held;
  return before;
}
task<> made_outside_ok(gate &g) {
  auto t = work();
  {
    auto held = g.hold();
    use(1);
  }
  return t;
}
task<> variable_before_guard_ok() {
  auto t = work();
  return t;
}
std::optional<task<>> optional_result_ok() {
  holder held;
  return std::nullopt;
}
std::unique_ptr<holder> guard_result_ok() {
  auto held = std::make_unique<holder>();
  return held;
}
task<> thrown_ok(bool b) {
  if (b) {
    holder held;
    throw 1;
  }
  return work();
}
task<> static_guard_ok() {
  static holder held;
  return work();
}
task<> heap_guard_ok() {
  auto *held = new holder;
  use(held != nullptr);
  return work();
}
task<> inner_lambda_ok() {
  auto f = [] {
    holder held;
    return 1;
  };
  return run(f(), work());
}
task<> captured_by_coroutine_ok(gate &g) {
  return [](holder held) -> task<> {
    co_await work();
    held.release();
  }(g.hold());
}
struct member_guard {
  holder held;
  task<> run_ok() { return work(); }
};
task<> parameter_guard_ok(std::unique_ptr<holder> held) { return work(); }
task<> loop_guard_ok(int n) {
  for (int i = 0; i < n; ++i) {
    holder held;
    use(i);
  }
  return work();
}
int blocked(task<> t);
int awaited_by_other_ok() {
  holder held;
  return blocked(work());
}
task<> nolint_ok() {
  holder held;
  return work(); // NOLINT(coro-early-release)
}
