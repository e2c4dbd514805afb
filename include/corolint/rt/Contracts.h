//===-- Contracts.h - Detection of broken contracts -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The checks make a promise about every run of a program. The contracts test
// the promise in one run. Each violation names the check that finds it at
// compile time, and the same file and line.
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
  DanglingReference, ///< coro-dangling-reference: what a task refers to was
                     ///< used after its end
  EarlyRelease, ///< coro-early-release: a guard ended before a task that was
                ///< made under it and returned
};
inline constexpr std::size_t NumViolationKinds = 10;

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
  /// The check that finds the same mistake at compile time, or `rt-...` if no
  /// check can.
  const char *Check = "";
  /// The `co_await` or the call.
  SourceSite Where;
  std::string Message;
  std::vector<Note> Notes;
  /// For yields and locks: did the await let others run? False if the awaited
  /// operation was ready or ended at once. Only mode `Report` waits for a
  /// task's result to find out; the other modes assume that it suspends.
  bool Suspended = false;
  /// For stalls: return addresses, innermost first. May be empty.
  std::vector<void *> Stack;
  /// For stalls: the system call that the thread is in, -1 if none or unknown.
  long SystemCall = -1;
  /// The number of reports of this kind dropped by rate limiting since the last
  /// one.
  std::uint64_t Suppressed = 0;

  /// Formats the violation like a compiler diagnostic, with notes on separate
  /// lines.
  COROLINT_NONBLOCKING std::string format() const;
};

/// Thrown on a violation in mode `Throw`.
class ContractViolation : public std::logic_error {
public:
  explicit ContractViolation(Violation V)
      : std::logic_error(V.format()), Broken(std::move(V)) {}
  /// The violation. Valid as long as the exception.
  const Violation &violation() const noexcept { return Broken; }

private:
  Violation Broken;
};

/// Limits for detecting stalls, quiescence and starvation. All times are
/// wall-clock.
struct WatchOptions {
  /// A resume that takes longer is a stall. 0 disables the detection.
  std::chrono::milliseconds Stall{100};
  /// A loop is quiescent if for this long it had nothing to wait for but its
  /// own tasks. It is not reported while another loop or a pool of the process
  /// is active, since that may wake the tasks. If a thread of your own will
  /// wake them, keep an `EventLoop::WorkGuard`. Reported once until a task
  /// runs. 0 disables the detection.
  std::chrono::milliseconds Quiescence{50};
  /// A pool starves if for this long it took none of its queued work and all of
  /// its workers waited for other threads. 0 disables the detection.
  std::chrono::milliseconds Starvation{200};
  /// The maximum number of reports of one kind a second; further ones are only
  /// counted.
  unsigned ReportsPerSecond = 5;
  /// Capture stacks, so that a violation is reported at the call in the
  /// coroutine, callback or region, as the checks do, and not further down.
  /// That needs line tables (`-g1`). A stalled thread, or a worker of a
  /// starving pool, is interrupted with `Signal`; like any signal, that ends a
  /// `poll` or `nanosleep` early with EINTR.
  bool CaptureStack = true;
  /// The signal to use; 0 means SIGURG, which is ignored by default.
  int Signal = 0;
};

/// The process-wide contracts. All members are thread-safe.
class Contracts {
public:
  using Handler = std::function<void(const Violation &)>;

  /// Near-free when off: one relaxed load.
  static bool active() noexcept { return detail::isWatched(); }
  /// The mode in force. It may be out of date.
  static ContractMode mode() noexcept {
    return detail::CurrentMode.load(std::memory_order_relaxed);
  }
  /// Sets the mode for regions, waits and tasks that begin afterwards.
  COROLINT_NONBLOCKING static void set_mode(ContractMode NewMode) noexcept;

  /// Replaces the handler that modes `Report` and `Abort` call. An empty
  /// handler restores the default. The handler may be called on any thread, by
  /// one thread at a time, and must neither block for long nor break a contract
  /// itself.
  COROLINT_NONBLOCKING static void set_handler(Handler NewHandler);

  /// The number of violations of \p Kind since the start or the last
  /// `reset_counts()`.
  static std::uint64_t count(ViolationKind Kind) noexcept {
    return Counts[std::size_t(Kind)].load(std::memory_order_relaxed);
  }
  /// The number of violations of all kinds.
  COROLINT_NONBLOCKING static std::uint64_t count() noexcept;
  /// Resets all counts to 0. Violations that are reported once per place are
  /// then reported again.
  COROLINT_NONBLOCKING static void reset_counts() noexcept;

  /// Starts (or reconfigures) the watcher thread. It watches existing and
  /// future loops and pools until `stop_watching()`. Throws `std::system_error`
  /// if the thread cannot be started. A child made by fork() has no watcher
  /// until it calls this.
  COROLINT_NONBLOCKING static void watch(const WatchOptions &Options = {});
  /// Stops the watcher thread and waits for its end, at most a few
  /// milliseconds.
  COROLINT_BLOCKING_FOR("wait") static void stop_watching();
  /// The options in force.
  COROLINT_NONBLOCKING static WatchOptions watch_options();

  /// Counts \p V and acts according to the mode. \p MayThrow is false where an
  /// exception could not be caught: mode `Throw` then reports instead.
  COROLINT_NONBLOCKING static void violate(Violation V, bool MayThrow = true);

private:
  static inline std::array<std::atomic<std::uint64_t>, NumViolationKinds>
      Counts{};
};

namespace detail {
/// An address in the function that calls this.
void *addressHere() noexcept;
/// Checks, when a no-yield region begins, whether it isolates from anything.
void checkIsolation(const std::source_location &Begin);
/// Record that this thread has taken \p Lock, or is about to release it.
void noteLocked(const void *Lock) noexcept;
void noteUnlocking(const void *Lock) noexcept;
} // namespace detail

} // namespace corolint::rt

#endif // COROLINT_RT_CONTRACTS_H
