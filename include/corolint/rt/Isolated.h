//===-- Isolated.h - State behind an async lock -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ISOLATED_H
#define COROLINT_RT_ISOLATED_H

#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/Task.h"
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

namespace corolint::rt {

namespace detail {
template <class T> inline constexpr bool IsTask = false;
template <class T> inline constexpr bool IsTask<Task<T>> = true;
template <class T> struct UnwrapTask {
  using Type = T;
};
template <class T> struct UnwrapTask<Task<T>> {
  using Type = T;
};

/// Commits \p Draft to the state when its block ends, unless an exception ends
/// it.
template <class T> class CommitAtEnd {
public:
  CommitAtEnd(T &State, T &Draft) noexcept : State(State), Draft(Draft) {}
  CommitAtEnd(const CommitAtEnd &) = delete;
  CommitAtEnd &operator=(const CommitAtEnd &) = delete;
  ~CommitAtEnd() {
    if (std::uncaught_exceptions() == Before)
      State = std::move(Draft);
  }

private:
  T &State;
  T &Draft;
  const int Before = std::uncaught_exceptions();
};
} // namespace detail

/// A \p T that is accessible only while its async lock is held. This isolates
/// one piece of state; other tasks keep running. Thread-safe. \p T is copied
/// for each transaction; moving one must not throw.
template <class T> class Isolated {
  static_assert(std::is_nothrow_move_assignable_v<T>,
                "committing must not fail half-way");

public:
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  explicit Isolated(Args &&...Arguments)
      : State(std::forward<Args>(Arguments)...) {}

  /// Calls `Operation(T &)`, a function or a coroutine that returns a task,
  /// with the state locked. Returns its result by value, because a reference
  /// could refer to the temporary copy. The operation is atomic: it works on a
  /// copy, which becomes the state once the operation has ended; if it throws
  /// or is cancelled, the state is unchanged. Throws the exceptions of
  /// \p Operation, `Cancelled`, and exceptions from copying the state or the
  /// result.
  template <class F>
  auto transact(F Operation COROLINT_EVENT_LOOP) -> Task<std::decay_t<
      typename detail::UnwrapTask<std::invoke_result_t<F &, T &>>::Type>> {
    using Made = std::invoke_result_t<F &, T &>;
    using Value = std::decay_t<typename detail::UnwrapTask<Made>::Type>;
    auto Guard = co_await Mutex.lock();
    T Draft(State);
    if constexpr (std::is_void_v<Value>) {
      if constexpr (detail::IsTask<Made>)
        co_await std::invoke(Operation, Draft);
      else
        std::invoke(Operation, Draft);
      State = std::move(Draft);
    } else if constexpr (detail::IsTask<Made>) {
      Value Answer = co_await std::invoke(Operation, Draft);
      // Commit after the result was moved out, because that may throw.
      const detail::CommitAtEnd Commit(State, Draft);
      co_return std::move(Answer);
    } else {
      Value Answer = std::invoke(Operation, Draft);
      const detail::CommitAtEnd Commit(State, Draft);
      co_return std::move(Answer);
    }
  }

  /// Calls `Reader(const T &)` with the state locked, and returns its result by
  /// value. Throws the exceptions of \p Reader, and `Cancelled`.
  template <class F>
  auto read(F Reader COROLINT_EVENT_LOOP)
      -> Task<std::decay_t<std::invoke_result_t<F &, const T &>>> {
    auto Guard = co_await Mutex.lock();
    co_return std::invoke(Reader, std::as_const(State));
  }

  /// Returns a copy of the state.
  Task<T> snapshot() {
    auto Guard = co_await Mutex.lock();
    co_return State;
  }

private:
  AsyncMutex Mutex;
  T State;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ISOLATED_H
