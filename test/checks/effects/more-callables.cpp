// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Callables in members, constructors, destructors, deleters and CRTP bases.

#include "coro.h"
#include <functional>
#include <memory>
#include <utility>
using namespace coro;

COROLINT_BLOCKING int block();
inline int blocking_function() { return block(); }

template <typename Derived> struct crtp {
  int run() { return static_cast<Derived *>(this)->step(); }
};
struct slow : crtp<slow> {
  int step() { return block(); }
};
struct quick : crtp<quick> {
  int step() { return 0; }
};
task<> crtp_calls(slow &s, quick &q) {
  s.run(); // warn: coro-blocking-call
  q.run();
  co_return;
}

template <typename F> struct at_exit {
  F f;
  explicit at_exit(F f) : f(std::move(f)) {}
  ~at_exit() { f(); }
};
task<> destructor_calls() {
  at_exit slow([] { block(); }); // warn: coro-blocking-call
  at_exit quick([] {});
  co_return;
}

struct converted {
  template <typename F> converted(F f) { f(); }
};
void take(converted);
task<> conversion_calls() {
  take([] { block(); }); // warn: coro-blocking-call
  take([] {});
  co_return;
}

struct deleter {
  void operator()(int *p) const {
    block();
    delete p;
  }
};
task<> deleter_bad(int *p) {
  std::unique_ptr<int, deleter> owner(p); // warn: coro-blocking-call
  co_return;
}

// No template, but the body is visible.
void call(int (*f)()) { f(); }
void call_stored(const std::function<int()> &f) { f(); }
task<> passed_to_functions() {
  call(blocking_function); // warn: coro-blocking-call
  call([] { return block(); }); // warn: coro-blocking-call
  call([] { return 0; });
  call_stored(blocking_function); // warn: coro-blocking-call
  call_stored([] { return block(); }); // warn: coro-blocking-call
  call_stored([] { return 0; });
  co_return;
}

// Kept for later.
struct worker {
  std::function<void()> job;
  void set(std::function<void()> f) { job = std::move(f); }
  void run() { job(); }
};
task<> kept_bad(worker &w) {
  w.set([] { block(); });
  w.run(); // warn: coro-blocking-call
  co_return;
}
struct idle_worker {
  std::function<void()> job;
  void set(std::function<void()> f) { job = std::move(f); }
  void run() { job(); }
};
task<> kept_ok(idle_worker &w) {
  w.set([] {});
  w.run();
  co_return;
}

struct type_erased {
  std::function<void()> f;
  template <typename F> explicit type_erased(F g) : f(g) {}
};
task<> erased_ok() {
  type_erased t([] { block(); });
  co_return;
}

// The promise's functions run at the awaits of its coroutine.
struct transforming {
  struct promise_type {
    transforming get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
    never await_transform(int) { return block(), never(); }
    never await_transform(char) { return {}; }
  };
};
transforming await_transform() {
  co_await 1; // warn: coro-blocking-call
  co_await 'c';
}
