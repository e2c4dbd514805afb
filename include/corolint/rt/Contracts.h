//===-- Contracts.h - What happens when a contract is broken ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks promise something about every run of a program; these contracts
// look whether one run keeps the promise. Each violation names the check that
// finds it at compile time, and the same file and line.
//
//   corolint::rt::Contracts::set_mode(corolint::rt::ContractMode::Report);
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CONTRACTS_H
#define COROLINT_RT_CONTRACTS_H

#include "corolint/annotations.h"
#include "corolint/rt/Observer.h"
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <source_location>
#include <stdexcept>
#include <string>
#include <vector>

namespace corolint::rt {

enum class ViolationKind : std::uint8_t {
  Yield,           ///< coro-no-yield-region
  SyncWait,        ///< coro-sync-over-async
  LockAcrossAwait, ///< coro-lock-across-await
  Stall,           ///< coro-blocking-call: a resume took too long
  Quiescence,      ///< rt-quiescence: tasks wait, and nothing can wake them
  Starvation,      ///< coro-sync-over-async: a pool's workers wait on its work
  NoIsolation,     ///< rt-no-isolation: a no-yield region where others run
                   ///< in parallel; reported once a place
  StaleState,      ///< coro-stale-state: `Shared` state was read, changed by
                   ///< others, and written
};
inline constexpr std::size_t NumViolationKinds = 8;

/// A place in the source. `Line` 0 means unknown.
struct SourceSite {
  std::string File;
  unsigned Line = 0;
  unsigned Column = 0;
  std::string Function;

  SourceSite() = default;
  SourceSite(const std::source_location &Location)
      : File(Location.file_name()), Line(Location.line()),
        Column(Location.column()), Function(Location.function_name()) {}
};

/// One broken contract.
struct Violation {
  struct Note {
    SourceSite Where;
    std::string Text;
  };

  ViolationKind Kind = ViolationKind::Yield;
  /// The check that finds the same thing at compile time, or `rt-...` where
  /// none can.
  const char *Check = "";
  /// The `co_await`, or the call.
  SourceSite Where;
  std::string Message;
  std::vector<Note> Notes;
  /// For yields and locks: did the await let others run, or was what it awaited
  /// ready, or at its end at once? Modes other than `Report` do not wait to see
  /// that of a task, and have it suspend.
  bool Suspended = false;
  /// For stalls: return addresses, innermost first. May be empty.
  std::vector<void *> Stack;
  /// For stalls: the system call the thread is in, -1 if none or unknown.
  long SystemCall = -1;
  /// Reports of this kind that rate limiting dropped since the last one.
  std::uint64_t Suppressed = 0;

  /// The violation as a compiler would print it, notes on lines of their own.
  COROLINT_NONBLOCKING std::string format() const;
};

/// Thrown by a violation in mode `Throw`.
class ContractViolation : public std::logic_error {
public:
  explicit ContractViolation(Violation V)
      : std::logic_error(V.format()), Broken(std::move(V)) {}
  /// What was broken. Lives as long as the exception.
  const Violation &violation() const noexcept { return Broken; }

private:
  Violation Broken;
};

/// How stalls, quiescence and starvation are watched. All times are wall-clock.
struct WatchOptions {
  /// A resume that takes longer is a stall. 0 switches stalls off.
  std::chrono::milliseconds Stall{100};
  /// A loop with nothing to wait for but its own tasks for this long is
  /// quiescent, unless another loop or a pool of the process is at work, which
  /// may wake them. For a thread of your own that will, keep an
  /// `EventLoop::WorkGuard`. Reported once until a task runs. 0 switches it
  /// off.
  std::chrono::milliseconds Quiescence{50};
  /// A pool with queued work of which none was taken for this long, and all of
  /// whose workers wait for other threads, starves. 0 switches it off.
  std::chrono::milliseconds Starvation{200};
  /// At most so many reports of one kind a second; the rest is counted.
  unsigned ReportsPerSecond = 5;
  /// Capture stacks, to report a violation at the call in the coroutine,
  /// callback or region, as the checks do, and not further down. That needs
  /// line tables (`-g1`). A stalled thread, and a starving pool's worker, is
  /// interrupted with `Signal` for it, which ends a `poll` or `nanosleep` early
  /// with EINTR, as any signal does.
  bool CaptureStack = true;
  /// The signal used; 0 means SIGURG, which is ignored by default.
  int Signal = 0;
};

/// The process-wide contracts. All members are thread-safe.
class Contracts {
public:
  using Handler = std::function<void(const Violation &)>;

  /// Near-free when off: one relaxed load.
  static bool active() noexcept { return detail::isWatched(); }
  /// The mode in force; may be out of date when it returns.
  static ContractMode mode() noexcept {
    return detail::CurrentMode.load(std::memory_order_relaxed);
  }
  /// Takes effect for regions, waits and tasks that begin afterwards.
  COROLINT_NONBLOCKING static void set_mode(ContractMode NewMode) noexcept;

  /// Replaces the handler that modes `Report` and `Abort` call, an empty one
  /// restores the default. It may be called on any thread, by one at a time,
  /// and must neither block for long nor break a contract itself.
  COROLINT_NONBLOCKING static void set_handler(Handler NewHandler);

  /// Violations of \p Kind since the start or the last `reset_counts()`.
  static std::uint64_t count(ViolationKind Kind) noexcept {
    return Counts[std::size_t(Kind)].load(std::memory_order_relaxed);
  }
  /// Those of all kinds.
  COROLINT_NONBLOCKING static std::uint64_t count() noexcept;
  /// Begins to count from 0; what is reported once a place, is reported again.
  COROLINT_NONBLOCKING static void reset_counts() noexcept;

  /// Starts (or re-configures) the watcher thread. Loops and pools that exist,
  /// and those made later, are watched until `stop_watching()`. Throws
  /// `std::system_error` if the thread cannot be started. A child made by
  /// fork() has no watcher until it calls this.
  COROLINT_NONBLOCKING static void watch(const WatchOptions &Options = {});
  /// Ends the watcher thread and waits for it: at most a few milliseconds.
  COROLINT_BLOCKING_FOR("wait") static void stop_watching();
  /// The options in force.
  COROLINT_NONBLOCKING static WatchOptions watch_options();

  /// Counts \p V and does what the mode says. \p MayThrow is false where no
  /// exception could be caught: mode `Throw` then reports.
  COROLINT_NONBLOCKING static void violate(Violation V, bool MayThrow = true);

private:
  static inline std::array<std::atomic<std::uint64_t>, NumViolationKinds>
      Counts{};
};

namespace detail {
/// An address in the function that calls this.
void *addressHere() noexcept;
/// A no-yield region begins: does it isolate from anything here?
void checkIsolation(const std::source_location &Begin);
/// This thread has taken \p Lock, or is about to give it back.
void noteLocked(const void *Lock) noexcept;
void noteUnlocking(const void *Lock) noexcept;
} // namespace detail

} // namespace corolint::rt

#endif // COROLINT_RT_CONTRACTS_H
