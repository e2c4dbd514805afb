//===-- SyncWait.h - Waiting on a thread ------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SYNCWAIT_H
#define COROLINT_RT_SYNCWAIT_H

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Task.h"
#include "corolint/rt/ThreadPool.h"

namespace corolint::rt {

namespace detail {

/// An event loop for one task, on a thread that has better things to do.
class PrivateLoop {
public:
  /// If the thread is a pool's worker, that one is blocked meanwhile.
  explicit PrivateLoop(const std::source_location &Call);
  ~PrivateLoop();
  PrivateLoop(const PrivateLoop &) = delete;
  PrivateLoop &operator=(const PrivateLoop &) = delete;

  /// Runs \p Work to its end. Only coroutines of this loop run meanwhile.
  template <class T> T run(Task<T> Work, const std::source_location &Call) {
    Result<T> Outcome;
    ChainTask Root = driveInto(&Outcome, std::move(Work));
    Root.promise().Own.Spawned = Call;
    drive(std::move(Root));
    return Outcome.take();
  }

  /// Throws `std::system_error(resource_deadlock_would_occur)` on a loop's
  /// thread.
  static void refuseOnLoop();

private:
  COROLINT_NO_YIELD void drive(ChainTask Root);

  EventLoop Loop;
  Heartbeat *Outer;
  WorkerBlocked Blocked;
  /// The same if this loop runs within another private one.
  ThreadPool *BlockedPool;
  ContextScope Context;
};

} // namespace detail

/// Runs \p Work to its end on this thread, which blocks where \p Work waits,
/// and returns its value or throws what it threw. \p Work has an event loop of
/// its own meanwhile.
///
/// Where that would deadlock it throws
/// `std::system_error(resource_deadlock_would_occur)`: on the thread of a
/// running event loop (at once), and on the last free worker of a bounded pool
/// for work of that pool (in \p Work, where it asks the pool to go on). On an
/// executor's thread it breaks a contract: coro-sync-over-async.
template <class T>
COROLINT_SYNC_WAIT T
sync_wait(Task<T> Work,
          const std::source_location &Call = std::source_location::current()) {
  if (detail::isWatched()) [[unlikely]]
    detail::observer().checkSyncWait("sync_wait", Call);
  detail::PrivateLoop::refuseOnLoop();
  detail::PrivateLoop Private(Call);
  return Private.run(std::move(Work), Call);
}

/// Runs \p Work to its end on a loop of its own, without letting any other
/// coroutine of this thread run: the way to wait inside a no-yield region, at
/// the price that everything else on the thread stands still. \p Work must not
/// need the loop or the tasks that stand still. Returns what \p Work returns,
/// throws what it throws. On the last free worker of a bounded pool it throws
/// as `sync_wait` does.
template <class T>
COROLINT_ALLOW_BLOCKING T run_isolated(
    Task<T> Work,
    const std::source_location &Call = std::source_location::current()) {
  detail::PrivateLoop Private(Call);
  return Private.run(std::move(Work), Call);
}

} // namespace corolint::rt

#endif // COROLINT_RT_SYNCWAIT_H
