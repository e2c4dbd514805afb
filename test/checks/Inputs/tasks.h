// More coroutine types, for the checks on tasks and lifetimes: eager ones,
// ones that detach, functions that start or keep what they are handed.

#ifndef COROLINT_TEST_TASKS_H
#define COROLINT_TEST_TASKS_H

#include "coro.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coro {

// Eager: runs up to its first suspension in the call, and goes on if dropped.
template <typename T = void> struct eager {
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

// Eager, and cancelled when it is destroyed.
template <typename T = void> class scoped {
public:
  struct promise_type : task_value<T> {
    scoped get_return_object() {
      return scoped(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };
  scoped(scoped &&Other) noexcept : Handle(std::exchange(Other.Handle, {})) {}
  ~scoped() {
    if (Handle)
      Handle.destroy();
  }
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  T await_resume() const;

private:
  explicit scoped(std::coroutine_handle<promise_type> Handle)
      : Handle(Handle) {}
  std::coroutine_handle<promise_type> Handle;
};

// Made to be awaited; does nothing before.
struct hop {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept {}
};
inline hop resume_elsewhere() { return {}; }

// A resource that has to be destroyed.
struct buffer {
  buffer();
  explicit buffer(int);
  buffer(const buffer &);
  buffer(buffer &&) noexcept;
  ~buffer();
  int size() const;
  void append(int);
  int *begin() const;
  int *end() const;
};

void use(int);
void use(const buffer &);
void use(std::string_view);

} // namespace coro

#endif // COROLINT_TEST_TASKS_H
