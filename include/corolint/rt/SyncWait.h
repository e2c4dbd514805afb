//===-- SyncWait.h - Blocking a thread until a task is done -----*- C++ -*-===//
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

/// An event loop for one task, nested on a thread that may run other code.
class PrivateLoop {
public:
  /// If the thread is a worker of a pool, the worker is blocked meanwhile.
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
  /// The blocked worker's pool, also if this loop runs within another private
  /// one.
  ThreadPool *BlockedPool;
  ContextScope Context;
};

} // namespace detail

/// Runs \p Work to its end on this thread, with an event loop of its own, and
/// returns its value or throws its exception. The thread blocks while \p Work
/// waits.
///
/// Throws `std::system_error(resource_deadlock_would_occur)` if that would
/// deadlock: on the thread of a running event loop (at once), and on the last
/// free worker of a bounded pool for work of that pool (in \p Work, where it
/// asks the pool to continue). On an executor's thread it breaks a contract:
/// coro-sync-over-async.
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
/// coroutine of this thread run. This is the way to wait inside a no-yield
/// region, at the price of stopping all other work on the thread. \p Work must
/// not need the stopped loop or its tasks. Returns the result of \p Work or
/// throws its exception. On the last free worker of a bounded pool it throws as
/// `sync_wait` does.
template <class T>
COROLINT_ALLOW_BLOCKING T run_isolated(
    Task<T> Work,
    const std::source_location &Call = std::source_location::current()) {
  detail::PrivateLoop Private(Call);
  return Private.run(std::move(Work), Call);
}

} // namespace corolint::rt

#endif // COROLINT_RT_SYNCWAIT_H
