//===-- EventLoop.h - A single-threaded event loop --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_EVENTLOOP_H
#define COROLINT_RT_EVENTLOOP_H

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/Executor.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/TimerHeap.h"
#include "corolint/rt/Waiter.h"
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace corolint::rt {

class AsyncMutex;
class ScheduleAwaiter;
template <class T> class JoinHandle;

namespace detail {
class DescriptorTable;
class DescriptorWaiter;
class JoinStateBase;
class LoopWaiter;
class PrivateLoop;
class TaskScopeBase;
} // namespace detail

/// The clock that a loop's timers use.
enum class LoopTime : bool {
  Real,    ///< The time of `std::chrono::steady_clock`.
  Virtual, ///< For tests: does not advance while anything runs or could run,
           ///< here or, on the loop's behalf, elsewhere; then jumps to the next
           ///< timer.
};

/// An event loop: one thread that resumes coroutines, fires timers, watches
/// descriptors (epoll) and accepts work from other threads (eventfd).
///
/// The thread that calls a `run` function owns the loop until that returns.
/// Members are for that thread unless documented otherwise. Errors of the
/// kernel are thrown as `std::system_error`.
class EventLoop final : public Executor {
public:
  using Clock = std::chrono::steady_clock;

  explicit EventLoop(LoopTime Time = LoopTime::Real);
  /// Destroys unfinished tasks and everything they await; they may wait for one
  /// another. First waits, as `shutdown()` does, for tasks of the loop that are
  /// elsewhere and for tasks of other executors that are here. No other thread
  /// may still use the loop.
  ~EventLoop();

  /// The loop that runs this code, or null.
  static EventLoop *current() noexcept { return detail::ThisThread.Loop; }
  EventLoop *as_loop() noexcept override { return this; }

  /// Runs until no task and no other work is left, or until `stop()`. Throws
  /// the first exception that left a spawned task or a posted function, and
  /// `std::system_error(resource_deadlock_would_occur)` if the loop is already
  /// running. If the thread runs another loop, that one waits meanwhile.
  COROLINT_YIELDS COROLINT_SYNC_WAIT void
  run(const std::source_location &Call = std::source_location::current());

  /// Runs \p Main to its end, then acts as `shutdown()`. Returns the result of
  /// \p Main or throws its exception.
  template <class T>
  COROLINT_YIELDS COROLINT_SYNC_WAIT T
  run(Task<T> Main,
      const std::source_location &Call = std::source_location::current());

  /// Runs all work that is ready now. Returns whether there was any. Never
  /// sleeps.
  COROLINT_YIELDS COROLINT_NONBLOCKING bool
  poll(const std::source_location &Call = std::source_location::current());

  /// Makes the current `run()` return soon, or the first one if none has begun,
  /// since its thread may be late. Has no effect between runs. Any thread.
  COROLINT_NONBLOCKING void stop() noexcept;

  /// Asks every task to stop and runs until they are done, wherever they are.
  /// Tasks of other executors that wait on this loop get `Cancelled`, unless
  /// they are `uncancellable`. Destroys tasks that cannot make progress: those
  /// that ignore the stop and wait for nothing that the loop knows of, while no
  /// other loop, no pool and no blocking job is active.
  COROLINT_YIELDS COROLINT_SYNC_WAIT void
  shutdown(const std::source_location &Call = std::source_location::current());

  /// Starts \p Work soon; the loop owns it. The handle may be dropped: an
  /// exception of a task without a handle ends `run()`, except `Cancelled`. Any
  /// thread. Throws `std::bad_alloc`. Defined in JoinHandle.h.
  template <class T>
  COROLINT_NONBLOCKING JoinHandle<T>
  spawn(Task<T> Work,
        const std::source_location &Site = std::source_location::current());

  COROLINT_NONBLOCKING void enqueue(Resumable &Work) noexcept override;
  COROLINT_NONBLOCKING bool take_back(Resumable &Work) noexcept override {
    return detail::ThisThread.Loop == this && Ready.takeLast(Work);
  }

  /// Awaited, continues the coroutine on the loop; if it is there already,
  /// other coroutines run first. See `resume_on`.
  ScheduleAwaiter schedule() noexcept;

  /// The loop's time, from which its tasks compute deadlines. Virtual time
  /// starts at the real time. The loop's thread.
  Clock::time_point now() const noexcept {
    return VirtualNow ? *VirtualNow : Clock::now();
  }

  /// The token of spawned tasks; `shutdown()` requests the stop.
  std::stop_token stop_token() const noexcept { return Stopping.get_token(); }

  /// Represents pending work of another thread. While one lives, the loop keeps
  /// running and is not quiescent. Any thread.
  class WorkGuard {
  public:
    explicit WorkGuard(EventLoop &Loop) noexcept : Loop(&Loop) {
      Loop.addOutstanding();
    }
    WorkGuard(WorkGuard &&Other) noexcept
        : Loop(std::exchange(Other.Loop, nullptr)) {}
    WorkGuard &operator=(WorkGuard &&) = delete;
    ~WorkGuard() {
      if (Loop)
        Loop->removeOutstanding();
    }

  private:
    EventLoop *Loop;
  };

  /// The number of spawned tasks that are not finished.
  std::size_t tasks() const noexcept { return Roots.size(); }

  /// Returns the coroutines that wait on the loop, in the order in which their
  /// waits began. For observers of the loop.
  COROLINT_NONBLOCKING std::vector<const detail::Waiter *> waiting() const;

private:
  friend struct detail::ChainPromise;
  friend class detail::DescriptorTable;
  friend class detail::DescriptorWaiter;
  friend class detail::JoinStateBase;
  friend class detail::PrivateLoop;
  friend class detail::TaskScopeBase;
  friend class ThreadPool;
  friend class ScheduleAwaiter;
  friend class SleepAwaiter;
  friend class Socket;
  friend class detail::LoopWaiter;
  friend class detail::Waiter;

  struct ReadyQueue {
    Resumable *First = nullptr;
    Resumable *Last = nullptr;
    Resumable *BeforeLast = nullptr; ///< If known.

    bool empty() const noexcept { return !First; }
    void push(Resumable &Work) noexcept {
      Work.Next = nullptr;
      (Last ? Last->Next : First) = &Work;
      BeforeLast = std::exchange(Last, &Work);
    }
    bool takeLast(Resumable &Work) noexcept;
    Resumable &pop() noexcept {
      Resumable &Work = *First;
      First = Work.Next;
      if (!First)
        Last = nullptr;
      return Work;
    }
    bool remove(Resumable &Work) noexcept;
  };

  class Running;
  class MainTask;
  enum class Until { Idle, Done, Quiet };

  static constexpr unsigned ResumesPerRound = 64;
  /// The number of short rounds before the loop checks timers and descriptors,
  /// even if timers and other threads keep adding work. Large enough to hide
  /// the cost of a system call.
  static constexpr unsigned ShortRounds = 16;

  void runLoop(Until End, const bool *Done);
  void runSome();
  void resume(Resumable &Work, bool Nested);
  bool waitsForOutside() const noexcept;
  bool skipToTimer(Clock::time_point &Now);
  void sleep();
  void sleepDraining();
  bool sleepAtMost(std::optional<std::chrono::nanoseconds> Limit);
  bool isStuck() const noexcept;
  detail::DescriptorTable &descriptors();
  void takeRemote() noexcept;
  bool fireTimers() noexcept;
  void serveNow();
  void pushRemote(Resumable &Work) noexcept;
  void wakeUp() noexcept;
  void discardQueue() noexcept;
  bool hasTasks() noexcept;
  void destroyTasks() noexcept;
  void destroyScopesTasks() noexcept;
  void abandonWaits() noexcept;
  void list(detail::TaskScopeBase &Scope) noexcept;
  void unlist(detail::TaskScopeBase &Scope) noexcept;
  detail::TaskScopeBase *scopeWithTasks(bool NotStopped = false) noexcept;
  bool stopScopes() noexcept;
  void letScopesGoOn() noexcept;
  bool cancelVisitors() noexcept;
  void reportStuck();
  void failWith(std::exception_ptr Error) noexcept;
  void checkEntry(const char *Function, const std::source_location &Call);

  void adopt(detail::ChainTask Root) noexcept override;
  void adopt(detail::ChainTask Root, detail::ChainOwner &Owner) noexcept;
  void chainStarts(detail::ChainPromise &Chain) noexcept override;
  std::coroutine_handle<>
  chainEnded(detail::ChainPromise &Chain) noexcept override;
  void forget(Resumable &Work) noexcept override;
  void hold() noexcept override;
  void letGo() noexcept override;
  void runMain(detail::ChainTask Root);
  void beginRun() noexcept;
  void drain();

  void addOutstanding() noexcept {
    Outstanding.fetch_add(1, std::memory_order_relaxed);
  }
  void removeOutstanding() noexcept;

  /// A call from another thread; the loop's destructor waits for its end.
  class Visit;

  // Used by the loop's thread only.
  ReadyQueue Ready;
  detail::TimerHeap Timers;
  std::optional<Clock::time_point> VirtualNow;
  std::shared_ptr<detail::DescriptorTable> Descriptors;
  /// The pool whose worker is blocked while this loop runs, if any.
  ThreadPool *BlockedPool = nullptr;
  detail::ChainList Roots;
  std::exception_ptr FirstError;
  bool IsRunning = false;
  bool EndRound = false;
  bool HasRun = false;
  unsigned RoundsSinceServed = 0;
  /// The loop reported its tasks as stuck, and no task has run since.
  bool ReportedStuck = false;
  detail::Heartbeat Beat;

  // Used by any thread.
  std::stop_source Stopping;
  std::atomic<bool> StopRequested{false};
  std::atomic<Resumable *> Remote{nullptr};
  std::atomic<bool> Sleeping{false};
  std::atomic<std::uint32_t> Visitors{0};
  /// The number of pending events elsewhere that may wake a task of the loop,
  /// see `WorkGuard`.
  std::atomic<std::uint32_t> Outstanding{0};
  /// The number of tasks of the loop that are elsewhere and tasks of others
  /// that are here. They depend on the loop, so meanwhile it neither destroys
  /// tasks nor ends.
  std::atomic<std::uint32_t> Held{0};
  /// The scopes in which tasks of this loop were started. They may outlive the
  /// loop.
  detail::SmallLock ScopesLock;
  detail::IntrusiveList<detail::TaskScopeBase, EventLoop> Scopes;
};

namespace detail {

/// A waiter that only the thread of its loop wakes. A stop from another thread
/// is first passed to the loop.
class LoopWaiter : public StoppableWaiter {
protected:
  explicit LoopWaiter(WaitKind Kind) noexcept
      : StoppableWaiter(Kind, OnLoop), Stopper(&stopHere) {
    Stopper.Owner = this;
  }
  ~LoopWaiter() {
    if (Loop)
      disarm();
  }

  /// Binds to the current loop. Throws
  /// `std::system_error(operation_not_permitted)` if there is none. Returns
  /// false if the task was already asked to stop.
  template <class P> bool arm(std::coroutine_handle<P> Self) {
    bind(Self);
    Loop = requireLoop();
    if (!stopPossible()) [[likely]]
      return true;
    return armStop();
  }
  void finish() {
    if (Loop)
      disarm();
    resumed();
    if (WasCancelled) [[unlikely]]
      throw Cancelled();
  }
  /// Called after `arm` returned false. The await is over, unless the coroutine
  /// has used up its share of the thread. Returns whether to suspend.
  bool suspendRefused() noexcept {
    if (!ThisThread.outOfBudget()) [[likely]]
      return false;
    wake();
    return true;
  }
  /// Leaves the heap or list. On the loop's thread.
  virtual void detach() noexcept = 0;
  /// Continues the coroutine.
  void wake() noexcept { Loop->enqueue(*this); }

  EventLoop *Loop = nullptr;

private:
  struct StopMessage : Resumable {
    using Resumable::Resumable;
    LoopWaiter *Owner = nullptr;
  };

  static EventLoop *requireLoop();
  static void cancelOnLoop(Waiter &Self) noexcept;
  static void abandonOnLoop(Waiter &Self) noexcept;
  static constexpr WaitActions OnLoop{&cancelOnLoop, nullptr, &abandonOnLoop};
  static void stopHere(Resumable &Message, Action What);
  bool armStop();
  void disarm() noexcept {
    unlisten();
    if (Stopper.Where.load(std::memory_order_relaxed) != Place::Nowhere)
        [[unlikely]]
      Loop->forget(Stopper);
  }
  void cancelHere() noexcept;

  StopMessage Stopper;
};

} // namespace detail

template <class T>
T EventLoop::run(Task<T> Main, const std::source_location &Call) {
  checkEntry("run", Call);
  detail::Result<T> Outcome;
  detail::ChainTask Root = detail::driveInto(&Outcome, std::move(Main));
  Root.promise().Own.Spawned = Call;
  runMain(std::move(Root));
  return Outcome.take();
}

} // namespace corolint::rt

#endif // COROLINT_RT_EVENTLOOP_H
