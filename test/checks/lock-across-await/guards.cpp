// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20-or-later
// The standard guards and the ways to make one.

#include "coro.h"
#include <mutex>
#include <shared_mutex>
using namespace coro;

extern std::mutex m, m2;
extern std::recursive_mutex rm;
extern std::timed_mutex tm;
extern std::shared_mutex sm;

task<> lock_guard_bad() {
  std::lock_guard<std::mutex> l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> deduced_bad() {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> braces_bad() {
  std::lock_guard l{m};
  co_await async_op(); // warn: coro-lock-across-await
}

task<> auto_bad() {
  auto l = std::lock_guard(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> const_bad() {
  const std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> alias_bad() {
  using guard = std::lock_guard<std::mutex>;
  guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> unique_lock_bad() {
  std::unique_lock l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> scoped_lock_bad() {
  std::scoped_lock l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> scoped_lock_of_two_bad() {
  std::scoped_lock l(m, m2);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> scoped_lock_of_none_ok() {
  std::scoped_lock l;
  co_await async_op();
}

task<> scoped_lock_of_mixed_bad() {
  std::scoped_lock l(m, sm, rm);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> shared_lock_bad() {
  std::shared_lock l(sm);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> recursive_mutex_bad() {
  std::lock_guard l(rm);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> two_guards_bad() {
  std::lock_guard a(m);
  std::lock_guard b(m2);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> default_constructed_ok() {
  std::unique_lock<std::mutex> l;
  std::shared_lock<std::shared_mutex> s;
  co_await async_op();
}

task<> defer_lock_ok() {
  std::unique_lock l(m, std::defer_lock);
  co_await async_op();
}

task<> defer_lock_then_lock_bad() {
  std::unique_lock l(m, std::defer_lock);
  l.lock();
  co_await async_op(); // warn: coro-lock-across-await
}

task<> adopt_lock_bad() {
  m.lock();
  std::lock_guard l(m, std::adopt_lock);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> adopt_lock_scope_ok() {
  m.lock();
  { std::lock_guard l(m, std::adopt_lock); }
  co_await async_op();
}

task<> scoped_lock_adopt_bad() {
  std::lock(m, m2);
  std::scoped_lock l(std::adopt_lock, m, m2);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> std_lock_adopted_ok() {
  std::lock(m, m2);
  {
    std::lock_guard a(m, std::adopt_lock);
    std::lock_guard b(m2, std::adopt_lock);
  }
  co_await async_op();
}

task<> std_lock_of_deferred_bad() {
  std::unique_lock a(m, std::defer_lock);
  std::unique_lock b(m2, std::defer_lock);
  co_await async_op();
  std::lock(a, b);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> timed_constructor_bad(std::chrono::seconds s) {
  std::unique_lock l(tm, s);
  co_await async_op(); // warn: coro-lock-across-await
}

task<> no_suspension_ok() {
  std::lock_guard l(m);
  co_return;
}

task<> cannot_suspend_ok() {
  std::lock_guard l(m);
  co_await never{};
  co_await std::suspend_never{};
}

generator<int> yield_bad() {
  std::lock_guard l(m);
  co_yield 1; // warn: coro-lock-across-await
}

async_generator<int> async_yield_bad() {
  std::lock_guard l(m);
  co_yield 1; // warn: coro-lock-across-await
  co_await async_op(); // warn: coro-lock-across-await
}

task<int> await_in_return_bad() {
  std::lock_guard l(m);
  co_return co_await async_op<int>(); // warn: coro-lock-across-await
}

task<int> copy_then_await_ok(int &shared) {
  int copy;
  {
    std::lock_guard l(m);
    copy = shared;
  }
  co_return copy + co_await async_op<int>();
}

// The initial and final awaits are none.
task<> parameter_without_await_ok(std::unique_lock<std::mutex> l) { co_return; }

void plain_function_ok() { std::lock_guard l(m); }

// A lock around the coroutine's creation is not the coroutine's.
void around_creation_ok() {
  std::lock_guard l(m);
  auto t = []() -> task<> { co_await async_op(); }();
}

auto lambda_bad = []() -> task<> {
  std::lock_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
};

auto generic_lambda_bad = [](auto &mutex) -> task<> {
  std::lock_guard l(mutex);
  co_await async_op(); // warn: coro-lock-across-await
};
void use_generic_lambda() {
  (void)generic_lambda_bad(m);
  (void)generic_lambda_bad(rm);
}

task<> lock_in_inner_lambda_ok() {
  auto locked = [] {
    std::lock_guard l(m);
    return 1;
  };
  locked();
  co_await async_op();
}

task<> await_in_inner_lambda_ok() {
  std::lock_guard l(m);
  auto later = []() -> task<> { co_await async_op(); };
  (void)later;
  co_return;
}

struct object {
  mutable std::mutex m;
  task<> method_bad() {
    std::lock_guard l(m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  task<> const_method_bad() const {
    std::lock_guard l(this->m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  static task<> static_method_bad(object &o) {
    std::lock_guard l(o.m);
    co_await async_op(); // warn: coro-lock-across-await
  }
};

struct derived_guard : std::lock_guard<std::mutex> {
  using std::lock_guard<std::mutex>::lock_guard;
};
task<> derived_guard_bad() {
  derived_guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}

template <typename Mutex> task<> template_bad(Mutex &mutex) {
  std::lock_guard l(mutex);
  co_await async_op(); // warn: coro-lock-across-await
}
template <typename Guard> task<> guard_template_bad() {
  Guard l(m);
  co_await async_op(); // warn: coro-lock-across-await
}
template <typename Mutex> task<> never_instantiated_ok(Mutex &mutex) {
  std::lock_guard l(mutex);
  co_await async_op();
}
struct null_guard {
  explicit null_guard(std::mutex &) {}
  ~null_guard() {}
};
void instantiate() {
  (void)template_bad(m);
  (void)template_bad(rm);
  (void)guard_template_bad<null_guard>();
  (void)guard_template_bad<std::lock_guard<std::mutex>>();
}

#define LOCK(mutex) std::lock_guard lock_guard_(mutex)
#define AWAIT(x) co_await x
task<> macros_bad() {
  LOCK(m);
  AWAIT(async_op()); // warn: coro-lock-across-await
}
