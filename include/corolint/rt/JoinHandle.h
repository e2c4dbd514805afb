//===-- JoinHandle.h - The end of a spawned task ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_JOINHANDLE_H
#define COROLINT_RT_JOINHANDLE_H

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <atomic>
#include <cassert>
#include <optional>
#include <stdexcept>

namespace corolint::rt {

namespace detail {

/// What a spawned task and its handle share.
class JoinStateBase {
public:
  WaitQueue Queue;
  Executor &Home;
  std::atomic<bool> Done{false};

  explicit JoinStateBase(Executor &Home) noexcept : Home(Home) {}
  /// The task is done, and its frame gone: wakes all who join it.
  void finish() noexcept;
  /// Returns whether that was the last owner.
  bool release() noexcept {
    return Owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }

  static void *operator new(std::size_t Size) {
    return FrameAllocator::allocate(Size);
  }
  static void operator delete(void *Memory, std::size_t Size) noexcept {
    FrameAllocator::deallocate(Memory, Size);
  }

private:
  std::atomic<int> Owners{2};
};

template <class T> class JoinState final : public JoinStateBase {
public:
  using JoinStateBase::JoinStateBase;
  Result<T> Outcome;

  /// An object is moved out once.
  void takeOnce() {
    if constexpr (std::is_object_v<T>) {
      if (Taken.load(std::memory_order_relaxed)) [[unlikely]]
        throw std::logic_error("the result of the task was taken already");
      Taken.store(true, std::memory_order_relaxed);
    }
  }

private:
  std::atomic<bool> Taken{false};
};

/// The task's share. A task destroyed before its end counts as cancelled.
template <class T> class JoinPromise {
public:
  explicit JoinPromise(JoinState<T> &Shared) noexcept : State(&Shared) {}
  JoinPromise(JoinPromise &&Other) noexcept
      : State(std::exchange(Other.State, nullptr)) {}
  JoinPromise &operator=(JoinPromise &&) = delete;
  ~JoinPromise() {
    if (!State)
      return;
    if (!State->Outcome.done())
      State->Outcome.fail(std::make_exception_ptr(Cancelled()));
    State->finish();
    if (State->release())
      delete State;
  }
  Result<T> *operator->() const noexcept { return &State->Outcome; }

private:
  JoinState<T> *State;
};

/// Throws where a joiner would wait for ever.
void checkJoin(const TaskContext *Joiner, Executor &Home);

} // namespace detail

/// The right to wait for a spawned task. Move-only. Dropping it lets the task
/// run on; what it returns or throws is then lost.
template <class T> class [[nodiscard]] JoinHandle {
  using State = detail::JoinState<T>;

public:
  JoinHandle() noexcept = default;
  explicit JoinHandle(State &Shared) noexcept : Joined(&Shared) {}
  JoinHandle(JoinHandle &&Other) noexcept
      : Joined(std::exchange(Other.Joined, nullptr)) {}
  JoinHandle &operator=(JoinHandle &&Other) noexcept {
    JoinHandle(std::move(Other)).swap(*this);
    return *this;
  }
  ~JoinHandle() {
    if (Joined && Joined->release())
      delete Joined;
  }
  void swap(JoinHandle &Other) noexcept { std::swap(Joined, Other.Joined); }
  /// Has the task ended? May be out of date when it says no.
  bool done() const noexcept {
    return Joined && Joined->Done.load(std::memory_order_acquire);
  }

  class [[nodiscard]] JoinAwaiter final : private detail::QueuedWaiter {
  public:
    explicit JoinAwaiter(State &Shared) noexcept
        : QueuedWaiter(detail::WaitKind::Task, Shared.Queue, Actions),
          Joined(Shared) {
      WaitsFor = &Joined;
    }
    bool await_ready() const noexcept {
      return isDone() && !detail::ThisThread.outOfBudget();
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      bind(Self);
      detail::checkJoin(context(), Joined.Home);
      if (EventLoop *Loop = EventLoop::current(); Loop && Loop != &Joined.Home)
        Guard.emplace(*Loop);
      return parkBound([this]() noexcept { return isDone(); });
    }
    T await_resume() {
      Guard.reset();
      finish();
      Joined.takeOnce();
      return Joined.Outcome.take();
    }

  private:
    static void abandonJoin(detail::Waiter &Self) noexcept {
      static_cast<JoinAwaiter &>(Self).Guard.reset();
      KeepsGrant.Abandon(Self);
    }
    static constexpr detail::WaitActions Actions{KeepsGrant.Cancel, nullptr,
                                                 &abandonJoin};

    bool isDone() const noexcept {
      return Joined.Done.load(std::memory_order_acquire);
    }

    State &Joined;
    std::optional<EventLoop::WorkGuard> Guard;
  };

  /// Waits for the task, on the executor of the awaiting one; gives its value
  /// or throws what it threw. The handle must have a task. Once only, unless
  /// the wait was cancelled: a second join throws `std::logic_error`. Throws
  /// `Cancelled` if the awaiting task is asked to stop (the spawned one runs
  /// on) or the spawned one was destroyed with its loop, and
  /// `std::system_error(resource_deadlock_would_occur)` where a pool's last
  /// free worker would wait for work of the pool.
  JoinAwaiter operator co_await() && noexcept {
    assert(Joined && "joined without a task");
    return JoinAwaiter(*Joined);
  }

private:
  State *Joined = nullptr;
};

/// Starts \p Work on \p Target soon. Any thread. Throws `std::bad_alloc`.
template <class T>
JoinHandle<T>
spawn(Executor &Target, Task<T> Work,
      const std::source_location &Site = std::source_location::current()) {
  auto *State = new detail::JoinState<T>(Target);
  JoinHandle<T> Handle(*State);
  detail::ChainTask Root =
      detail::driveInto(detail::JoinPromise<T>(*State), std::move(Work));
  Root.promise().Own.Spawned = Site;
  Target.adopt(std::move(Root));
  return Handle;
}

} // namespace corolint::rt

#endif // COROLINT_RT_JOINHANDLE_H
