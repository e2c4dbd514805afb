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
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>

namespace corolint::rt {

namespace detail {

/// What a spawned task and its handle share: a parameter of the coroutine that
/// drives the task, whose frame therefore lives as long as either of them.
class JoinStateBase {
public:
  WaitQueue Queue;
  Executor &Home;

  /// \p InScope: the task's errors are its scope's, too.
  JoinStateBase(Executor &Home, bool InScope) noexcept
      : Home(Home), InScope(InScope) {}
  JoinStateBase(const JoinStateBase &) = delete;
  JoinStateBase &operator=(const JoinStateBase &) = delete;

  /// Begins the task, which \p Driver drives, here and now if it has not begun
  /// and this thread, which runs its executor, queued it last.
  void beginHere(ChainPromise &Driver);
  /// The task's coroutine is gone: tells all who join it. The task's share in
  /// the frame of \p Driver.
  void taskGone(ChainPromise &Driver) noexcept;
  /// The handle's share.
  void handleGone(ChainPromise &Driver) noexcept {
    if (isLastOwner() || dropShare())
      destroyFrame(Driver);
  }

  /// Asks the task to stop. Any thread.
  void requestStop() noexcept;
  bool stopRequested() const noexcept {
    return StopsAlone.load(std::memory_order_acquire);
  }
  /// A token that is stopped by `requestStop()`, and when \p Outer is. The
  /// task's threads.
  std::stop_token stopToken(const std::stop_token &Outer) noexcept;
  /// What the task threw, except `Cancelled`; or null.
  std::exception_ptr error() const noexcept;

  // Each task has these in its frame: no padding.
  const bool InScope;
  std::atomic<bool> Done{false};

protected:
  ~JoinStateBase() = default;
  std::atomic<bool> Taken{false}; ///< The outcome was moved out.
  bool HasOutcome = false;        ///< Before `Done`.

private:
  /// Drops the task, and sees that there is an outcome.
  virtual void end() noexcept = 0;
  /// What the task threw, or null.
  virtual std::exception_ptr thrown() const noexcept = 0;

  bool isLastOwner() const noexcept {
    return Owners.load(std::memory_order_acquire) == 1;
  }
  /// Returns whether it was the last one.
  bool dropShare() noexcept {
    return Owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  void finish() noexcept;
  static void destroyFrame(ChainPromise &Driver) noexcept;

  /// What stops the task alone.
  struct Stopper;
  struct DeleteStopper {
    void operator()(Stopper *) const noexcept;
  };

  std::atomic<std::uint8_t> Owners{2};
  std::atomic<bool> StopsAlone{false};
  /// Made when the task first needs it. Under the lock of `Queue`.
  std::unique_ptr<Stopper, DeleteStopper> Alone;
};

template <class T> class JoinState final : public JoinStateBase {
public:
  JoinState(Executor &Home, Task<T> Work, bool InScope) noexcept
      : JoinStateBase(Home, InScope), Work(std::move(Work)) {}
  /// For the parameter of `driveJoined`, before anybody knows of it.
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
  /// An object is moved out once.
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
    if (!HasOutcome) // Destroyed before its end: counts as cancelled.
      Outcome.fail(std::make_exception_ptr(Cancelled()));
  }
  std::exception_ptr thrown() const noexcept override {
    return Outcome.failed() ? Outcome.error() : nullptr;
  }
};

/// Awaits the task of \p State, which `taskGone` then drops.
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

/// Throws where a joiner would wait for ever.
void checkJoin(const TaskContext *Joiner, Executor &Home);

} // namespace detail

/// The right to wait for a spawned task, and to ask it alone to stop.
/// Move-only. Dropping it lets the task run on; what it returns is then lost.
/// What it throws ends the `run()` of an event loop, and is lost on a pool and
/// in a handle that is dropped after the task's end.
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
  /// Has the task ended? May be out of date when it says no.
  bool done() const noexcept {
    return Driver && state().Done.load(std::memory_order_acquire);
  }

  /// Asks the task to stop; it may be done already. The handle must have a
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

    /// A task that nobody has begun need not wait in its queue, nor the joiner
    /// for the end of one that does not suspend. Returns whether this is gone.
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

  /// Waits for the task, on the executor of the awaiting one; gives its value
  /// or throws what it threw. The handle must have a task. Once only, unless
  /// the wait was cancelled: a second join throws `std::logic_error`. Throws
  /// `Cancelled` if the awaiting task is asked to stop (the spawned one runs
  /// on) or the spawned one was destroyed with its loop, and
  /// `std::system_error(resource_deadlock_would_occur)` where a pool's last
  /// free worker would wait for work of the pool.
  JoinAwaiter operator co_await() && noexcept {
    assert(Driver && "joined without a task");
    return JoinAwaiter(*Driver);
  }

private:
  State &state() const noexcept { return State::of(*Driver); }

  detail::ChainPromise *Driver = nullptr;
};

/// Starts \p Work on \p Target soon, never before this returns. If the caller
/// then joins it before it spawns another one, it begins in the join. Any
/// thread. Throws `std::bad_alloc`.
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
