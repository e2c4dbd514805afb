// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/NVIDIA/stdexec/pull/273
// The coroutine that connects an awaitable to a receiver is lazy, and took both by reference: they are gone when it
// is started.
#include <coroutine>
#include <utility>
struct [[nodiscard]] Operation {
  struct promise_type {
    Operation get_return_object() noexcept { return Operation(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
  explicit Operation(std::coroutine_handle<promise_type> handle) : handle(handle) {}
  Operation(Operation &&other) noexcept : handle(std::exchange(other.handle, {})) {}
  ~Operation() { if (handle) handle.destroy(); }
  void start() noexcept { handle.resume(); }
  std::coroutine_handle<promise_type> handle;
};
struct Receiver { int id; void setValue(int) noexcept; };
struct Ready {
  int value;
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  int await_resume() noexcept;
};
template <class Awaitable, class Rcvr> Operation impl_bad(Awaitable &&awaitable, Rcvr &&receiver) {
  receiver.setValue(co_await std::forward<Awaitable>(awaitable));
}
template <class Awaitable, class Rcvr> Operation impl_ok(Awaitable awaitable, Rcvr receiver) {
  receiver.setValue(co_await std::move(awaitable));
}
template <class Awaitable, class Rcvr> Operation connect_bad(Awaitable &&awaitable, Rcvr &&receiver) {
  return impl_bad(std::forward<Awaitable>(awaitable), std::forward<Rcvr>(receiver));
}
template <class Awaitable, class Rcvr> Operation connect_ok(Awaitable &&awaitable, Rcvr &&receiver) {
  return impl_ok(std::forward<Awaitable>(awaitable), std::forward<Rcvr>(receiver));
}
void run_bad() {
  Receiver receiver{2};
  Operation operation = connect_bad(Ready{1}, receiver); // warn: coro-dangling-reference
  operation.start();
}
void run_ok() {
  Operation operation = connect_ok(Ready{1}, Receiver{2});
  operation.start();
}
