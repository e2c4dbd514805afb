//===-- Observer.h - The core's interface to the contracts ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only part of the contracts that the core depends on. The contracts
// implement this interface and install themselves before they are first
// switched on; the core calls it only after that. The core therefore works, and
// links, without them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_OBSERVER_H
#define COROLINT_RT_OBSERVER_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <source_location>
#include <vector>

namespace corolint::rt {

/// The reaction to a violation. Every mode but `Off` also counts it.
enum class ContractMode : std::uint8_t {
  Off,    ///< Detect nothing.
  Count,  ///< Count only.
  Report, ///< Hand the violation to the handler (default: print to stderr).
  Abort,  ///< Report, then `std::abort()`.
  Throw,  ///< Throw `ContractViolation` where it happened. What a watcher
          ///< thread finds (stalls, starvation) is reported instead.
};

namespace detail {

class Waiter;
struct OpenRegions;
struct RegionsAside;
struct ThreadContext;

/// How a task came to own a coroutine.
enum class OwnerChange : std::uint8_t {
  Made,     ///< It is the result of the coroutine's function.
  Moved,    ///< It was constructed from another task.
  Assigned, ///< It existed before.
};

/// Receives the events that the contracts examine. Throws only in mode `Throw`.
class Observer {
public:
  /// A coroutine with an open region has reached an await. If it is going to
  /// suspend, its regions are set aside and returned; else returns null.
  /// \p Outer holds the regions of the coroutine that resumed it if they stay
  /// open, and is null otherwise.
  virtual RegionsAside *awaitInRegion(bool Ready, const char *Keyword,
                                      const std::source_location &Site,
                                      const OpenRegions *Outer) = 0;
  /// Reopens, and frees, regions that were set aside: their coroutine resumes,
  /// or is destroyed and closes them.
  virtual void reopenRegions(RegionsAside &Regions) noexcept = 0;
  /// An executor's turn has ended: none of its code runs on this thread any
  /// more.
  virtual void endTurn() noexcept = 0;
  /// A context ends. \p Below receives the locks that it leaves held.
  virtual void handDown(ThreadContext &Below) noexcept = 0;

  /// Checks whether \p Function, which lets other coroutines run, is allowed
  /// here.
  virtual void checkYieldingCall(const char *Function,
                                 const std::source_location &Call) = 0;
  /// Checks whether \p Function, which waits synchronously, is allowed here.
  virtual void checkSyncWait(const char *Function,
                             const std::source_location &Call) = 0;

  /// \p W is about to wait for an async mutex. Checks whether that closes a
  /// cycle.
  virtual void mutexWaitBegins(Waiter &W) = 0;
  virtual void mutexWaitEnds(const Waiter &W) noexcept = 0;

  /// A task was made, whose frame contains only its parameters yet. \p Made is
  /// an address in the function of the coroutine.
  virtual void taskMade(const void *Frame, const void *Made) noexcept = 0;
  /// The frame of a task is destroyed.
  virtual void taskDestroyed(const void *Frame) noexcept = 0;

  /// An object that holds something (a lock, a region) was constructed, at
  /// \p Begin if that is not null.
  virtual void guardMade(const void *Guard,
                         const std::source_location *Begin) noexcept = 0;
  /// \p Guard no longer holds anything, by the program's wish.
  virtual void guardForgotten(const void *Guard) noexcept = 0;
  /// The destructor of \p Guard releases what it holds.
  virtual void guardEnds(const void *Guard) noexcept = 0;
  /// \p Owner is the address of a coroutine's handle within a task.
  virtual void taskOwned(const void *Owner, const void *Frame,
                         OwnerChange How) noexcept = 0;
  /// A task destroys its coroutine.
  virtual void taskGone(const void *Frame) noexcept = 0;

  /// How long a loop may be stuck before it is reported. Zero disables the
  /// report.
  virtual std::chrono::milliseconds patience() = 0;
  /// Has the reason why \p All wait been reported already?
  virtual bool isExplained(const std::vector<const Waiter *> &All) noexcept = 0;
  /// Reports that \p All wait and that nothing can wake them.
  virtual void reportStuck(const std::vector<const Waiter *> &All) = 0;

  /// Locks out other threads from state that a child process needs intact, from
  /// before a fork until after it, in both processes.
  virtual void lockForFork(bool Lock) noexcept = 0;
  /// Resets the state in a child process, which has only this thread.
  virtual void startOverInChild() noexcept = 0;

protected:
  ~Observer() = default;
};

/// Null until the contracts are first used.
inline constinit std::atomic<Observer *> InstalledObserver{nullptr};
/// The current mode. Set by the contracts.
inline constinit std::atomic<ContractMode> CurrentMode{ContractMode::Off};

/// The number of tasks that the contracts have recorded.
inline constinit std::atomic<std::uint32_t> RecordedTasks{0};

/// The number of guards that the contracts have recorded.
inline constinit std::atomic<std::uint32_t> RecordedGuards{0};

/// How often the mode was set.
inline constinit std::atomic<std::uint32_t> ModeChanges{0};

/// Are the contracts on? One relaxed load.
inline bool isWatched() noexcept {
  return CurrentMode.load(std::memory_order_relaxed) != ContractMode::Off;
}
/// Returns the observer. Call it only once the contracts were on, or a region
/// was opened.
inline Observer &observer() noexcept {
  // The mode is read without synchronisation, so the store of the observer may
  // become visible after it.
  Observer *Installed = nullptr;
  while (!Installed)
    Installed = InstalledObserver.load(std::memory_order_acquire);
  return *Installed;
}

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RT_OBSERVER_H
