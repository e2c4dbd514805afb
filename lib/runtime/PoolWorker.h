//===-- PoolWorker.h - The inside of a thread pool --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_POOLWORKER_H
#define COROLINT_RUNTIME_POOLWORKER_H

#include "corolint/rt/Context.h"
#include "corolint/rt/SmallLock.h"
#include "corolint/rt/ThreadPool.h"
#include "corolint/rt/WorkDeque.h"
#include <mutex>
#include <thread>
#include <vector>

namespace corolint::rt::detail {

class PoolWorker {
public:
  PoolWorker(PoolShared &Shared, std::size_t Index)
      : Shared(Shared), Random(std::uint32_t(Index) * 2654435761u + 1) {}

  void run();
  /// Runs one piece of work, if there is any. On the thread of this worker.
  bool help();
  /// Queues work on the thread of this worker.
  void pushLocal(Resumable &Work) noexcept;
  void pushDeque(Resumable &Work) noexcept;
  /// Queues one half of a fork. Returns false if there is no room.
  bool offer(Resumable &Work) noexcept;
  ThreadPool &pool() noexcept;

  /// The worker of this thread, or null.
  static constinit thread_local PoolWorker *Current;

  WorkDeque Deque;
  std::atomic<Resumable *> Slot{nullptr};
  std::atomic<std::uint64_t> Taken{0};
  std::thread Thread;

private:
  /// How often a busy worker checks the common queue first, and how often the
  /// oldest entry of its own. Both are primes, so that they do not coincide
  /// with a period of the program.
  static constexpr unsigned GlobalEvery = 61;
  static constexpr unsigned OldestEvery = 13;
  static constexpr unsigned MaxSlotRun = 3;

  Resumable *take() noexcept;
  Resumable *takeLocal() noexcept;
  Resumable *stealSomething() noexcept;
  static Resumable *stealFrom(PoolWorker &Victim) noexcept;
  void runOne(Resumable &Work);

  PoolShared &Shared;
  Heartbeat Beat;
  unsigned Turn = 0;
  unsigned SlotRun = 0;
  std::uint32_t Random;
};

struct PoolShared : std::enable_shared_from_this<PoolShared> {
  PoolShared(ThreadPool &Pool, const PoolOptions &Options);
  ~PoolShared();

  PoolWorker *worker(std::size_t Index) const noexcept {
    return Workers[Index].load(std::memory_order_acquire);
  }
  void addWorker();
  void pushGlobal(Resumable &Work) noexcept;
  Resumable *popGlobal() noexcept;
  bool hasQueued() const noexcept;
  void notify() noexcept;
  bool waitForWork(PoolWorker &Worker) noexcept;
  void endAll() noexcept;

  static constexpr unsigned SpinsBeforeSleep = 16;

  struct BlockedWorker {
    PoolWorker *Worker;
    std::source_location Call;
  };

  ThreadPool &Pool;
  PoolOptions Options;

  std::mutex WorkersLock;
  std::unique_ptr<std::atomic<PoolWorker *>[]> Workers;
  std::atomic<std::size_t> NumWorkers{0};

  SmallLock GlobalLock;
  Resumable *GlobalFirst = nullptr;
  Resumable *GlobalLast = nullptr;
  std::atomic<std::size_t> GlobalCount{0};

  alignas(64) std::atomic<std::uint32_t> Epoch{0};
  std::atomic<std::uint32_t> Sleepers{0};
  /// The number of workers that have not ended, not counting the one that
  /// destroys the pool.
  std::atomic<std::uint32_t> Living{0};
  std::atomic<bool> Ending{false};
  std::atomic<bool> AllIdle{false}; ///< Ending, and no work is left.
  std::atomic<std::uint32_t> Visitors{0};

  mutable std::mutex BlockedLock;
  std::vector<BlockedWorker> Blocked;

  /// The number of tasks of the pool and of others' tasks that are here. They
  /// depend on the pool.
  std::atomic<std::size_t> Live{0};
  std::stop_source Stopping;
};

/// Marks that a finished task of a pool is being destroyed on this thread. It
/// may own the pool.
struct EndingTask {
  PoolShared *Pool;
  bool PoolIsGone = false;
  EndingTask *Outer;

  static constinit thread_local EndingTask *Innermost;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_POOLWORKER_H
