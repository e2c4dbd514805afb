//===-- ChildGroup.h - Tasks that run side by side --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CHILDGROUP_H
#define COROLINT_RT_CHILDGROUP_H

#include "corolint/rt/Result.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>

namespace corolint::rt::detail {

class ChildGroup;

/// The coroutine that drives one child of a group, with a context of its own.
class ChildTask {
public:
  struct promise_type final : AsyncPromise {
    TaskContext Own;
    ChildGroup *Group = nullptr;

    promise_type() noexcept { Context = &Own; }
    ChildTask get_return_object() noexcept {
      return ChildTask(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    auto final_suspend() const noexcept {
      struct Arrive {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<>
        await_suspend(std::coroutine_handle<promise_type> Self) const noexcept {
          return arrive(Self);
        }
        void await_resume() const noexcept {}
      };
      return Arrive();
    }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }

  private:
    static std::coroutine_handle<>
    arrive(std::coroutine_handle<promise_type> Self) noexcept;
  };

  ChildTask(ChildTask &&Other) noexcept
      : Handle(std::exchange(Other.Handle, nullptr)) {}
  ChildTask &operator=(ChildTask &&) = delete;
  ~ChildTask() {
    if (Handle)
      Handle.destroy();
  }

private:
  friend ChildGroup;
  explicit ChildTask(std::coroutine_handle<promise_type> Made) noexcept
      : Handle(Made) {}
  std::coroutine_handle<promise_type> Handle;
};

/// Starts children and continues its coroutine when all of them are done, on
/// the executor where it waits. The first one that fails (or, if
/// \p StopAtFirst, that ends at all) has the others asked to stop.
class ChildGroup final : private Waiter {
public:
  explicit ChildGroup(bool StopAtFirst)
      : Waiter(WaitKind::Task), StopAtFirst(StopAtFirst) {}

  static constexpr std::size_t None = std::size_t(-1);
  /// The first child that failed, or ended.
  std::size_t first() const noexcept {
    return First.load(std::memory_order_relaxed);
  }

  /// Called by child number \p Index when it is done.
  void finished(std::size_t Index, bool Failed) noexcept {
    if (!Failed && !StopAtFirst)
      return;
    std::size_t Expected = None;
    if (First.compare_exchange_strong(Expected, Index,
                                      std::memory_order_relaxed))
      Stop.request_stop();
  }

  /// An awaitable that runs all \p Children to their end.
  class RunAwaiter {
  public:
    RunAwaiter(ChildGroup &Group, std::span<ChildTask> Children) noexcept
        : Group(Group), Children(Children) {}
    bool await_ready() const noexcept { return Children.empty(); }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      Group.bind(Self);
      return Group.start(Children);
    }
    void await_resume() noexcept {
      Group.OnStop.reset();
      Group.resumed();
    }

  private:
    ChildGroup &Group;
    std::span<ChildTask> Children;
  };
  RunAwaiter run(std::span<ChildTask> Children) noexcept {
    return RunAwaiter(*this, Children);
  }

private:
  friend ChildTask::promise_type;

  struct Forward {
    ChildGroup *Self;
    void operator()() const noexcept { Self->Stop.request_stop(); }
  };

  bool start(std::span<ChildTask> Children);
  std::coroutine_handle<> arrive() noexcept;

  std::stop_source Stop;
  std::optional<std::stop_callback<Forward>> OnStop;
  std::atomic<std::size_t> Running{0};
  std::atomic<std::size_t> First{None};
  const bool StopAtFirst;
};

inline std::coroutine_handle<> ChildGroup::arrive() noexcept {
  if (Running.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return std::noop_coroutine();
  if (ThisThread.Exec == Exec) [[likely]]
    return Handle;
  Exec->enqueue(*this);
  return std::noop_coroutine();
}

/// Drives child number \p Index.
template <class T>
ChildTask runChild(Task<T> Work, Result<T> &Outcome, ChildGroup &Group,
                   std::size_t Index) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(Work);
      Outcome.set();
    } else {
      Outcome.set(co_await std::move(Work));
    }
  } catch (...) {
    Outcome.fail(std::current_exception());
  }
  Group.finished(Index, Outcome.failed());
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_CHILDGROUP_H
