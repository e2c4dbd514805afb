//===-- JoinHandle.h - Joining a spawned task -------------------*- C++ -*-===//
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
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>

namespace corolint::rt {

namespace detail {

/// The state that a spawned task and its handle share. It is a parameter of the
/// coroutine that drives the task, so the frame lives as long as either of
/// them.
class JoinStateBase {
public:
  WaitQueue Queue;
  Executor &Home;

  /// \p InScope: the task's errors are also reported to its scope.
  JoinStateBase(Executor &Home, bool InScope) noexcept
      : Home(Home), InScope(InScope) {}
  JoinStateBase(const JoinStateBase &) = delete;
  JoinStateBase &operator=(const JoinStateBase &) = delete;

  /// Begins the task that \p Driver drives at once, if it has not begun and
  /// this thread, which runs its executor, queued it last.
  void beginHere(ChainPromise &Driver);
  /// Called when the task's coroutine is gone. Notifies the joiners and drops
  /// the task's share in the frame of \p Driver.
  void taskGone(ChainPromise &Driver) noexcept;
  /// Drops the handle's share.
  void handleGone(ChainPromise &Driver) noexcept {
    if (isLastOwner() || dropShare())
      destroyFrame(Driver);
  }

  /// Asks the task to stop. Any thread.
  void requestStop() noexcept;
  bool stopRequested() const noexcept {
    return StopsAlone.load(std::memory_order_acquire);
  }
  /// A token that is stopped by `requestStop()`, and when \p Outer is stopped.
  /// On the task's threads.
  std::stop_token stopToken(const std::stop_token &Outer) noexcept;
  /// The exception that the task threw, or null. `Cancelled` counts as none.
  std::exception_ptr error() const noexcept;

  // Every task has these in its frame: avoid padding.
  const bool InScope;
  std::atomic<bool> Done{false};

protected:
  ~JoinStateBase() = default;
  std::atomic<bool> Taken{false}; ///< The outcome was moved out.
  bool HasOutcome = false;        ///< Set before `Done`.

private:
  /// Drops the task and makes sure that there is an outcome.
  virtual void end() noexcept = 0;
  /// The exception that the task threw, or null.
  virtual std::exception_ptr thrown() const noexcept = 0;

  bool isLastOwner() const noexcept {
    return Owners.load(std::memory_order_acquire) == 1;
  }
  /// Returns whether this was the last share.
  bool dropShare() noexcept {
    return Owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  void finish() noexcept;
  static void destroyFrame(ChainPromise &Driver) noexcept;

  /// Stops the task alone.
  struct Stopper;
  struct DeleteStopper {
    void operator()(Stopper *) const noexcept;
  };

  std::atomic<std::uint8_t> Owners{2};
  std::atomic<bool> StopsAlone{false};
  /// Created when the task first needs it. Under the lock of `Queue`.
  std::unique_ptr<Stopper, DeleteStopper> Alone;
};

template <class T> class JoinState final : public JoinStateBase {
public:
  JoinState(Executor &Home, Task<T> Work, bool InScope) noexcept
      : JoinStateBase(Home, InScope), Work(std::move(Work)) {}
  /// Moves the state into the parameter of `driveJoined`, before it is shared.
  JoinState(JoinState &&Other) noexcept
      : JoinState(Other.Home, std::move(Other.Work), Other.InScope) {}

  Task<T> Work;
  Result<T, /*KnowsDone=*/false> Outcome;

  template <class... U> void set(U &&...Value) {
    Outcome.set(std::forward<U>(Value)...);
    HasOutcome = true;
  }
  void fail(std::exception_ptr Error) noexcept {
    Outcome.fail(std::move(Error));
    HasOutcome = true;
  }

  static JoinState &of(ChainPromise &Driver) noexcept {
    return static_cast<JoinState &>(*Driver.Own.Joined);
  }
  /// An object can be moved out only once.
  void takeOnce() {
    if constexpr (std::is_object_v<T>) {
      if (Taken.load(std::memory_order_relaxed)) [[unlikely]]
        throw std::logic_error("the result of the task was taken already");
      Taken.store(true, std::memory_order_relaxed);
    }
  }

private:
  void end() noexcept override {
    Work = Task<T>();
    if (!HasOutcome) // Destroyed before its end: cancelled.
      Outcome.fail(std::make_exception_ptr(Cancelled()));
  }
  std::exception_ptr thrown() const noexcept override {
    return Outcome.failed() ? Outcome.error() : nullptr;
  }
};

/// Awaits the task of \p State. `taskGone` drops the task afterwards.
template <class T> ChainTask driveJoined(JoinState<T> State) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await State.Work;
      State.set();
    } else {
      State.set(co_await State.Work);
    }
  } catch (...) {
    State.fail(std::current_exception());
  }
}

/// Throws if the joiner would wait forever.
void checkJoin(const TaskContext *Joiner, Executor &Home);

} // namespace detail

/// A handle to wait for a spawned task, and to ask that task alone to stop.
/// Move-only. The task keeps running if the handle is dropped; its result is
/// then lost. An exception that it throws ends the `run()` of an event loop; it
/// is lost on a pool, and if the handle is dropped after the task's end.
template <class T> class JoinHandle {
  using State = detail::JoinState<T>;

public:
  JoinHandle() noexcept = default;
  explicit JoinHandle(detail::ChainPromise &Driver) noexcept
      : Driver(&Driver) {}
  JoinHandle(JoinHandle &&Other) noexcept
      : Driver(std::exchange(Other.Driver, nullptr)) {}
  JoinHandle &operator=(JoinHandle &&Other) noexcept {
    JoinHandle(std::move(Other)).swap(*this);
    return *this;
  }
  ~JoinHandle() {
    if (Driver)
      state().handleGone(*Driver);
  }
  void swap(JoinHandle &Other) noexcept { std::swap(Driver, Other.Driver); }
  /// Has the task ended? A negative answer may be out of date.
  bool done() const noexcept {
    return Driver && state().Done.load(std::memory_order_acquire);
  }

  /// Asks the task to stop. Harmless if it is done. The handle must have a
  /// task. Any thread.
  void request_stop() noexcept {
    assert(Driver && "stopped without a task");
    state().requestStop();
  }

  class [[nodiscard]] JoinAwaiter final : private detail::QueuedWaiter {
  public:
    explicit JoinAwaiter(detail::ChainPromise &Driver) noexcept
        : QueuedWaiter(detail::WaitKind::Task, State::of(Driver).Queue,
                       Actions),
          Driver(Driver), Joined(State::of(Driver)) {
      WaitsFor = &Joined;
    }
    ~JoinAwaiter() {
      if (Gone) [[unlikely]]
        *Gone = true;
    }
    bool await_ready() const noexcept {
      return isDone() && !detail::ThisThread.outOfBudget();
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      bind(Self);
      detail::checkJoin(context(), Joined.Home);
      if (beginHere()) [[unlikely]]
        return true; // The task has destroyed this coroutine.
      if (isDone())
        return false;
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

    /// Begins a task that no thread has begun within the join: it need not wait
    /// in its queue, and if it does not suspend the joiner need not wait
    /// either. Returns whether this awaiter was destroyed.
    bool beginHere() {
      if (detail::ThisThread.Exec != &Joined.Home || isDone() ||
          detail::isNestedDeeply() || detail::ThisThread.outOfBudget())
        return false;
      bool IsGone = false;
      Gone = &IsGone;
      Joined.beginHere(Driver);
      if (!IsGone) [[likely]]
        Gone = nullptr;
      return IsGone;
    }
    bool isDone() const noexcept {
      return Joined.Done.load(std::memory_order_acquire);
    }

    detail::ChainPromise &Driver;
    State &Joined;
    bool *Gone = nullptr; ///< While the task begins within the await.
    std::optional<EventLoop::WorkGuard> Guard;
  };

  /// Waits for the task on the executor of the awaiting one. Returns its value
  /// or throws its exception. The handle must have a task, which can be joined
  /// once, unless the wait was cancelled: a second join throws
  /// `std::logic_error`. Throws `Cancelled` if the awaiting task is asked to
  /// stop (the spawned one keeps running) or if the spawned one was destroyed
  /// with its loop. Throws `std::system_error(resource_deadlock_would_occur)`
  /// if the last free worker of a pool would wait for work of that pool.
  JoinAwaiter operator co_await() && noexcept {
    assert(Driver && "joined without a task");
    return JoinAwaiter(*Driver);
  }

private:
  State &state() const noexcept { return State::of(*Driver); }

  detail::ChainPromise *Driver = nullptr;
};

/// Starts \p Work on \p Target soon, never before this returns. If the caller
/// joins the task before it spawns another one, the task begins in the join.
/// Any thread. Throws `std::bad_alloc`.
template <class T>
[[nodiscard]] JoinHandle<T>
spawn(Executor &Target, Task<T> Work,
      const std::source_location &Site = std::source_location::current()) {
  detail::ChainTask Root = detail::driveJoined(
      detail::JoinState<T>(Target, std::move(Work), /*InScope=*/false));
  Root.promise().Own.Spawned = Site;
  JoinHandle<T> Handle(Root.promise());
  Target.adopt(std::move(Root));
  return Handle;
}

template <class T>
JoinHandle<T> EventLoop::spawn(Task<T> Work, const std::source_location &Site) {
  return rt::spawn(*this, std::move(Work), Site);
}

} // namespace corolint::rt

#endif // COROLINT_RT_JOINHANDLE_H
