//===-- ChainTask.h - The outermost coroutine of a chain --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CHAINTASK_H
#define COROLINT_RT_CHAINTASK_H

#include "corolint/rt/Promise.h"
#include "corolint/rt/Task.h"
#include <cassert>
#include <exception>

namespace corolint::rt::detail {

struct ChainPromise;

/// The coroutine that drives one task for a `ChainOwner` and holds the context
/// of the chain of awaits. Each spawned task, each task of a scope and each
/// child of a group has one.
class ChainTask {
public:
  using promise_type = ChainPromise;
  explicit ChainTask(std::coroutine_handle<ChainPromise> Coroutine) noexcept
      : Handle(Coroutine) {}
  ChainTask(ChainTask &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  ChainTask &operator=(ChainTask &&) = delete;
  inline ~ChainTask();
  ChainPromise &promise() const noexcept { return Handle.promise(); }
  ChainPromise *release() noexcept {
    return &std::exchange(Handle, nullptr).promise();
  }

private:
  std::coroutine_handle<ChainPromise> Handle;
};

struct ChainPromise final : PromiseBase,
                            ListLinks<ChainPromise, ChainOwner>,
                            Resumable {
  bool Listed = false; ///< In the owner's list, if it keeps one.
  TaskContext Own;
  ChainOwner *Owner = nullptr;

  ChainPromise() noexcept : Resumable(&run) { Context = &Own; }
  /// For a task with a handle, which may outlive it.
  explicit ChainPromise(JoinStateBase &State) noexcept : ChainPromise() {
    Own.Joined = &State;
  }

  ChainTask get_return_object() noexcept { return ChainTask(self()); }
  std::suspend_always initial_suspend() const noexcept { return {}; }
  auto final_suspend() noexcept {
    struct TellOwner {
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<ChainPromise> Self) const noexcept {
        if (isWatched()) [[unlikely]]
          ThisThread.Task = nullptr;
        ChainPromise &Ended = Self.promise();
        return transfer(Ended.Owner->chainEnded(Ended));
      }
      void await_resume() const noexcept {}
    };
    return TellOwner();
  }
  void return_void() const noexcept {}
  /// Never reached: drivers keep the exceptions of their tasks.
  [[noreturn]] void unhandled_exception() noexcept { std::terminate(); }
  /// The driver awaits only the task that it owns.
  template <class T> auto await_transform(Task<T> &Work) noexcept {
    assert(Work && !Work.done() && "a task that has not run");
    if (isWatched()) [[unlikely]] {
      ThisThread.setTask(Context);
      ThisThread.Awaiting = this;
    }
    return typename Task<T>::KeepingAwaiter(Work.Handle);
  }

  /// Runs the coroutine until it first suspends.
  void resumeHere() {
    self().resume();
    resumeNext();
  }
  /// Is \p Work, which is queued, such a coroutine?
  static bool isChain(const Resumable &Work) noexcept {
    return Work.IsFunction && Work.Run == &run;
  }
  bool done() const noexcept {
    return std::coroutine_handle<const ChainPromise>::from_promise(*this)
        .done();
  }
  /// Destroys the coroutine, finished or suspended, and everything it awaits. A
  /// coroutine queued on a loop must be destroyed on the loop's thread. The
  /// state shared with a handle stays.
  void destroy() noexcept {
    if (!done())
      Own.destroyFrames();
    if (Where.load(std::memory_order_relaxed) != Place::Nowhere) [[unlikely]]
      leaveQueue();
    if (Own.Joined)
      endJoined();
    else
      self().destroy();
  }
  /// The exception thrown by the task, which has a handle. Null if it threw
  /// none, or `Cancelled`.
  std::exception_ptr error() const noexcept;

private:
  static void run(Resumable &Self, Action What);
  void leaveQueue() noexcept;
  void endJoined() noexcept;
  std::coroutine_handle<ChainPromise> self() noexcept {
    return std::coroutine_handle<ChainPromise>::from_promise(*this);
  }
};

inline ChainTask::~ChainTask() {
  if (Handle)
    Handle.promise().destroy();
}

/// A list of chains, the latest first. Not thread-safe.
class ChainList {
public:
  bool empty() const noexcept { return Chains.empty(); }
  ChainPromise *first() const noexcept { return Chains.first(); }
  ChainPromise *next(const ChainPromise &Chain) const noexcept {
    return Chains.next(Chain);
  }
  std::size_t size() const noexcept { return Count; }
  void add(ChainPromise &Chain) noexcept {
    Chain.Listed = true;
    Chains.add(Chain);
    ++Count;
  }
  /// Harmless if \p Chain is not listed.
  void remove(ChainPromise &Chain) noexcept {
    if (!std::exchange(Chain.Listed, false))
      return;
    Chains.remove(Chain);
    --Count;
  }

private:
  IntrusiveList<ChainPromise, ChainOwner> Chains;
  std::size_t Count = 0;
};

/// Awaits \p Work and stores its result in \p Kept. The frame of \p Work is
/// destroyed with the chain.
template <class Outcome, class T>
ChainTask driveInto(Outcome Kept, Task<T> Work) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await Work;
      Kept->set();
    } else {
      Kept->set(co_await Work);
    }
  } catch (...) {
    Kept->fail(std::current_exception());
  }
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_CHAINTASK_H
