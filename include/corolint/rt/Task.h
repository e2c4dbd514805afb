//===-- Task.h - A lazy coroutine -------------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_TASK_H
#define COROLINT_RT_TASK_H

#include "corolint/rt/Borrows.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/Releases.h"
#include "corolint/rt/Result.h"
#include <cassert>

namespace corolint::rt {

template <class T> class Task;
template <class... Ts> class ForkJoinAwaiter;
template <class T, std::size_t N> class ForkJoinManyAwaiter;

namespace detail {

/// Called when a task of a fork is done. Returns the coroutine to resume.
std::coroutine_handle<> forkJoinLegDone(ForkJoinLeg &Leg) noexcept;

/// Transfers control to the coroutine that awaits this one.
struct ResumeContinuation {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<Promise> Self) const noexcept {
    PromiseBase &Ended = Self.promise();
    if (!Ended.Continuation) [[unlikely]]
      return transfer(forkJoinLegDone(*Ended.Leg));
    // Coroutines of other libraries expect to be resumed at once.
    return Ended.Parent ? transfer(Ended.Continuation) : Ended.Continuation;
  }
  void await_resume() const noexcept {}
};

template <class T> class TaskPromiseBase : public AsyncPromise {
public:
  Result<T, /*KnowsDone=*/false> Outcome;

  TaskPromiseBase() noexcept : AsyncPromise(LinkedLater()) {}

  std::suspend_always initial_suspend() const noexcept { return {}; }
  ResumeContinuation final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept {
    Outcome.fail(std::current_exception());
  }
};

/// Would returning a \p U as the reference \p T return a temporary?
template <class T, class U>
inline constexpr bool ReturnsTemporary =
    std::is_lvalue_reference_v<T> && !std::is_lvalue_reference_v<U>;

/// The frame of the coroutine with the promise \p Promise.
template <class P> void *frameOf(P &Promise) noexcept {
  return std::coroutine_handle<P>::from_promise(Promise).address();
}

template <class T> class TaskPromise final : public TaskPromiseBase<T> {
public:
#if COROLINT_RT_CHECK_LIFETIMES
  [[gnu::noinline]] TaskPromise() noexcept {
    noteTask(frameOf(*this), __builtin_return_address(0));
  }
  ~TaskPromise() { forgetTask(frameOf(*this)); }
#endif
  Task<T> get_return_object() noexcept;
  template <class U = T>
    requires(std::is_constructible_v<T, U> && !ReturnsTemporary<T, U &&>)
  void return_value(U &&Value) {
    this->Outcome.set(std::forward<U>(Value));
  }
};

template <> class TaskPromise<void> final : public TaskPromiseBase<void> {
public:
#if COROLINT_RT_CHECK_LIFETIMES
  [[gnu::noinline]] TaskPromise() noexcept {
    noteTask(frameOf(*this), __builtin_return_address(0));
  }
  ~TaskPromise() { forgetTask(frameOf(*this)); }
#endif
  Task<void> get_return_object() noexcept;
  void return_void() noexcept { Outcome.set(); }
};

} // namespace detail

/// A coroutine that starts when it is awaited, and returns a \p T (an object, a
/// reference or void) or throws. Awaiting it transfers control directly
/// (symmetric transfer), so that chains of any depth need no stack, neither to
/// run nor to be destroyed.
///
/// Move-only; await it once, as an rvalue. The await consumes the task, which
/// is destroyed, with its parameters, when the awaiting expression ends. A task
/// that was never awaited runs nothing. Destroying a suspended task also
/// destroys what it awaits; do so on the thread of its executor only. Not
/// thread-safe.
///
/// With GCC 12 do not await a task to the right of `&&` or `||` in the
/// condition of an `if` or loop: GCC miscompiles that. Await into a variable
/// first.
template <class T = void> class [[nodiscard]] COROLINT_RT_AWAIT_ELIDABLE Task {
public:
  using promise_type = detail::TaskPromise<T>;
  using value_type = T;

  Task() noexcept = default;
  COROLINT_RT_SHOWS_CALLER Task(Task &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {
    noteOwned(detail::OwnerChange::Moved);
  }
  Task &operator=(Task &&Other) noexcept {
    Task(std::move(Other)).swap(*this);
    return *this;
  }
  ~Task() {
    if (Handle) {
      detail::forgetOwned(Handle.address());
      Handle.destroy();
    }
  }

  void swap(Task &Other) noexcept {
    std::swap(Handle, Other.Handle);
    noteOwned(detail::OwnerChange::Assigned);
    Other.noteOwned(detail::OwnerChange::Assigned);
  }
  /// Does this own a coroutine?
  explicit operator bool() const noexcept { return bool(Handle); }
  /// Has the coroutine returned or thrown?
  bool done() const noexcept { return Handle && Handle.done(); }

  class Awaiter : private detail::ChildOwner {
  public:
    static constexpr bool transfers_control = true;

    explicit Awaiter(std::coroutine_handle<promise_type> Awaited) noexcept
        : ChildOwner(Awaited) {}
    bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<Promise> Parent) noexcept {
      // A local variable stays in a register, whatever the links might alias.
      const auto Started = child();
      detail::linkChild(Started.promise(), Parent, this);
      if constexpr (std::derived_from<Promise, detail::PromiseBase>)
        return detail::transfer(Started);
      else
        return Started;
    }
    T await_resume() { return child().promise().Outcome.take(); }
    /// Call it after `await_suspend`: makes the task a chain of its own.
    void setContext(detail::TaskContext *Own) noexcept {
      child().promise().Context = Own;
    }

  protected:
    void letGo() noexcept { Child = nullptr; }
    void disown() noexcept { child().promise().OwnedBy = nullptr; }

  private:
    std::coroutine_handle<promise_type> child() const noexcept {
      return std::coroutine_handle<promise_type>::from_address(Child.address());
    }
  };

private:
  /// Like `Awaiter`, but the task keeps ownership of the coroutine.
  class KeepingAwaiter : public Awaiter {
  public:
    using Awaiter::Awaiter;
    ~KeepingAwaiter() { this->letGo(); }
    template <class Promise>
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<Promise> Parent) noexcept {
      const auto Next = Awaiter::await_suspend(Parent);
      this->disown();
      return Next;
    }
  };

public:
  /// Runs the task and returns its value or throws its exception.
  Awaiter operator co_await() && noexcept {
    assert(Handle && !Handle.done() && "await a task once");
    return Awaiter(std::exchange(Handle, nullptr));
  }

private:
  friend promise_type;
  friend struct detail::ChainPromise;
  template <class... Ts> friend class ForkJoinAwaiter;
  template <class U, std::size_t N> friend class ForkJoinManyAwaiter;
  explicit Task(std::coroutine_handle<promise_type> Coroutine) noexcept
      : Handle(Coroutine) {
    noteOwned(detail::OwnerChange::Made);
  }
  [[gnu::always_inline]] void noteOwned(detail::OwnerChange How) noexcept {
    detail::noteOwner(&Handle, Handle.address(), How);
  }

  std::coroutine_handle<promise_type> Handle;
};

template <class T>
Task<T> detail::TaskPromise<T>::get_return_object() noexcept {
  return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

inline Task<void> detail::TaskPromise<void>::get_return_object() noexcept {
  return Task<void>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

} // namespace corolint::rt

#endif // COROLINT_RT_TASK_H
