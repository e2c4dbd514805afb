//===-- EventLoop.h - One thread's loop -------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_EVENTLOOP_H
#define COROLINT_RT_EVENTLOOP_H

#include "corolint/rt/Executor.h"
#include "corolint/rt/RootTask.h"
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

namespace detail {
class DescriptorTable;
class DescriptorWaiter;
class LoopWaiter;
class PrivateLoop;
class TaskScopeBase;
} // namespace detail

/// An event loop: one thread that resumes coroutines, fires timers, watches
/// descriptors (epoll) and takes work from other threads (eventfd).
///
/// The thread that calls a `run` function is the loop's own until that returns.
/// Members are for that thread unless they say otherwise. Errors of the kernel
/// are `std::system_error`.
class EventLoop final : public Executor {
public:
  using Clock = std::chrono::steady_clock;

  EventLoop();
  /// Destroys the tasks that were not finished, and what they await. No other
  /// thread may still use the loop.
  ~EventLoop();

  /// The loop whose code runs on this thread, or null.
  static EventLoop *current() noexcept { return detail::ThisThread.Loop; }
  EventLoop *as_loop() noexcept override { return this; }

  /// Runs until no task and no other work is left, or until `stop()`. Throws
  /// the first exception that left a spawned task or a posted function;
  /// `std::system_error(resource_deadlock_would_occur)` if the loop runs
  /// already. On a thread that runs another loop, that one waits meanwhile.
  COROLINT_YIELDS COROLINT_SYNC_WAIT void
  run(const std::source_location &Call = std::source_location::current());

  /// Runs \p Main to its end, then asks the other tasks to stop, runs until
  /// they have, and returns what \p Main returned (throws what it threw). Tasks
  /// that neither end nor can go on are destroyed.
  template <class T>
  COROLINT_YIELDS COROLINT_SYNC_WAIT T
  run(Task<T> Main,
      const std::source_location &Call = std::source_location::current());

  /// Runs what is ready now, and returns whether anything was. Never sleeps.
  COROLINT_YIELDS COROLINT_NONBLOCKING bool
  poll(const std::source_location &Call = std::source_location::current());

  /// Makes `run()` return soon. Any thread.
  COROLINT_NONBLOCKING void stop() noexcept;

  /// Asks every task to stop, runs until they are done, destroys those that
  /// cannot go on.
  COROLINT_YIELDS COROLINT_SYNC_WAIT void
  shutdown(const std::source_location &Call = std::source_location::current());

  /// Starts \p Work soon; the loop owns it. What it throws ends `run()`, except
  /// `Cancelled`. Any thread. Throws `std::bad_alloc`.
  COROLINT_NONBLOCKING void
  spawn(Task<void> Work,
        const std::source_location &Site = std::source_location::current());

  COROLINT_NONBLOCKING void enqueue(Resumable &Work) noexcept override;

  /// The token of spawned tasks: `shutdown()` stops it.
  std::stop_token stop_token() const noexcept { return Stopping.get_token(); }

  /// Stands for what another thread will still do: while one lives, the loop
  /// waits for it instead of calling it a day, and is not quiescent. Any
  /// thread.
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

  /// How many spawned tasks are not finished.
  std::size_t tasks() const noexcept { return NumRoots; }

private:
  friend class AsyncMutex;
  friend class detail::DescriptorTable;
  friend class detail::DescriptorWaiter;
  friend class detail::PrivateLoop;
  friend class detail::TaskScopeBase;
  friend class ScheduleAwaiter;
  friend class SleepAwaiter;
  friend class Socket;
  friend class detail::LoopWaiter;
  friend class detail::Waiter;
  friend struct detail::RootPromise;
  friend struct detail::TaskContext;

  struct ReadyQueue {
    Resumable *First = nullptr;
    Resumable *Last = nullptr;

    bool empty() const noexcept { return !First; }
    void push(Resumable &Work) noexcept {
      Work.Next = nullptr;
      (Last ? Last->Next : First) = &Work;
      Last = &Work;
    }
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
  enum class Until { Idle, Done, Quiet };

  static constexpr unsigned ResumesPerRound = 64;

  void runLoop(Until End, const bool *Done);
  void runSome();
  void resume(Resumable &Work);
  bool waitsForOutside() const noexcept;
  void sleep();
  bool sleepAtMost(std::optional<std::chrono::nanoseconds> Limit);
  bool isStuck() const noexcept;
  detail::DescriptorTable &descriptors();
  void takeRemote() noexcept;
  bool fireTimers() noexcept;
  void pushRemote(Resumable &Work) noexcept;
  void wakeUp() noexcept;
  void forget(Resumable &Work) noexcept;
  void discardQueue() noexcept;
  void destroyRoots() noexcept;
  std::vector<const detail::Waiter *> waiting() const;
  void reportQuiescence();
  void failWith(std::exception_ptr Error) noexcept;
  void checkEntry(const char *Function, const std::source_location &Call);

  void adopt(detail::RootTask Root) noexcept override;
  void runMain(detail::RootTask Root, bool &Done);
  void drain();
  void link(detail::RootPromise &Root) noexcept;
  void unlink(detail::RootPromise &Root) noexcept;

  void addOutstanding() noexcept {
    Outstanding.fetch_add(1, std::memory_order_relaxed);
  }
  void removeOutstanding() noexcept;

  // The loop's thread only.
  ReadyQueue Ready;
  detail::TimerHeap Timers;
  std::shared_ptr<detail::DescriptorTable> Descriptors;
  /// The pool whose worker is blocked while this loop runs, if any.
  ThreadPool *BlockedPool = nullptr;
  detail::RootPromise *Roots = nullptr;
  std::size_t NumRoots = 0;
  detail::Waiter *Parked = nullptr;
  std::exception_ptr FirstError;
  bool IsRunning = false;
  bool EndRound = false;
  /// The tasks were reported to be stuck, and none has run since.
  bool ReportedStuck = false;
  detail::Heartbeat Beat;

  // Any thread.
  std::stop_source Stopping;
  std::atomic<bool> StopRequested{false};
  std::atomic<Resumable *> Remote{nullptr};
  std::atomic<bool> Sleeping{false};
  std::atomic<std::uint32_t> Visitors{0};
  std::atomic<std::uint32_t> Outstanding{0};
};

namespace detail {

/// Awaits \p Main and keeps what comes of it.
template <class T> RootTask driveMain(Task<T> Main, Result<T> &Outcome) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(Main);
      Outcome.set();
    } else {
      Outcome.set(co_await std::move(Main));
    }
  } catch (...) {
    Outcome.fail(std::current_exception());
  }
}

/// A waiter that only its loop's thread ever wakes. A stop from another thread
/// is passed to the loop first.
class LoopWaiter : public StoppableWaiter {
protected:
  explicit LoopWaiter(WaitKind Kind) noexcept
      : StoppableWaiter(Kind, &cancelOnLoop), Stopper(&stopHere) {
    Stopper.Owner = this;
  }
  ~LoopWaiter() { disarm(); }

  /// Binds to the current loop, throwing
  /// `std::system_error(operation_not_permitted)` if there is none. Returns
  /// false if the task was asked to stop already.
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
  /// Leaves the heap or list; the loop's thread.
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
  static void cancelOnLoop(StoppableWaiter &Self) noexcept;
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
  bool Done = false;
  detail::RootTask Root = detail::driveMain(std::move(Main), Outcome);
  Root.promise().Own.Spawned = Call;
  runMain(std::move(Root), Done);
  return Outcome.take();
}

} // namespace corolint::rt

#endif // COROLINT_RT_EVENTLOOP_H
