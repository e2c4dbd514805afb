// RUN: %check_corolint %s coro-discarded-task %t

#include "tasks.h"
using namespace coro;

task<> lazy();
scoped<> owned();
void on_event(std::function<void()> callback);
template <typename F> void each(F f) { f(1); }

struct flag {
  struct promise_type {
    flag get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_value(bool);
    void unhandled_exception();
  };
  explicit operator bool() const;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  bool await_resume() const;
};
flag try_lock();

task<> messages() {
  lazy();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: the task returned by 'lazy' never runs: it is discarded
  // CHECK-NOTES: :6:8: note: 'lazy' is declared here
  // CHECK-FIXES: co_await lazy();
  owned();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: the task returned by 'owned' is cancelled: it is discarded
  // CHECK-NOTES: :7:10: note: 'owned' is declared here
  // CHECK-FIXES: co_await owned();
  resume_elsewhere();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: the awaitable returned by 'resume_elsewhere' has no effect: it is discarded
  // CHECK-NOTES: tasks.h:{{[0-9]+}}:{{[0-9]+}}: note: 'resume_elsewhere' is declared here
  // CHECK-FIXES: co_await resume_elsewhere();
  co_await async_op();
}
void variables() {
  auto t = lazy();
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task in 't' never runs: nothing uses it
  auto u = owned();
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task in 'u' is cancelled: nothing uses it
  [] () -> task<> { co_await async_op(); }();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: the task returned by the coroutine lambda never runs: it is discarded
}
void tested() {
  if (try_lock())
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: the task returned by 'try_lock' is tested but not awaited
    // CHECK-NOTES: :24:6: note: 'try_lock' is declared here
    use(1);
  while (!try_lock())
    // CHECK-NOTES: :[[@LINE-1]]:11: warning: the task returned by 'try_lock' is tested but not awaited
    // CHECK-NOTES: :24:6: note: 'try_lock' is declared here
    use(1);
}
task<> not_tested() {
  if (co_await try_lock())
    use(1);
}
void callables() {
  on_event([]() -> task<> { co_await async_op(); });
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: a coroutine stands in for a callable that returns nothing: its task is discarded
  each([](int) -> task<> { co_await async_op(); });
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: 'each' discards the task of this coroutine
  // CHECK-NOTES: :9:40: note: its result is discarded here
}
struct [[nodiscard]] strict : eager<> {
  struct promise_type : eager<>::promise_type {
    strict get_return_object() { return {}; }
  };
};
strict update();
void forgotten() {
  auto f = update();
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: nothing waits for the task in 'f'
}
