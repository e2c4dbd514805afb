// The coroutine types that the tests of the checks share, on top of the
// standard library's <coroutine>, so that every case is also a program that a
// compiler accepts. What is only declared here is code that no check can see.

#ifndef COROLINT_TEST_CORO_H
#define COROLINT_TEST_CORO_H

#include <corolint/annotations.h>

#include <coroutine>
#include <exception>
#include <utility>

namespace coro {

// Lazy, awaitable, may suspend whoever awaits it.
template <typename T> struct task_value {
  T Value{};
  void return_value(T V) { Value = static_cast<T &&>(V); }
  T take() { return static_cast<T &&>(Value); }
};
template <typename T> struct task_value<T &> {
  T *Value = nullptr;
  void return_value(T &V) { Value = &V; }
  T &take() { return *Value; }
};
template <> struct task_value<void> {
  void return_void() {}
  void take() {}
};

template <typename T = void> class [[nodiscard]] task {
public:
  struct promise_type : task_value<T> {
    std::coroutine_handle<> Continuation = std::noop_coroutine();

    struct final_awaiter {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<promise_type> Handle) noexcept {
        return Handle.promise().Continuation;
      }
      void await_resume() noexcept {}
    };

    task get_return_object() {
      return task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    final_awaiter final_suspend() noexcept { return {}; }
    void unhandled_exception() { std::terminate(); }
  };

  task(task &&Other) noexcept : Handle(std::exchange(Other.Handle, {})) {}
  task &operator=(task Other) noexcept {
    std::swap(Handle, Other.Handle);
    return *this;
  }
  ~task() {
    if (Handle)
      Handle.destroy();
  }

  struct awaiter {
    std::coroutine_handle<promise_type> Handle;
    bool await_ready() const noexcept { return Handle.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> Awaiting) {
      Handle.promise().Continuation = Awaiting;
      return Handle;
    }
    T await_resume() { return Handle.promise().take(); }
  };
  awaiter operator co_await() const noexcept { return {Handle}; }

private:
  explicit task(std::coroutine_handle<promise_type> Handle) : Handle(Handle) {}
  std::coroutine_handle<promise_type> Handle;
};

// A synchronous generator: it cannot await.
template <typename T> class [[nodiscard]] generator {
public:
  struct promise_type {
    T *Value = nullptr;
    generator get_return_object() {
      return generator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T &V) noexcept {
      Value = &V;
      return {};
    }
    std::suspend_always yield_value(T &&V) noexcept {
      Value = &V;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
    template <typename U> void await_transform(U &&) = delete;
  };

  generator(generator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, {})) {}
  ~generator() {
    if (Handle)
      Handle.destroy();
  }

  struct sentinel {};
  struct iterator {
    std::coroutine_handle<promise_type> Handle;
    T &operator*() const { return *Handle.promise().Value; }
    iterator &operator++();
    bool operator!=(sentinel) const { return !Handle.done(); }
  };
  iterator begin();
  sentinel end() const { return {}; }

private:
  explicit generator(std::coroutine_handle<promise_type> Handle)
      : Handle(Handle) {}
  std::coroutine_handle<promise_type> Handle;
};

// An asynchronous generator: it may await as well as yield.
template <typename T> class [[nodiscard]] async_generator {
public:
  struct promise_type {
    async_generator get_return_object() {
      return async_generator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T) noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };

  task<T *> next();

  async_generator(async_generator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, {})) {}
  ~async_generator() {
    if (Handle)
      Handle.destroy();
  }

private:
  explicit async_generator(std::coroutine_handle<promise_type> Handle)
      : Handle(Handle) {}
  std::coroutine_handle<promise_type> Handle;
};

// Awaiting it never suspends: `await_ready` is visible and only returns true.
struct never {
  constexpr bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

// Awaiting it may suspend: nobody can see what `await_ready` returns.
template <typename T = void> struct async_awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  T await_resume() const;
};
template <typename T = void> async_awaiter<T> async_op();

// A mutex for coroutines: what `lock` gives is made to be held across
// suspension points.
class async_mutex {
public:
  class COROLINT_HOLDS_ACROSS_AWAIT guard {
  public:
    explicit guard(async_mutex &Mutex) : Mutex(&Mutex) {}
    guard(guard &&Other) noexcept
        : Mutex(std::exchange(Other.Mutex, nullptr)) {}
    ~guard() {
      if (Mutex)
        Mutex->unlock();
    }

  private:
    async_mutex *Mutex;
  };

  async_awaiter<guard> lock();
  void unlock();
};

// The smallest coroutine type: starts at once, nobody awaits it.
struct fire_and_forget {
  struct promise_type {
    fire_and_forget get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

} // namespace coro

#endif // COROLINT_TEST_CORO_H
