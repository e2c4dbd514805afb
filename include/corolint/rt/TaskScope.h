//===-- TaskScope.h - Tasks that never outlive a block ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_TASKSCOPE_H
#define COROLINT_RT_TASKSCOPE_H

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/StopRelay.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <exception>
#include <optional>
#include <stop_token>

namespace corolint::rt {

namespace detail {

class TaskScopeBase : public ListLinks<TaskScopeBase, EventLoop> {
public:
  TaskScopeBase() = default;
  TaskScopeBase(const TaskScopeBase &) = delete;
  TaskScopeBase &operator=(const TaskScopeBase &) = delete;

  class [[nodiscard]] JoinAwaiter final : private QueuedWaiter {
  public:
    explicit JoinAwaiter(TaskScopeBase &Scope) noexcept
        : QueuedWaiter(WaitKind::Task, Scope.Queue, IgnoresStop), Scope(Scope) {
      WaitsFor = &Scope;
    }
    bool await_ready() const noexcept {
      return Scope.idle() && !ThisThread.outOfBudget();
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      bind(Self);
      if (stopPossible())
        OnStop.emplace(context()->stopToken(), StopTasks{this});
      // A stop does not end the wait, because no task may outlive its scope.
      return parkUncancelled([this]() noexcept {
        if (Scope.NumRunning != 0)
          return false;
        Stopped = false;
        return true;
      });
    }
    void await_resume() {
      OnStop.reset();
      finish();
      Scope.rethrow();
      if (Stopped)
        throw Cancelled();
    }

  private:
    struct StopTasks {
      JoinAwaiter *Self;
      void operator()() const noexcept { Self->stopTasks(); }
    };
    /// Runs on the thread that asks the joining task to stop.
    void stopTasks() noexcept {
      Scope.Queue.lock().lock();
      Stopped = settlement() == Settlement::Open;
      Scope.Queue.lock().unlock();
      relayStop(Scope.Stopping);
    }

    TaskScopeBase &Scope;
    std::optional<std::stop_callback<StopTasks>> OnStop;
    bool Stopped = false; ///< While tasks were left. Under the queue's lock.
  };

  void request_stop() noexcept { Stopping.request_stop(); }

protected:
  ~TaskScopeBase();

  void start(ChainTask Made, Executor &Target,
             const std::source_location &Site);
  static Executor &currentExecutor();
  bool idle() noexcept {
    Queue.lock().lock();
    const bool Idle = NumRunning == 0 && !FirstError;
    Queue.lock().unlock();
    return Idle;
  }
  void rethrow() {
    if (FirstError)
      std::rethrow_exception(std::exchange(FirstError, nullptr));
  }

  std::stop_source Stopping;
  WaitQueue Queue; ///< Its lock guards the members below.
  /// The number of tasks in `Running` plus those that are being destroyed.
  std::size_t NumRunning = 0;
  ChainList Running;
  std::exception_ptr FirstError;

private:
  /// Is notified when tasks end; lives while the destructor waits for them.
  struct Owner final : ChainOwner {
    explicit Owner(TaskScopeBase &Scope) noexcept : Scope(Scope) {}
    std::coroutine_handle<> chainEnded(ChainPromise &Chain) noexcept override {
      Scope.gone(Chain);
      return std::noop_coroutine();
    }
    void chainDropped(ChainPromise &Chain) noexcept override {
      Scope.gone(Chain);
    }
    TaskScopeBase &Scope;
  };
  Owner Tasks{*this};

  friend EventLoop;

  void gone(ChainPromise &Chain) noexcept;
  void endTasks() noexcept;
  bool destroyOneHere() noexcept;
  bool hasTasksOf(const EventLoop &Loop) noexcept;

  /// The loop that first started a task of this scope, and lists the scope. It
  /// may end before the scope does; then it destroys the tasks.
  EventLoop *ListedBy = nullptr;
  bool StoppedByLoop = false;
};

} // namespace detail

/// Tasks that run side by side with the block that holds the scope, and never
/// outlive it:
///
///   TaskScope Scope;
///   Scope.spawn(serve(Client));
///   co_await Scope.join();
///
/// If one fails, the others are asked to stop, and `join()` throws its
/// exception. A scope that is destroyed without a join asks its tasks to stop,
/// destroys those that are suspended on the current event loop, and blocks
/// until the others have ended or returned to the loop. If that would block
/// forever, on a worker of the pool that must run them, the process is
/// terminated. Prefer `with_scope`.
///
/// A scope may outlive the loop of its tasks, for example as a member of a
/// server. Once all other tasks of a loop have ended, its `shutdown()` asks the
/// scopes with remaining tasks to stop, and waits for them.
class TaskScope final : private detail::TaskScopeBase {
public:
  TaskScope() = default;
  ~TaskScope() = default;

  /// Starts \p Work soon on the current executor, never before this returns.
  /// The handle may be dropped: `join()` throws the task's exception in any
  /// case. Throws `std::bad_alloc`, or
  /// `std::system_error(operation_not_permitted)` if there is no current
  /// executor.
  template <class T>
  JoinHandle<T>
  spawn(Task<T> Work,
        const std::source_location &Site = std::source_location::current()) {
    return startJoined(currentExecutor(), std::move(Work), Site);
  }
  /// Starts \p Work on \p Target soon. Throws `std::bad_alloc`, and
  /// `std::system_error(resource_deadlock_would_occur)` in a `sync_wait` or
  /// `run_isolated` that blocks the last free worker of the pool \p Target,
  /// which cannot grow.
  template <class T>
  JoinHandle<T>
  spawn_on(Executor &Target, Task<T> Work,
           const std::source_location &Site = std::source_location::current()) {
    return startJoined(Target, std::move(Work), Site);
  }
  /// Awaited, waits until all tasks have ended, then throws the exception of
  /// the first one that failed. If the awaiting task is asked to stop
  /// meanwhile, the tasks are asked to stop as well, and if none of them
  /// failed, `Cancelled` is thrown. If several coroutines join, all of them
  /// continue, and one gets the exception.
  JoinAwaiter join() noexcept { return JoinAwaiter(*this); }
  /// Asks the tasks to stop. Any thread.
  using detail::TaskScopeBase::request_stop;
  /// The token of the tasks: `request_stop()` stops it.
  std::stop_token stop_token() const noexcept { return Stopping.get_token(); }
  /// The number of tasks that have not ended.
  std::size_t tasks() noexcept {
    Queue.lock().lock();
    const std::size_t Count = NumRunning;
    Queue.lock().unlock();
    return Count;
  }

private:
  friend JoinAwaiter;

  template <class T>
  JoinHandle<T> startJoined(Executor &Target, Task<T> Work,
                            const std::source_location &Site) {
    detail::ChainTask Root = detail::driveJoined(
        detail::JoinState<T>(Target, std::move(Work), /*InScope=*/true));
    JoinHandle<T> Handle(Root.promise());
    start(std::move(Root), Target, Site);
    return Handle;
  }
};

/// Calls \p Body, a callable that takes a `TaskScope &` and returns a task, and
/// always joins the scope: if \p Body throws, the tasks of the scope are asked
/// to stop first. Returns the result of \p Body even if the join is cancelled,
/// so that a value is not lost.
template <class F>
auto with_scope(F Body)
    -> Task<typename std::invoke_result_t<F &, TaskScope &>::value_type> {
  using T = typename std::invoke_result_t<F &, TaskScope &>::value_type;
  TaskScope Scope;
  detail::Result<T> Outcome;
  try {
    if constexpr (std::is_void_v<T>) {
      co_await Body(Scope);
      Outcome.set();
    } else {
      Outcome.set(co_await Body(Scope));
    }
  } catch (...) {
    Outcome.fail(std::current_exception());
    Scope.request_stop();
  }
  std::exception_ptr JoinError;
  try {
    co_await Scope.join();
  } catch (const Cancelled &) {
    if constexpr (std::is_void_v<T>)
      JoinError = std::current_exception();
  } catch (...) {
    JoinError = std::current_exception();
  }
  if (JoinError && !Outcome.failed())
    std::rethrow_exception(JoinError);
  co_return Outcome.take();
}

} // namespace corolint::rt

#endif // COROLINT_RT_TASKSCOPE_H
