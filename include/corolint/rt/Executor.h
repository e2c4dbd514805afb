//===-- Executor.h - Runs coroutines and functions --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_EXECUTOR_H
#define COROLINT_RT_EXECUTOR_H

#include "corolint/annotations.h"
#include "corolint/rt/IntrusiveList.h"
#include "corolint/rt/Resumable.h"
#include <memory>
#include <utility>

namespace corolint::rt {

class EventLoop;
class Executor;
class ScheduleAwaiter;
class ThreadPool;

namespace detail {

class ChainTask;
class Waiter;
struct ChainPromise;
struct TaskContext;
struct ParkedOnExecutor;

/// Whoever starts a chain of awaits: an executor, a group or a scope.
class ChainOwner {
public:
  /// \p Chain, which was queued, is about to run for the first time.
  virtual void chainStarts(ChainPromise &) noexcept {}
  /// \p Chain is done, on whatever thread that happened: destroys it, or sees
  /// to it, and tells those who wait. Returns what to resume next.
  virtual std::coroutine_handle<> chainEnded(ChainPromise &Chain) noexcept = 0;
  /// \p Chain left its queue without having run: destroys it.
  virtual void chainDropped(ChainPromise &Chain) noexcept;

protected:
  ~ChainOwner() = default;
};

/// Keeps an executor from ending: something elsewhere belongs to it, or
/// something that belongs elsewhere is there. Movable; may be empty.
class ExecutorHold {
public:
  ExecutorHold() noexcept = default;
  explicit ExecutorHold(Executor &Held) noexcept;
  ExecutorHold(ExecutorHold &&Other) noexcept
      : Held(std::exchange(Other.Held, nullptr)) {}
  ExecutorHold &operator=(ExecutorHold &&Other) noexcept {
    if (this != &Other) {
      release();
      Held = std::exchange(Other.Held, nullptr);
    }
    return *this;
  }
  ~ExecutorHold() { release(); }
  explicit operator bool() const noexcept { return Held != nullptr; }
  void release() noexcept;

private:
  Executor *Held = nullptr;
};

template <class F> class PostedFunction final : public Resumable {
public:
  explicit PostedFunction(F &&Function)
      : Resumable(&run), Callable(std::move(Function)) {}
  explicit PostedFunction(const F &Function)
      : Resumable(&run), Callable(Function) {}

private:
  static void run(Resumable &Self, Action What) {
    std::unique_ptr<PostedFunction> Owned(static_cast<PostedFunction *>(&Self));
    if (What == Action::Run)
      std::move(Owned->Callable)();
  }

  F Callable;
};

} // namespace detail

/// Where coroutines run: an event loop or a thread pool. Code that runs on an
/// executor must not block its thread.
class Executor : public detail::ChainOwner {
public:
  Executor(const Executor &) = delete;
  Executor &operator=(const Executor &) = delete;

  /// Has \p Work run soon, never before this returns. Any thread. The caller
  /// keeps \p Work alive until it runs.
  COROLINT_NONBLOCKING virtual void enqueue(Resumable &Work) noexcept = 0;

  /// The same, after everything that is queued now.
  COROLINT_NONBLOCKING virtual void enqueue_last(Resumable &Work) noexcept {
    enqueue(Work);
  }

  /// Takes \p Work off the queue again if this thread, which runs the executor,
  /// queued it last and nobody has begun it. Returns whether it did.
  COROLINT_NONBLOCKING virtual bool take_back(Resumable &) noexcept {
    return false;
  }

  /// Has \p Function run soon. Any thread. Throws `std::bad_alloc`. What
  /// \p Function throws ends an event loop's `run()`, and a pool's process.
  template <class F> void post(F &&Function COROLINT_EVENT_LOOP) {
    using Posted = detail::PostedFunction<std::decay_t<F>>;
    enqueue(*std::make_unique<Posted>(std::forward<F>(Function)).release());
  }

  /// Starts \p Root soon and owns it until it ends. Any thread.
  COROLINT_NONBLOCKING virtual void adopt(detail::ChainTask Root) noexcept = 0;

  /// The executor as a loop, or null.
  virtual EventLoop *as_loop() noexcept { return nullptr; }
  /// The same for a pool.
  virtual ThreadPool *as_pool() noexcept { return nullptr; }

protected:
  Executor() = default;
  ~Executor() = default;

private:
  friend class detail::ExecutorHold;
  friend class detail::Waiter;
  friend struct detail::ChainPromise;
  friend class ScheduleAwaiter;
  friend class EventLoop;
  friend class ThreadPool;

  /// One more, or one less, `ExecutorHold`. Any thread.
  virtual void hold() noexcept = 0;
  virtual void letGo() noexcept = 0;

  /// Takes \p Work, which was queued or is just about to be, off the queue: its
  /// coroutine is being destroyed. Only loops destroy what they have queued, on
  /// their thread; a pool's tasks run to their end anyway.
  virtual void forget(Resumable &Work) noexcept;

  /// The coroutines that wait on this, the latest first. An event loop's, on
  /// its thread; a pool does not list them.
  detail::IntrusiveList<detail::Waiter, detail::ParkedOnExecutor> Waiting;
};

inline detail::ExecutorHold::ExecutorHold(Executor &Held) noexcept
    : Held(&Held) {
  Held.hold();
}

inline void detail::ExecutorHold::release() noexcept {
  if (Executor *Released = std::exchange(Held, nullptr)) [[unlikely]]
    Released->letGo();
}

} // namespace corolint::rt

#endif // COROLINT_RT_EXECUTOR_H
