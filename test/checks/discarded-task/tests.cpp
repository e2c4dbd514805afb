// RUN: %check_corolint %s coro-discarded-task %t
// Tasks and awaiters that a condition tests, and awaiters of a base class.

#include "tasks.h"
using namespace coro;

struct source {
  bool step();
  bool full() const;
  int count = 0;
};

struct awaits {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  bool await_resume() { return true; }
};

// The test produces the next value itself, and needs no `co_await`.
struct [[nodiscard]] next_value : awaits {
  source &From;
  explicit next_value(source &From) : From(From) {}
  operator bool() const {
    if (From.full())
      return true;
    From.step();
    return From.full();
  }
};
// The test only reads the state.
struct [[nodiscard]] next_if_full : awaits {
  source &From;
  explicit next_if_full(source &From) : From(From) {}
  operator bool() const {
    if (From.count == 0)
      return false;
    return From.full();
  }
};
next_value next(source &From);
next_if_full next_full(source &From);

void acting_test_ok(source &s) {
  while (next(s))
    use(1);
  if (!next(s))
    use(2);
}
void reading_test_bad(source &s) {
  while (next_full(s)) // warn: coro-discarded-task
    use(1);
}
void dropped_bad(source &s) {
  next(s); // warn: coro-discarded-task
}

// A promise calls the method that it replaces.
struct traced_base {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always other() noexcept { return {}; }
};
struct traced : traced_base {
  awaits initial_suspend() {
    traced_base::initial_suspend();
    return {};
  }
  awaits another() {
    traced_base::initial_suspend(); // warn: coro-discarded-task
    return {};
  }
};
