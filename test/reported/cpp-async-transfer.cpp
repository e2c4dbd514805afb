// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/microsoft/cpp-async/issues/26
// A final awaiter destroys its coroutine, in whose frame it is, and then returns a
// member.

#include <coroutine>
#include <exception>
class transfer_bad {
  std::coroutine_handle<> m_continuation;

public:
  explicit transfer_bad(std::coroutine_handle<> c) : m_continuation(c) {}
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept {
    handle.destroy();
    return m_continuation; // warn: coro-dangling-reference
  }
  void await_resume() const noexcept { std::terminate(); }
};
class transfer_ok {
  std::coroutine_handle<> m_continuation;

public:
  explicit transfer_ok(std::coroutine_handle<> c) : m_continuation(c) {}
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept {
    std::coroutine_handle<> temp = m_continuation;
    handle.destroy();
    return temp;
  }
  void await_resume() const noexcept { std::terminate(); }
};
