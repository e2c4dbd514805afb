// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// A call can let other coroutines run without a suspension point: it pumps a
// loop, switches a fiber, or resumes a handle.

#include "coro.h"
#include <mutex>
using namespace coro;

extern std::mutex m;
COROLINT_YIELDS void pump();
void unknown();
void pump_indirectly() { pump(); }
void pump_deeply() { pump_indirectly(); }

void declared_bad() {
  std::lock_guard l(m);
  pump(); // warn: coro-lock-across-await
}

void through_helpers_bad() {
  std::lock_guard l(m);
  pump_deeply(); // warn: coro-lock-across-await
}

void by_hand_bad() {
  m.lock();
  pump(); // warn: coro-lock-across-await
  m.unlock();
}

void resumed_bad(std::coroutine_handle<> h) {
  std::lock_guard l(m);
  h.resume(); // warn: coro-lock-across-await
}

void called_bad(std::coroutine_handle<> h) {
  std::lock_guard l(m);
  h(); // warn: coro-lock-across-await
}

task<> in_a_coroutine_bad() {
  std::lock_guard l(m);
  pump(); // warn: coro-lock-across-await
  co_return;
}

void on_one_path_bad(bool c) {
  std::unique_lock l(m, std::defer_lock);
  if (c)
    l.lock();
  pump(); // warn: coro-lock-across-await
}

struct service {
  std::mutex m;
  void method_bad() {
    std::unique_lock l(m);
    pump(); // warn: coro-lock-across-await
  }
};

void in_a_lambda_bad() {
  auto f = [] {
    std::lock_guard l(m);
    pump(); // warn: coro-lock-across-await
  };
  f();
}

void unlocked_ok() {
  {
    std::lock_guard l(m);
  }
  pump();
}

void unlocked_early_ok() {
  std::unique_lock l(m);
  l.unlock();
  pump();
}

void not_held_here_ok(std::coroutine_handle<> h) {
  std::unique_lock l(m, std::try_to_lock);
  if (!l)
    h.resume();
}

void unknown_ok() {
  std::lock_guard l(m);
  unknown();
}

// Creating a coroutine or a callable runs neither.
task<> pumps() {
  pump();
  co_return;
}
void only_created_ok() {
  std::lock_guard l(m);
  auto f = [] { pump(); };
  auto t = pumps();
  (void)f;
  (void)t;
}

// A generator runs on the caller's stack: nothing else runs meanwhile.
struct numbers {
  struct promise_type {
    numbers get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(int);
    void return_void();
    void unhandled_exception();
  };
  std::coroutine_handle<promise_type> h;
  void next() { h.resume(); }
};
void iterated_ok(numbers &n) {
  std::lock_guard l(m);
  n.next();
}
