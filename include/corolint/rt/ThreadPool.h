//===-- ThreadPool.h - A pool of threads that share work --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_THREADPOOL_H
#define COROLINT_RT_THREADPOOL_H

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/Executor.h"
#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/Schedule.h"
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>

namespace corolint::rt {

namespace detail {
class PoolWorker;
class PrivateLoop;
class ThreadRegistry;
class TaskScopeBase;
class WorkerBlocked;
struct PoolShared;
} // namespace detail

/// How a pool reacts when its workers are blocked.
enum class PoolGrowth : std::uint8_t {
  Bounded, ///< Not at all: the number of threads is fixed.
  Growing, ///< Starts another thread, up to `MaxThreads`, while work waits and
           ///< a worker is blocked in `sync_wait`, or no work was taken for a
           ///< while. This hides a starvation, at the price of a thread for
           ///< each wait.
};

struct PoolOptions {
  /// Threads at the start; 0 means one per processor.
  std::size_t Threads = 0;
  PoolGrowth Growth = PoolGrowth::Bounded;
  /// The most threads of a growing pool. Once it has that many, it acts as a
  /// bounded one.
  std::size_t MaxThreads = 256;
};

/// A pool of threads that run coroutines. Each worker has its own queue (newest
/// first, stolen from oldest first) and a slot for the work that it woke last.
/// Work from outside goes through a common queue (first come, first served).
/// From time to time even a busy worker takes the oldest entry of either queue,
/// so that work runs within a number of turns that depends only on the work
/// queued before it.
///
/// All members are thread-safe. Work on the pool must not block: use
/// `run_blocking`.
class ThreadPool final : public Executor {
public:
  /// Throws `std::system_error` if a thread cannot be started.
  explicit ThreadPool(const PoolOptions &Options = {});
  explicit ThreadPool(std::size_t Threads)
      : ThreadPool(PoolOptions{Threads, PoolGrowth::Bounded, Threads}) {}
  /// Asks spawned tasks to stop and waits until they have ended, until tasks of
  /// others that are here have ended or left, and until all queued work has
  /// run; then ends the threads. A posted function, or the parameters of a task
  /// that has ended, may own the pool: the thread that destroys it then helps
  /// with the work. A task must not destroy the pool that it runs on.
  COROLINT_BLOCKING_FOR("wait") ~ThreadPool();

  ThreadPool *as_pool() noexcept override { return this; }
  /// The pool for which this thread is a worker, or null.
  COROLINT_NONBLOCKING static ThreadPool *current() noexcept;

  COROLINT_NONBLOCKING void enqueue(Resumable &Work) noexcept override;
  COROLINT_NONBLOCKING void enqueue_last(Resumable &Work) noexcept override;
  COROLINT_NONBLOCKING bool take_back(Resumable &Work) noexcept override;
  void adopt(detail::ChainTask Root) noexcept override;

  /// Awaited, continues the coroutine on the pool; if it is there already,
  /// other coroutines run first. Errors: see `resume_on`.
  ScheduleAwaiter schedule() noexcept { return ScheduleAwaiter(*this); }

  /// Starts \p Work on the pool. The join throws its exception.
  template <class T>
  [[nodiscard]] JoinHandle<T>
  spawn(Task<T> Work,
        const std::source_location &Site = std::source_location::current()) {
    return rt::spawn(*this, std::move(Work), Site);
  }

  /// The token of spawned tasks; the destructor requests the stop.
  COROLINT_NONBLOCKING std::stop_token stop_token() const noexcept;
  /// The current number of threads. A growing pool may have more later.
  COROLINT_NONBLOCKING std::size_t threads() const noexcept;
  /// The number of workers that are blocked in `sync_wait`.
  COROLINT_NONBLOCKING std::size_t blocked_workers() const noexcept;

private:
  friend class detail::PoolWorker;
  friend class detail::PrivateLoop;
  friend class detail::ThreadRegistry;
  friend class ScheduleAwaiter;
  friend class detail::TaskScopeBase;
  friend class detail::WorkerBlocked;
  friend void detail::checkJoin(const detail::TaskContext *Joiner,
                                Executor &Home);

  /// Would work queued now wait for a worker that waits for that work?
  bool starvesItself() const noexcept;
  /// The pool for which this thread is a worker that is blocked while the
  /// current loop runs; or null.
  static ThreadPool *blockedHere() noexcept;
  /// Throws if work for this pool would never run. \p Blocked is the pool whose
  /// worker waits for it.
  void refuseDeadlock(const ThreadPool *Blocked) const;
  void workerBlocks(const std::source_location &Call);
  void workerUnblocks() noexcept;
  std::coroutine_handle<>
  chainEnded(detail::ChainPromise &Chain) noexcept override;
  void hold() noexcept override;
  void letGo() noexcept override;
  void waitForTasks() noexcept;
  void endThreads() noexcept;
  /// For the watcher: the number of pieces of work taken so far, and whether
  /// any is waiting.
  std::uint64_t taken() const noexcept;
  bool hasQueued() const noexcept;
  std::vector<std::source_location> blockedAt() const;
  void growIfAllowed() noexcept;

  std::shared_ptr<detail::PoolShared> Shared;
};

namespace detail {
/// Records that the worker of this thread is blocked, if it is one of \p Pool.
class WorkerBlocked {
public:
  WorkerBlocked(ThreadPool *Pool, const std::source_location &Call)
      : Pool(Pool) {
    if (Pool)
      Pool->workerBlocks(Call);
  }
  ~WorkerBlocked() {
    if (Pool)
      Pool->workerUnblocks();
  }
  WorkerBlocked(const WorkerBlocked &) = delete;
  WorkerBlocked &operator=(const WorkerBlocked &) = delete;

private:
  ThreadPool *Pool;
};
} // namespace detail

} // namespace corolint::rt

#endif // COROLINT_RT_THREADPOOL_H
