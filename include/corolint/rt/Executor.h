//===-- Executor.h - Interface of loops and thread pools --------*- C++ -*-===//
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

/// Starts chains of awaits and handles their ends: an executor, a group or a
/// scope.
class ChainOwner {
public:
  /// Called when the queued \p Chain is about to run for the first time.
  virtual void chainStarts(ChainPromise &) noexcept {}
  /// Called when \p Chain is done, on any thread. Destroys the chain, or
  /// arranges that, and notifies its waiters. Returns the coroutine to resume
  /// next.
  virtual std::coroutine_handle<> chainEnded(ChainPromise &Chain) noexcept = 0;
  /// Called when \p Chain left its queue without having run. Destroys it.
  virtual void chainDropped(ChainPromise &Chain) noexcept;

protected:
  ~ChainOwner() = default;
};

/// Keeps an executor from ending while one of its tasks is elsewhere, or while
/// a task of another executor is there. Movable; may be empty.
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

/// Something that runs coroutines: an event loop or a thread pool. Code that
/// runs on an executor must not block its thread.
class Executor : public detail::ChainOwner {
public:
  Executor(const Executor &) = delete;
  Executor &operator=(const Executor &) = delete;

  /// Runs \p Work soon, never before this returns. Any thread. The caller keeps
  /// \p Work alive until it runs.
  COROLINT_NONBLOCKING virtual void enqueue(Resumable &Work) noexcept = 0;

  /// The same, but after all work that is queued now.
  COROLINT_NONBLOCKING virtual void enqueue_last(Resumable &Work) noexcept {
    enqueue(Work);
  }

  /// Removes \p Work from the queue if this thread, which runs the executor,
  /// queued it last and no thread has started it. Returns whether it did.
  COROLINT_NONBLOCKING virtual bool take_back(Resumable &) noexcept {
    return false;
  }

  /// Calls \p Function soon. Any thread. Throws `std::bad_alloc`. An exception
  /// of \p Function ends an event loop's `run()`; on a pool it terminates the
  /// process.
  template <class F> void post(F &&Function COROLINT_EVENT_LOOP) {
    using Posted = detail::PostedFunction<std::decay_t<F>>;
    enqueue(*std::make_unique<Posted>(std::forward<F>(Function)).release());
  }

  /// Starts \p Root soon and owns it until it ends. Any thread.
  COROLINT_NONBLOCKING virtual void adopt(detail::ChainTask Root) noexcept = 0;

  /// This executor as a loop, or null.
  virtual EventLoop *as_loop() noexcept { return nullptr; }
  /// This executor as a pool, or null.
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

  /// Add and remove an `ExecutorHold`. Any thread.
  virtual void hold() noexcept = 0;
  virtual void letGo() noexcept = 0;

  /// Removes \p Work, which is queued or about to be, from the queue, because
  /// its coroutine is being destroyed. Only loops destroy queued work, on their
  /// thread; the tasks of a pool run to their end.
  virtual void forget(Resumable &Work) noexcept;

  /// The coroutines that wait on this executor, the latest first. An event loop
  /// lists its waiters on its own thread; a pool does not list them.
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
