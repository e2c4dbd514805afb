// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// A suspension point that cannot suspend is no yield.

#include "coro.h"
using namespace coro;

COROLINT_NO_YIELD task<> suspend_never_ok() { co_await std::suspend_never{}; }

COROLINT_NO_YIELD task<> suspend_always_bad() {
  co_await std::suspend_always{}; // warn: coro-no-yield-region
}

COROLINT_NO_YIELD task<> ready_body_ok() { co_await never{}; }

COROLINT_NO_YIELD task<> ready_body_invisible_bad() {
  co_await async_awaiter<>{}; // warn: coro-no-yield-region
}

struct base_awaiter {
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};

struct ready_out_of_line : base_awaiter {
  bool await_ready();
};
bool ready_out_of_line::await_ready() { return true; }
COROLINT_NO_YIELD task<> out_of_line_body_ok() {
  co_await ready_out_of_line{};
}

struct ready_sometimes : base_awaiter {
  bool Ready;
  bool await_ready() { return Ready; }
};
COROLINT_NO_YIELD task<> ready_sometimes_bad() {
  co_await ready_sometimes{}; // warn: coro-no-yield-region
}

struct ready_false : base_awaiter {
  bool await_ready() { return false; }
};
COROLINT_NO_YIELD task<> ready_false_bad() {
  co_await ready_false{}; // warn: coro-no-yield-region
}

// The body must do nothing but return true.
struct ready_after_branch : base_awaiter {
  bool Ready;
  bool await_ready() {
    if (!Ready)
      return false;
    return true;
  }
};
COROLINT_NO_YIELD task<> ready_after_branch_bad() {
  co_await ready_after_branch{}; // warn: coro-no-yield-region
}

template <bool Ready> struct ready_if : base_awaiter {
  bool await_ready() { return Ready; }
};
COROLINT_NO_YIELD task<> ready_by_argument_ok() { co_await ready_if<true>{}; }
COROLINT_NO_YIELD task<> ready_by_argument_bad() {
  co_await ready_if<false>{}; // warn: coro-no-yield-region
}

struct ready_inherited : never {};
COROLINT_NO_YIELD task<> inherited_body_ok() { co_await ready_inherited{}; }

struct with_member_co_await {
  never operator co_await() const { return {}; }
};
COROLINT_NO_YIELD task<> member_co_await_ok() {
  co_await with_member_co_await{};
}

struct with_free_co_await {};
never operator co_await(with_free_co_await) { return {}; }
COROLINT_NO_YIELD task<> free_co_await_ok() { co_await with_free_co_await{}; }

class COROLINT_NEVER_SUSPENDS declared_awaiter : base_awaiter {
public:
  bool await_ready();
  using base_awaiter::await_resume;
  using base_awaiter::await_suspend;
};
COROLINT_NO_YIELD task<> declared_class_ok() { co_await declared_awaiter{}; }
COROLINT_NO_YIELD task<> declared_class_reference_ok(declared_awaiter &a) {
  co_await a;
}

struct COROLINT_NEVER_SUSPENDS declared_awaitable {
  async_awaiter<> operator co_await() const;
};
COROLINT_NO_YIELD task<> declared_awaitable_ok() {
  co_await declared_awaitable{};
}

template <typename T> struct COROLINT_NEVER_SUSPENDS declared_template {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
COROLINT_NO_YIELD task<> declared_template_ok() {
  co_await declared_template<int>{};
}

COROLINT_NEVER_SUSPENDS async_awaiter<int> cached();
COROLINT_NO_YIELD task<int> declared_function_ok() {
  co_return co_await cached();
}
COROLINT_NO_YIELD task<int> undeclared_function_bad() {
  co_return co_await async_op<int>(); // warn: coro-no-yield-region
}

struct cache {
  COROLINT_NEVER_SUSPENDS async_awaiter<int> get();
  async_awaiter<int> fetch();
  COROLINT_NEVER_SUSPENDS async_awaiter<int> operator[](int);
};
COROLINT_NO_YIELD task<> declared_method_ok(cache &c) {
  (void)co_await c.get();
  (void)co_await c[0];
}
COROLINT_NO_YIELD task<> undeclared_method_bad(cache &c) {
  (void)co_await c.fetch(); // warn: coro-no-yield-region
}

COROLINT_NEVER_SUSPENDS task<int> ready_task();
COROLINT_NO_YIELD task<> declared_task_function_ok() {
  (void)co_await ready_task();
}

// Where the promise transforms what is awaited, the result of that counts.
struct transforming {
  struct promise_type {
    transforming get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
    never await_transform(int) { return {}; }
    async_awaiter<> await_transform(char);
    never yield_value(int) { return {}; }
    std::suspend_always yield_value(char) { return {}; }
  };
};
COROLINT_NO_YIELD transforming await_transform_ok() { co_await 1; }
COROLINT_NO_YIELD transforming await_transform_bad() {
  co_await 'c'; // warn: coro-no-yield-region
}
COROLINT_NO_YIELD transforming yield_value_ok() { co_yield 1; }
COROLINT_NO_YIELD transforming yield_value_bad() {
  co_yield 'c'; // warn: coro-no-yield-region
}

template <typename Awaitable> COROLINT_NO_YIELD task<> dependent_bad() {
  co_await Awaitable{}; // warn: coro-no-yield-region
}
template <typename Awaitable> COROLINT_NO_YIELD task<> dependent_ok() {
  co_await Awaitable{};
}
void instantiate() {
  (void)dependent_bad<never>();
  (void)dependent_bad<async_awaiter<>>();
  (void)dependent_ok<never>();
}

// An `await_suspend` that returns false resumes the coroutine at once.
struct own_handle {
  std::coroutine_handle<> Own;
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> Handle) {
    Own = Handle;
    return false;
  }
  std::coroutine_handle<> await_resume() { return Own; }
};
COROLINT_NO_YIELD task<> resumed_at_once_ok() { co_await own_handle{}; }

template <typename Awaiter> struct forwards {
  Awaiter Inner;
  bool await_ready() { return Inner.await_ready(); }
  auto await_suspend(std::coroutine_handle<> Handle) {
    return Inner.await_suspend(Handle);
  }
  void await_resume() { Inner.await_resume(); }
};
COROLINT_NO_YIELD task<> forwarded_ok() { co_await forwards<own_handle>{}; }

struct resumed_sometimes : base_awaiter {
  bool Ready;
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>) {
    if (Ready)
      return false;
    return true;
  }
};
COROLINT_NO_YIELD task<> resumed_sometimes_bad() {
  co_await resumed_sometimes{}; // warn: coro-no-yield-region
}

COROLINT_NO_YIELD task<> forwarded_bad() {
  co_await forwards<resumed_sometimes>{}; // warn: coro-no-yield-region
}

struct resumed_out_of_sight : base_awaiter {
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>);
};
COROLINT_NO_YIELD task<> resumed_out_of_sight_bad() {
  co_await resumed_out_of_sight{}; // warn: coro-no-yield-region
}
