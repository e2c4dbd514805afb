// RUN: %check_corolint %s coro-dangling-reference %t
// Parameters of coroutines that nobody can await.

#include "tasks.h"
using namespace coro;

fire_and_forget reference_bad(const buffer &b) {
  co_await async_op();
  use(b); // warn: coro-dangling-reference
}
fire_and_forget view_bad(std::string_view v) {
  co_await async_op();
  use(v); // warn: coro-dangling-reference
}
fire_and_forget rvalue_bad(buffer &&b) {
  co_await async_op();
  use(b); // warn: coro-dangling-reference
}
fire_and_forget in_loop_bad(const buffer &b) {
  for (int i = 0; i < b.size(); ++i) // warn: coro-dangling-reference
    co_await async_op();
}
fire_and_forget through_reference_bad(const buffer &b) { // warn: coro-dangling-reference
  auto &same = b;
  co_await async_op();
  use(same);
}
struct widget {
  fire_and_forget clicked_bad(const buffer &args) {
    co_await async_op();
    use(args); // warn: coro-dangling-reference
  }
};

fire_and_forget value_ok(buffer b) {
  co_await async_op();
  use(b);
}
fire_and_forget before_ok(const buffer &b) {
  use(b);
  co_await async_op();
}
fire_and_forget copied_ok(const buffer &b) {
  buffer mine = b;
  co_await async_op();
  use(mine);
}
fire_and_forget lvalue_ok(buffer &b) {
  co_await async_op();
  b.append(1);
}
fire_and_forget pointer_ok(buffer *b) {
  co_await async_op();
  b->append(1);
}
fire_and_forget careful_ok(const buffer &b) {
  co_await async_op();
  use(b);
}
buffer global;
void calls_careful() { careful_ok(global); }
eager<> awaitable_ok(const buffer &b) {
  co_await async_op();
  use(b);
}
task<> lazy_ok(const buffer &b) {
  co_await async_op();
  use(b);
}

// Only coroutines of the same kind can await it: their promise takes it.
template <typename T> struct own_promise;
template <typename T> struct owned {
  using promise_type = own_promise<T>;
};
struct own_promise_base {
  template <typename U> async_awaiter<> await_transform(owned<U>);
  async_awaiter<> await_transform(async_awaiter<>);
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_never final_suspend() noexcept { return {}; }
  void unhandled_exception() {}
  void return_void() {}
};
template <typename T> struct own_promise : own_promise_base {
  owned<T> get_return_object() { return {}; }
};
owned<int> transformed_ok(const buffer &b) {
  co_await async_op();
  use(b);
}

// This promise takes other tasks only.
struct other_task {
  struct promise_type : own_promise_base {
    other_task get_return_object() { return {}; }
  };
};
other_task not_transformed_bad(const buffer &b) {
  co_await async_op();
  use(b); // warn: coro-dangling-reference
}
