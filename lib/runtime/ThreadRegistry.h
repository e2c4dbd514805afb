//===-- ThreadRegistry.h - Who runs coroutines ------------------*- C++ -*-===//
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

/// On functions that resume coroutines: puts them in a section of their own, so
/// that a stack shows where the runtime ends and a coroutine begins.
#define COROLINT_RT_RESUMES                                                    \
  __attribute__((noinline, section("corolint_resume")))

namespace corolint::rt {
class ThreadPool;

namespace detail {

/// The threads of this process that run loops, the workers, and the pools. A
/// loop that has nothing to do asks it whether others may still wake its tasks.
class ThreadRegistry {
public:
  static ThreadRegistry &get() noexcept;

  enum class ThreadKind : bool { Loop, Worker };

  /// Lists the current thread while it lives.
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

  /// May work that is not of this thread still wake a coroutine of it: does
  /// another loop run, or is a pool or a blocking job at work?
  bool othersAreAtWork();

  using Clock = std::chrono::steady_clock;

  struct Thread {
    Heartbeat *Beat;
    pid_t Id;
    ThreadKind Kind;
    ThreadPool *Pool; ///< Whose worker it is, or null.
    // What a watcher notes.
    std::uint64_t SeenTick = 0;
    Clock::time_point Since{};
    std::chrono::nanoseconds SeenProcessorTime{0}; ///< At `Since`.
    bool Reported = false;
  };
  struct Pool {
    ThreadPool *Address;
    // What a watcher notes.
    std::uint64_t SeenTaken = 0;
    Clock::time_point Since{};
    bool Reported = false;

    /// Pieces of work taken so far.
    std::uint64_t taken() const noexcept;
    bool hasQueued() const noexcept;
    std::size_t threads() const noexcept;
    /// Where workers are blocked until work of the pool is done.
    std::vector<std::source_location> blockedAt() const;
    void growIfAllowed() const noexcept;
  };

  /// Guards what follows. Held for a few instructions: whoever runs a loop
  /// takes it.
  std::mutex Lock;
  std::vector<Thread> Threads;
  std::vector<Pool> Pools;

private:
  pid_t Forking = 0; ///< The thread that forks, by its number before.
};

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RUNTIME_THREADREGISTRY_H
