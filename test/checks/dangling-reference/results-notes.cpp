// RUN: %check_corolint %s coro-dangling-reference %t

#include "coro.h"
using namespace coro;

struct text {
  text();
  text(const text &);
  ~text();
};
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
owning<text> make();
void use(const text &);

task<> bound() {
  auto &value = co_await make();
  use(value);
  // CHECK-NOTES: :[[@LINE-2]]:9: warning: 'value' refers to the result of a task that is destroyed at the end of this full-expression
  // CHECK-NOTES: :[[@LINE-2]]:7: note: 'value' is used here, after a suspension point
}
