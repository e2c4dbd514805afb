// RUN: %check_corolint %s coro-dangling-reference %t
// References to the result of a task that is a temporary.

#include "coro.h"
#include <string>
using namespace coro;

// Gives a reference to the value in its frame.
template <typename T> class owning {
public:
  struct promise_type {
    T Value;
    owning get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(T V) { Value = V; }
    void unhandled_exception();
  };
  owning(owning &&) noexcept;
  ~owning() { Handle.destroy(); }
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  T &await_resume() const;

private:
  std::coroutine_handle<promise_type> Handle;
};
owning<std::string> make();
task<std::string> make_value();
owning<std::string> &existing();
void use(const std::string &);

task<> bound_bad() {
  auto &text = co_await make(); // warn: coro-dangling-reference
  // CHECK-FIXES: auto text = co_await make();
  use(text);
}
task<> bound_const_bad() {
  const std::string &text = co_await make(); // warn: coro-dangling-reference
  // CHECK-FIXES: const std::string text = co_await make();
  co_await async_op();
  use(text);
}
task<> bound_forwarding_bad() {
  auto &&text = co_await make(); // warn: coro-dangling-reference
  // CHECK-FIXES: auto text = co_await make();
  use(text);
}
task<> copied_ok() {
  auto text = co_await make();
  use(text);
}
task<> value_ok() {
  auto &&text = co_await make_value();
  use(text);
}
task<> used_at_once_ok() { use(co_await make()); }
task<> named_ok() {
  auto t = make();
  auto &text = co_await t;
  use(text);
}
task<> existing_ok() {
  auto &text = co_await existing();
  use(text);
}
task<> unused_ok() { auto &text = co_await make(); co_return; }
