// RUN: %check_corolint %s coro-discarded-task %t -std=c++20
// Tasks that go on by themselves, in variables that nothing uses. Where the class
// or the function asks not to drop them, that is a wait that was forgotten.

#include "tasks.h"
using namespace coro;

namespace strict {
template <typename T = void> struct [[nodiscard]] eager {
  struct promise_type : task_value<T> {
    eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  T await_resume() const;
};
} // namespace strict

strict::eager<> update(int);
strict::eager<int> count();
eager<> lenient();

struct Broker {
  strict::eager<> refresh(int id);
  strict::eager<> forgotten_bad(int id) {
    auto f = refresh(id); // warn: coro-discarded-task
    return refresh(id + 1);
  }
  strict::eager<> branch_bad(int id) {
    if (id > 0) {
      auto f = refresh(id); // warn: coro-discarded-task
    }
    return refresh(id);
  }
  /// It may be meant to run meanwhile.
  strict::eager<> beside_ok(int id) {
    auto background = refresh(id);
    co_await refresh(id + 1);
  }
};
void typed_bad() {
  strict::eager<int> result = count(); // warn: coro-discarded-task
}

strict::eager<> awaited_ok() {
  auto f = update(1);
  co_await f;
}
strict::eager<> returned_ok() {
  auto f = update(1);
  return f;
}
/// Nothing asks to wait for it.
void lenient_ok() { auto f = lenient(); }
void marked_ok() { [[maybe_unused]] auto f = update(1); }
void named_ok() {
  auto _ = update(1);
  auto unused = update(2);
  auto ignored = update(3);
  auto dummy = update(4);
}
void cast_ok() {
  auto f = update(1);
  (void)f;
}
void reference_ok() { auto &&f = update(1); }
void kept_ok() { static auto f = update(1); }
