//===-- RunBlocking.h - Blocking work on separate threads -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_RUNBLOCKING_H
#define COROLINT_RT_RUNBLOCKING_H

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/Waiter.h"
#include <functional>
#include <optional>

namespace corolint::rt {

namespace detail {

/// The threads of this process for blocking work: as many as are blocked at a
/// time, at most 512. Further jobs wait. A thread without work for ten seconds
/// ends. Thread-safe.
class BlockingThreads {
public:
  static BlockingThreads &get() noexcept;
  /// Runs \p Job on one of the threads. Throws `std::system_error` if there is
  /// none and none can be started.
  void submit(Resumable &Job);
  /// Is any job running or waiting?
  bool busy() noexcept;
  /// Resets the state after a fork: the parent's threads and jobs stay in the
  /// parent.
  void startOverInChild();

private:
  struct State;
  BlockingThreads();
  State *Threads; ///< Never freed: a thread may end after `main`.
};

} // namespace detail

/// The result of `run_blocking`.
template <class F>
class [[nodiscard]] RunBlockingAwaiter final : private detail::Waiter {
  using T = std::invoke_result_t<F &>;

public:
  explicit RunBlockingAwaiter(F &&Function)
      : Waiter(detail::WaitKind::Thread, Actions), Job(*this),
        Function(std::move(Function)) {}

  bool await_ready() const noexcept { return false; }
  template <class P> void await_suspend(std::coroutine_handle<P> Self) {
    bind(Self);
    if (EventLoop *Loop = EventLoop::current())
      Guard.emplace(*Loop);
    Where.store(Place::Queued, std::memory_order_relaxed);
    try {
      detail::BlockingThreads::get().submit(Job);
    } catch (...) {
      Where.store(Place::Nowhere, std::memory_order_relaxed);
      throw;
    }
  }
  T await_resume() {
    Guard.reset();
    resumed();
    return Outcome.take();
  }

private:
  /// The calling thread needs this awaiter until the function has returned.
  static void abandonJob(detail::Waiter &Self) noexcept {
    auto &Me = static_cast<RunBlockingAwaiter &>(Self);
    if (Me.Where.load(std::memory_order_relaxed) != Place::Nowhere)
      Me.leaveExecutor();
    Me.Guard.reset();
  }
  static constexpr detail::WaitActions Actions{nullptr, nullptr, &abandonJob};

  struct Work : Resumable {
    explicit Work(RunBlockingAwaiter &Owner) noexcept
        : Resumable(&run), Owner(Owner) {}
    static void run(Resumable &Self, Action) {
      static_cast<Work &>(Self).Owner.call();
    }
    RunBlockingAwaiter &Owner;
  };

  COROLINT_ALLOW_BLOCKING void call() noexcept {
    try {
      if constexpr (std::is_void_v<T>) {
        std::invoke(Function);
        Outcome.set();
      } else {
        Outcome.set(std::invoke(Function));
      }
    } catch (...) {
      Outcome.fail(std::current_exception());
    }
    Exec->enqueue(*this);
  }

  Work Job;
  F Function;
  detail::Result<T> Outcome;
  std::optional<EventLoop::WorkGuard> Guard;
};

/// Calls \p Function, which may block, on a thread for blocking work. Returns
/// its result or throws its exception on the executor of the awaiting
/// coroutine. A request to stop does not interrupt it. Throws
/// `std::system_error` if no thread can be started.
template <class F>
RunBlockingAwaiter<std::decay_t<F>>
run_blocking(F &&Function COROLINT_ALLOW_BLOCKING) {
  return RunBlockingAwaiter<std::decay_t<F>>(
      std::decay_t<F>(std::forward<F>(Function)));
}

} // namespace corolint::rt

#endif // COROLINT_RT_RUNBLOCKING_H
