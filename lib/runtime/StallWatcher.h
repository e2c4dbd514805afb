//===-- StallWatcher.h - Detects stalls and starvation ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_STALLWATCHER_H
#define COROLINT_RUNTIME_STALLWATCHER_H

#include "ThreadRegistry.h"
#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include <condition_variable>
#include <memory>
#include <mutex>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace corolint::rt {
namespace detail {

/// The watcher thread. It compares the heartbeat of each thread that resumes
/// coroutines with the wall clock: a thread that sleeps in the kernel uses no
/// CPU time, so a CPU clock would miss it.
class StallWatcher {
public:
  static StallWatcher &get() noexcept;

  void start(const WatchOptions &Options);
  void stop();
  WatchOptions options();

  /// Resets the watcher in the child of a fork, which is not watched until it
  /// calls `watch`.
  void startOverInChild() noexcept;

private:
  using Clock = std::chrono::steady_clock;

  using WatchedThread = ThreadRegistry::Thread;
  using WatchedPool = ThreadRegistry::Pool;
  struct RateLimit {
    Clock::time_point Window{};
    unsigned Shown = 0;
    std::uint64_t Dropped = 0;
  };

  /// A copy of a thread's state, for use when the thread may already be gone.
  struct SeenThread {
    pid_t Id;
    std::uint64_t Tick;
    Clock::duration Lasted{};
    std::chrono::nanoseconds SeenProcessorTime{0};
  };
  /// The same for a pool. Its address serves for comparison only.
  struct SeenPool {
    const ThreadPool *Pool;
    std::uint64_t Taken;
    Clock::duration Lasted;
    bool Reported;
    std::size_t Threads;
    std::vector<std::source_location> Blocked;
    std::vector<SeenThread> Running;
  };

  void watch();
  void look(Clock::time_point Now, std::vector<SeenThread> &Stalled,
            std::vector<SeenPool> &Starving);
  bool standsStill(WatchedThread &Thread, Clock::time_point Now);
  void takeBack(const SeenThread &Seen);
  bool runsInner(const WatchedThread &Outer) const noexcept;
  bool isStarving(WatchedPool &Pool, Clock::time_point Now) const;
  SeenPool seen(const WatchedPool &Pool, Clock::time_point Now) const;
  bool mayReport(ViolationKind Kind, std::uint64_t &Suppressed);
  void relieve(const SeenPool &Seen, bool Reported);

  // Called without the lock, because they are slow.
  void reportStall(const SeenThread &Seen, const WatchOptions &Options);
  bool reportStarvation(const SeenPool &Seen, const WatchOptions &Options);
  static std::vector<SeenThread> thoseThatWait(const SeenPool &Seen);

  ThreadRegistry &Registry = ThreadRegistry::get();
  /// The registry's lock, which also guards the members below.
  std::mutex &Lock = Registry.Lock;
  std::condition_variable Changed;
  RateLimit Limits[NumViolationKinds];
  WatchOptions Options;
  bool Ending = false;
  std::mutex StartStop;
  std::thread Watcher;
};

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RUNTIME_STALLWATCHER_H
