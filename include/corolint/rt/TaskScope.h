//===-- TaskScope.h - No task outlives its scope ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_TASKSCOPE_H
#define COROLINT_RT_TASKSCOPE_H

#include "corolint/rt/Result.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <exception>
#include <optional>
#include <stop_token>

namespace corolint::rt {

namespace detail {

/// The coroutine that drives one task of a scope; destroys itself at its end.
class ScopedTask {
public:
  struct promise_type final : AsyncPromise, Resumable {
    TaskContext Own;
    class TaskScopeBase *Scope = nullptr;
    Executor *Target = nullptr;
    promise_type *Prev = nullptr;
    promise_type *Following = nullptr;
    std::exception_ptr Error;

    promise_type() noexcept : Resumable(&start) { Context = &Own; }
    ScopedTask get_return_object() noexcept {
      return ScopedTask(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    auto final_suspend() const noexcept {
      struct Leave {
        bool await_ready() const noexcept { return false; }
        void
        await_suspend(std::coroutine_handle<promise_type> Self) const noexcept {
          leave(Self);
        }
        void await_resume() const noexcept {}
      };
      return Leave();
    }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { Error = std::current_exception(); }

    static void start(Resumable &Self, Action What);
    static void leave(std::coroutine_handle<promise_type> Self) noexcept;
  };

  explicit ScopedTask(std::coroutine_handle<promise_type> Made) noexcept
      : Handle(Made) {}
  ScopedTask(ScopedTask &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  ScopedTask &operator=(ScopedTask &&) = delete;
  ~ScopedTask() {
    if (Handle)
      Handle.destroy();
  }
  std::coroutine_handle<promise_type> Handle;
};

class TaskScopeBase {
public:
  TaskScopeBase() = default;
  TaskScopeBase(const TaskScopeBase &) = delete;
  TaskScopeBase &operator=(const TaskScopeBase &) = delete;

  class [[nodiscard]] JoinAwaiter final : private QueuedWaiter {
  public:
    explicit JoinAwaiter(TaskScopeBase &Scope) noexcept
        : QueuedWaiter(WaitKind::Task, Scope.Queue), Scope(Scope) {
      WaitsFor = &Scope;
    }
    bool await_ready() const noexcept { return Scope.idle(); }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      bind(Self);
      if (stopPossible())
        Forward.emplace(context()->Stop, Relay{&Scope});
      // The join itself is not cancelled: no task outlives its scope.
      return parkUncancelled([this]() noexcept { return Scope.Running == 0; });
    }
    void await_resume() {
      Forward.reset();
      finish();
      Scope.rethrow();
    }

  private:
    struct Relay {
      TaskScopeBase *Scope;
      void operator()() const noexcept { Scope->request_stop(); }
    };
    TaskScopeBase &Scope;
    std::optional<std::stop_callback<Relay>> Forward;
  };

  void request_stop() noexcept { Stopping.request_stop(); }

protected:
  ~TaskScopeBase();

  void start(ScopedTask Made, Executor &Target,
             const std::source_location &Site);
  static Executor &currentExecutor();
  bool idle() noexcept {
    Queue.lock().lock();
    const bool Idle = Running == 0 && !FirstError;
    Queue.lock().unlock();
    return Idle;
  }
  void rethrow() {
    if (FirstError)
      std::rethrow_exception(std::exchange(FirstError, nullptr));
  }

  std::stop_source Stopping;
  WaitQueue Queue; ///< Its lock guards what follows.
  std::size_t Running = 0;
  ScopedTask::promise_type *First = nullptr;
  std::exception_ptr FirstError;

private:
  friend ScopedTask::promise_type;
  void ended(ScopedTask::promise_type &Task) noexcept;
};

inline ScopedTask driveScoped(Task<void> Work) { co_await std::move(Work); }

} // namespace detail

/// Tasks that run side by side with the block that holds the scope, and never
/// outlive it:
///
///   TaskScope Scope;
///   Scope.spawn(serve(Client));
///   co_await Scope.join();
///
/// If one fails, the others are asked to stop, and `join()` throws its
/// exception. A scope that dies without a join asks its tasks to stop and
/// destroys them, which is possible only where they are suspended on the
/// current event loop: else the process is terminated. Prefer `with_scope`.
class TaskScope final : private detail::TaskScopeBase {
public:
  TaskScope() = default;
  ~TaskScope() = default;

  /// Starts \p Work soon on the current executor, never before this returns.
  /// Throws `std::bad_alloc`, or `std::system_error(operation_not_permitted)`
  /// if there is no current executor.
  void
  spawn(Task<void> Work,
        const std::source_location &Site = std::source_location::current()) {
    start(detail::driveScoped(std::move(Work)), currentExecutor(), Site);
  }
  /// Starts \p Work on \p Target soon. Throws `std::bad_alloc`.
  void
  spawn_on(Executor &Target, Task<void> Work,
           const std::source_location &Site = std::source_location::current()) {
    start(detail::driveScoped(std::move(Work)), Target, Site);
  }
  /// Awaited, waits until all tasks have ended, then throws the exception of
  /// the first that failed. If the awaiting task is asked to stop, so are they.
  JoinAwaiter join() noexcept { return JoinAwaiter(*this); }
  /// Asks the tasks to stop. Any thread.
  using detail::TaskScopeBase::request_stop;
  /// The token of the tasks: `request_stop()` stops it.
  std::stop_token stop_token() const noexcept { return Stopping.get_token(); }
  /// Tasks that have not ended.
  std::size_t tasks() noexcept {
    Queue.lock().lock();
    const std::size_t Count = Running;
    Queue.lock().unlock();
    return Count;
  }

private:
  friend JoinAwaiter;
};

/// Calls \p Body, a callable that takes a `TaskScope &` and returns a task, and
/// joins the scope whatever becomes of it: if \p Body throws, its tasks are
/// asked to stop first. Gives what \p Body returns.
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
  } catch (...) {
    JoinError = std::current_exception();
  }
  if (JoinError && !Outcome.failed())
    std::rethrow_exception(JoinError);
  co_return Outcome.take();
}

} // namespace corolint::rt

#endif // COROLINT_RT_TASKSCOPE_H
