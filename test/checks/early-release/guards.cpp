// RUN: %check_corolint %s coro-early-release %t
// Guards of work: async locks, no-yield scopes, holders.

#include "tasks.h"
#include <memory>
#include <mutex>
using namespace coro;

task<> work();
eager<> eager_work();
task<int> value();
eager<> finished() { co_return; }
eager<> suspending() { co_await async_op(); }

class COROLINT_HOLDS_ACROSS_AWAIT holder {
public:
  holder();
  holder(holder &&) noexcept;
  ~holder();
  void release();
  explicit operator bool() const;
};
class COROLINT_NO_YIELD_SCOPE quiet {
public:
  quiet();
  ~quiet();
};
struct gate {
  holder hold();
} door;
void keep(holder);
template <typename F> task<> finally(task<> t, F f) {
  co_await t;
  f();
}

task<> holder_bad() {
  auto held = door.hold();
  return work(); // warn: coro-early-release
}
task<> constructed_bad() {
  holder held;
  return work(); // warn: coro-early-release
}
eager<> eager_bad() {
  holder held;
  return eager_work(); // warn: coro-early-release
}
eager<> suspending_bad() {
  holder held;
  return suspending(); // warn: coro-early-release
}
task<> with_statements_bad(int n) {
  holder held;
  use(n);
  if (n > 1)
    use(2);
  return work(); // warn: coro-early-release
}
task<> one_of_two_bad(bool c) {
  holder held;
  if (c)
    return work(); // warn: coro-early-release
  return work(); // warn: coro-early-release
}
task<> inner_block_bad(bool c) {
  if (c) {
    holder held;
    return work(); // warn: coro-early-release
  }
  return work();
}
task<> no_yield_scope_bad() {
  quiet q;
  return work(); // warn: coro-early-release
}
task<> async_mutex_bad(async_mutex &m) {
  async_mutex::guard g(m);
  return work(); // warn: coro-early-release
}
task<> two_bad() {
  holder a;
  holder b;
  return work(); // warn: coro-early-release
}
struct service {
  gate g;
  task<> transfer();
  task<> method_bad() {
    auto held = g.hold();
    return transfer(); // warn: coro-early-release
  }
  virtual task<> virtual_bad() {
    auto held = g.hold();
    return this->transfer(); // warn: coro-early-release
  }
};
auto lambda_bad = [] {
  holder held;
  return work(); // warn: coro-early-release
};
auto typed_lambda_bad = [](service &s) -> task<> {
  auto held = s.g.hold();
  return s.transfer(); // warn: coro-early-release
};
template <typename T> task<> template_bad(T) {
  holder held;
  return work(); // warn: coro-early-release
}
template task<> template_bad<int>(int);
template task<> template_bad<char>(char);
task<> parenthesised_bad() {
  holder held;
  return (work()); // warn: coro-early-release
}
task<> loop_bad(int n) {
  for (int i = 0; i < n; ++i) {
    holder held;
    if (i == 3)
      return work(); // warn: coro-early-release
  }
  return work();
}
task<> switch_bad(int n) {
  holder held;
  switch (n) {
  case 1:
    return work(); // warn: coro-early-release
  default:
    return work(); // warn: coro-early-release
  }
}
task<int> value_bad() {
  holder held;
  return value(); // warn: coro-early-release
}
task<> try_bad() {
  holder held;
  try {
    return work(); // warn: coro-early-release
  } catch (...) {
    throw;
  }
}
task<> coroutine_called_bad() {
  holder held;
  return []() -> task<> { co_await work(); }(); // warn: coro-early-release
}

task<> coroutine_ok() {
  holder held;
  co_await work();
}
task<> coroutine_lambda_ok() {
  return []() -> task<> {
    holder held;
    co_await work();
  }();
}
task<> captured_ok() {
  auto held = door.hold();
  return finally(work(), [held = std::move(held)] {});
}
task<> moved_ok() {
  auto held = door.hold();
  keep(std::move(held));
  return work();
}
task<> released_ok() {
  auto held = door.hold();
  held.release();
  return work();
}
task<> tested_ok() {
  auto held = door.hold();
  if (!held)
    return work();
  return work();
}
eager<> finished_ok() {
  holder held;
  return finished();
}
task<> ended_ok() {
  {
    holder held;
    use(1);
  }
  return work();
}
task<> declared_later_ok(bool c) {
  if (c)
    return work();
  holder held;
  use(1);
  throw 1;
}
int no_task_ok() {
  holder held;
  return 1;
}
void void_ok() {
  holder held;
  (void)work();
}
task<> parameter_ok(holder held) { return work(); }
task<> stored_ok(task<> t) {
  holder held;
  return t;
}
task<> static_ok() {
  static holder held;
  return work();
}
task<> reference_ok(holder &h) {
  holder &held = h;
  return work();
}
task<> shared_ok() {
  auto held = std::make_shared<holder>();
  return work();
}
task<> without_ok() { return work(); }
struct plain { plain(); ~plain(); };
task<> no_guard_ok() {
  plain p;
  return work();
}
task<> temporary_ok() {
  door.hold();
  return work();
}
