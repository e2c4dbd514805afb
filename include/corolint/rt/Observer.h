//===-- Observer.h - Whoever watches the runtime ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that the core knows of the contracts. They implement the interface, and
// install themselves before they are first switched on; what the core passes to
// them it passes only then. So the core works, and links, without them.
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

/// What to do about a violation. Every mode but `Off` also counts it.
enum class ContractMode : std::uint8_t {
  Off,    ///< Look at nothing.
  Count,  ///< Count only.
  Report, ///< Hand the violation to the handler (default: print to stderr).
  Abort,  ///< Report, then `std::abort()`.
  Throw,  ///< Throw `ContractViolation` from where it happened. What a watcher
          ///< thread finds (stalls, starvation) is reported instead.
};

namespace detail {

class Waiter;
struct OpenRegions;
struct RegionsAside;
struct ThreadContext;

/// Is told what the contracts are about. Throws only where the mode is `Throw`.
class Observer {
public:
  /// An await was reached with a region open. If the coroutine is going to
  /// suspend, its regions stay behind, and are returned; else returns null.
  /// \p Outer holds the regions of the coroutine that resumed it, if they stay
  /// open, and is null otherwise.
  virtual RegionsAside *awaitInRegion(bool Ready, const char *Keyword,
                                      const std::source_location &Site,
                                      const OpenRegions *Outer) = 0;
  /// Puts back, and frees, the regions that were set aside: their coroutine
  /// goes on, or is destroyed and closes them.
  virtual void reopenRegions(RegionsAside &Regions) noexcept = 0;
  /// An executor's turn has ended: nothing of it runs any more on this thread.
  virtual void endTurn() noexcept = 0;
  /// A context ends: \p Below gets the locks that it leaves taken.
  virtual void handDown(ThreadContext &Below) noexcept = 0;

  /// \p Function lets other coroutines run: is that allowed here?
  virtual void checkYieldingCall(const char *Function,
                                 const std::source_location &Call) = 0;
  /// \p Function waits synchronously: is that allowed here?
  virtual void checkSyncWait(const char *Function,
                             const std::source_location &Call) = 0;

  /// \p W is about to wait for an async mutex: does that close a cycle?
  virtual void mutexWaitBegins(Waiter &W) = 0;
  virtual void mutexWaitEnds(const Waiter &W) noexcept = 0;

  /// How long a loop may be stuck before it is reported. Zero means that it
  /// never is.
  virtual std::chrono::milliseconds patience() = 0;
  /// Was it reported already why \p All wait?
  virtual bool isExplained(const std::vector<const Waiter *> &All) noexcept = 0;
  /// \p All wait, and nothing is left that could wake them.
  virtual void reportStuck(const std::vector<const Waiter *> &All) = 0;

  /// Keeps other threads from what a child process must find whole, from before
  /// a fork until after it, in both processes.
  virtual void lockForFork(bool Lock) noexcept = 0;
  /// In the child: only this thread is left.
  virtual void startOverInChild() noexcept = 0;

protected:
  ~Observer() = default;
};

/// Null until the contracts are first used.
inline constinit std::atomic<Observer *> InstalledObserver{nullptr};
/// Set by the contracts.
inline constinit std::atomic<ContractMode> CurrentMode{ContractMode::Off};

/// How often the mode was set.
inline constinit std::atomic<std::uint32_t> ModeChanges{0};

/// Are the contracts on? One relaxed load.
inline bool isWatched() noexcept {
  return CurrentMode.load(std::memory_order_relaxed) != ContractMode::Off;
}
/// May be called once the contracts were on, or a region was opened.
inline Observer &observer() noexcept {
  // The mode is read without synchronisation, so the store before it may be
  // seen after it.
  Observer *Installed = nullptr;
  while (!Installed)
    Installed = InstalledObserver.load(std::memory_order_acquire);
  return *Installed;
}

} // namespace detail
} // namespace corolint::rt

#endif // COROLINT_RT_OBSERVER_H
