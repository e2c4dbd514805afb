//===-- ThreadRegistry.h - The threads that run coroutines ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_THREADREGISTRY_H
#define COROLINT_RUNTIME_THREADREGISTRY_H

#include "corolint/rt/Context.h"
#include <chrono>
#include <mutex>
#include <sys/types.h>
#include <vector>

/// For functions that resume coroutines: puts them in a section of their own,
/// so that a stack shows where the runtime ends and a coroutine begins.
#define COROLINT_RT_RESUMES                                                    \
  __attribute__((noinline, section("corolint_resume")))

namespace corolint::rt {
class ThreadPool;

namespace detail {

/// Lists this process's loop threads, workers and pools. An idle loop uses it
/// to find out whether other threads may still wake its tasks.
class ThreadRegistry {
public:
  static ThreadRegistry &get() noexcept;

  enum class ThreadKind : bool { Loop, Worker };

  /// Lists the current thread while the object lives.
  class Registration {
  public:
    Registration(Heartbeat &Beat, ThreadKind Kind, bool Already = false);
    ~Registration();
    Registration(const Registration &) = delete;
    Registration &operator=(const Registration &) = delete;

  private:
    Heartbeat *Beat;
  };

  void add(ThreadPool &Pool);
  void remove(ThreadPool &Pool) noexcept;

  // See Fork.h.
  void lockForFork() noexcept;
  void unlockAfterFork() noexcept;
  void startOverInChild() noexcept;

  /// May work outside this thread still wake one of its coroutines? True if
  /// another loop runs, or if a pool or a blocking job is active.
  bool othersAreAtWork();

  using Clock = std::chrono::steady_clock;

  struct Thread {
    Heartbeat *Beat;
    pid_t Id;
    ThreadKind Kind;
    ThreadPool *Pool; ///< The pool of a worker, or null.
    // Written by the watcher.
    std::uint64_t SeenTick = 0;
    Clock::time_point Since{};
    std::chrono::nanoseconds SeenProcessorTime{0}; ///< At `Since`.
    bool Reported = false;
  };
  struct Pool {
    ThreadPool *Address;
    // Written by the watcher.
    std::uint64_t SeenTaken = 0;
    Clock::time_point Since{};
    bool Reported = false;

    /// The number of pieces of work taken so far.
    std::uint64_t taken() const noexcept;
    bool hasQueued() const noexcept;
    std::size_t threads() const noexcept;
    /// The places where workers are blocked until work of the pool is done.
    std::vector<std::source_location> blockedAt() const;
    void growIfAllowed() const noexcept;
  };

  /// Guards the members below. Held for a few instructions, because every loop
  /// takes it.
  std::mutex Lock;
  std::vector<Thread> Threads;
  std::vector<Pool> Pools;

private:
  ThreadRegistry() noexcept;

  pid_t Forking = 0; ///< The thread that forks, by its old number.
};

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RUNTIME_THREADREGISTRY_H
