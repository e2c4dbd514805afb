//===-- JoinHandle.h - The end of a spawned task ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_JOINHANDLE_H
#define COROLINT_RT_JOINHANDLE_H

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/RootTask.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <optional>

namespace corolint::rt {

namespace detail {

/// What a spawned task and its handle share.
class JoinStateBase {
public:
  WaitQueue Queue;
  Executor &Home;
  std::atomic<bool> Done{false};

  explicit JoinStateBase(Executor &Home) noexcept : Home(Home) {}
  /// The task is done: wakes whoever joins it.
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
  JoinState<T> *operator->() const noexcept { return State; }

private:
  JoinState<T> *State;
};

template <class T> RootTask driveJoinable(Task<T> Work, JoinPromise<T> Join) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(Work);
      Join->Outcome.set();
    } else {
      Join->Outcome.set(co_await std::move(Work));
    }
  } catch (...) {
    Join->Outcome.fail(std::current_exception());
  }
}

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
        : QueuedWaiter(detail::WaitKind::Task, Shared.Queue), Joined(Shared) {
      WaitsFor = &Joined;
    }
    bool await_ready() const noexcept {
      return Joined.Done.load(std::memory_order_acquire);
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      bind(Self);
      detail::checkJoin(context(), Joined.Home);
      if (EventLoop *Loop = EventLoop::current(); Loop && Loop != &Joined.Home)
        Guard.emplace(*Loop);
      return parkBound([this]() noexcept { return await_ready(); });
    }
    T await_resume() {
      Guard.reset();
      finish();
      return Joined.Outcome.take();
    }

  private:
    State &Joined;
    std::optional<EventLoop::WorkGuard> Guard;
  };

  /// Waits for the task, on the executor of the awaiting one; gives its value
  /// or throws what it threw. Once only. Throws `Cancelled` if the awaiting
  /// task is asked to stop (the spawned one runs on) or the spawned one was
  /// destroyed with its loop, and
  /// `std::system_error(resource_deadlock_would_occur)` where a pool's last
  /// free worker would wait for work of the pool.
  JoinAwaiter operator co_await() && noexcept { return JoinAwaiter(*Joined); }

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
  detail::RootTask Root =
      detail::driveJoinable(std::move(Work), detail::JoinPromise<T>(*State));
  Root.promise().Own.Spawned = Site;
  Target.adopt(std::move(Root));
  return Handle;
}

} // namespace corolint::rt

#endif // COROLINT_RT_JOINHANDLE_H
