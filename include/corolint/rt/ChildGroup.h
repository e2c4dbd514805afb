//===-- ChildGroup.h - Tasks that run side by side --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CHILDGROUP_H
#define COROLINT_RT_CHILDGROUP_H

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/Result.h"
#include "corolint/rt/StopRelay.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/Waiter.h"
#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>

namespace corolint::rt::detail {

/// Starts child tasks and resumes its coroutine when all of them are done, on
/// the executor where it waits. The first child that fails (or, if
/// \p StopAtFirst, the first that ends) makes the group ask the others to stop.
class ChildGroup final : private Waiter,
                         private ChainOwner,
                         private ContextPart {
public:
  explicit ChildGroup(bool StopAtFirst)
      : Waiter(WaitKind::Task), StopAtFirst(StopAtFirst) {}
  ~ChildGroup() { leave(); }
  ChildGroup(const ChildGroup &) = delete;
  ChildGroup &operator=(const ChildGroup &) = delete;

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

  /// An awaitable that runs all \p Children until they are done.
  class RunAwaiter {
  public:
    RunAwaiter(ChildGroup &Group, std::span<ChainTask> Children) noexcept
        : Group(Group), Children(Children) {}
    bool await_ready() const noexcept { return Children.empty(); }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      Group.bind(Self);
      return Group.start(Children);
    }
    void await_resume() noexcept {
      Group.OnStop.reset();
      Group.leave();
      Group.resumed();
    }

  private:
    ChildGroup &Group;
    std::span<ChainTask> Children;
  };
  RunAwaiter run(std::span<ChainTask> Children) noexcept {
    return RunAwaiter(*this, Children);
  }

private:
  bool start(std::span<ChainTask> Started);
  /// Has a child of a race ended?
  bool isDecided() const noexcept { return StopAtFirst && first() != None; }
  std::coroutine_handle<> chainEnded(ChainPromise &Chain) noexcept override;
  void chainDropped(ChainPromise &) noexcept override {
    // The group's coroutine owns the chain and is destroyed as well.
  }
  TaskContext *nextToDestroy() noexcept override;
  void leave() noexcept {
    if (TaskContext *Awaiting = context())
      Awaiting->leavePart(*this);
  }

  std::span<ChainTask> Children;
  std::stop_source Stop;
  std::optional<std::stop_callback<StopRelay>> OnStop;
  std::atomic<std::size_t> Running{0};
  std::atomic<std::size_t> First{None};
  const bool StopAtFirst;
};

/// Holds the result of one child; its driver stores it there.
template <class T> class ChildResult {
public:
  ChildResult(Result<T> &Kept, ChildGroup &Group, std::size_t Index) noexcept
      : Kept(Kept), Group(Group), Index(Index) {}
  ChildResult *operator->() noexcept { return this; }
  template <class... U> void set(U &&...Value) {
    Kept.set(std::forward<U>(Value)...);
    Group.finished(Index, /*Failed=*/false);
  }
  void fail(std::exception_ptr Error) noexcept {
    Kept.fail(std::move(Error));
    Group.finished(Index, /*Failed=*/true);
  }

private:
  Result<T> &Kept;
  ChildGroup &Group;
  std::size_t Index;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_CHILDGROUP_H
