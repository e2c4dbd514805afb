// What the stubs of all libraries share: awaitables, and the promises of tasks.
#ifndef COROLINT_STUB_COROUTINE_H
#define COROLINT_STUB_COROUTINE_H

#include <coroutine>
#include <utility>

namespace stub {

template <typename Task, typename Start> struct PromiseBase {
  Task get_return_object();
  Start initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
};

/// The promise of a coroutine that returns `Task` and gives a `T`.
template <typename Task, typename T, typename Start = std::suspend_always>
struct Promise : PromiseBase<Task, Start> {
  template <typename U> void return_value(U &&);
};
template <typename Task, typename Start>
struct Promise<Task, void, Start> : PromiseBase<Task, Start> {
  void return_void();
};

/// Something to await that gives a `T`.
template <typename T = void> struct Awaitable {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

/// Stands for a value that the library computes.
template <typename T> T some();

} // namespace stub

#endif // COROLINT_STUB_COROUTINE_H
