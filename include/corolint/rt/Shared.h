//===-- Shared.h - State that coroutines share ------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine that reads state, suspends, and then writes the state may act on
// outdated information. `coro-stale-state` finds that at compile time; `Shared`
// finds it when it happens:
//
//   rt::Shared<Pass> Held;
//
//   if (!Held.read().valid())
//     Held.write() = co_await requestPass(); // did another task write?
//
// To enable the check, define COROLINT_RT_CHECK_SHARED as 1 for the whole
// program, and switch the contracts on. Otherwise a `Shared<T>` is just a `T`.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SHARED_H
#define COROLINT_RT_SHARED_H

#include "corolint/annotations.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/SmallLock.h"
#include <cstdint>
#include <functional>
#include <source_location>
#include <type_traits>
#include <utility>
#include <vector>

/// 1: `Shared` is checked while the contracts are on.
#ifndef COROLINT_RT_CHECK_SHARED
#define COROLINT_RT_CHECK_SHARED 0
#endif

namespace corolint::rt {

namespace detail {
/// Records which task read which version of a `Shared`, and who wrote it last.
/// Thread-safe.
class SharedHistory {
public:
  /// Records that the running task reads the current version.
  COROLINT_NONBLOCKING void noteRead(const std::source_location &Site);
  /// Records that the running task writes. It is a violation if other code has
  /// changed what the task last read. Mode `Throw` throws before the change.
  COROLINT_NONBLOCKING void noteWrite(const std::source_location &Site);
  /// Records that the running task reads and writes in one step.
  COROLINT_NONBLOCKING void noteExchange(const std::source_location &Site);

private:
  struct Read {
    std::uint32_t Task;
    std::uint64_t Version;
    std::source_location Site;
  };
  /// The number of tasks whose last read is remembered. Tasks that ended are
  /// not removed; beyond the limit the oldest read is dropped.
  static constexpr std::size_t MaxReads = 64;

  void forget(std::uint32_t Task) noexcept;
  void beginVersion(const std::source_location &Site) noexcept;

  SmallLock Lock;
  std::uint64_t Version = 0;
  std::source_location Written; ///< The place of the last write.
  std::vector<Read> Reads;      ///< The oldest first; one per task.
};

struct NoHistory {};
} // namespace detail

/// A \p T that coroutines share: other code may change it whenever a coroutine
/// is suspended.
///
/// When checked, each write begins a version. A task that writes although
/// others have written since it last read acts on stale state. That is a
/// violation of `coro-stale-state`, reported at the write, with notes for the
/// read and the other write. The following are no violations:
///
/// - a write after a second `read()`;
/// - a write by a task that has not read since its own last write;
/// - a write with no other write since the read, as under an `AsyncMutex`;
/// - `exchange` and `update`, which read and write in one step: use them if the
///   write does not depend on an earlier `read()`.
///
/// A task is a chain of awaits: the accesses of a directly awaited task count
/// as its awaiter's. A chain that awaited a group of others (`when_all`,
/// `with_timeout`) must read again, since they may have written on its behalf.
/// Reads by code outside any task are not recorded; its writes count as those
/// of others.
///
/// Checked or not, it is as thread-safe as a \p T: two threads need a lock. Do
/// not keep the references that `read()` and `write()` return across a
/// `co_await`: later accesses through them are not detected.
///
/// \p Checked is part of the type, so that two files that disagree about it do
/// not link.
template <class T, bool Checked = (COROLINT_RT_CHECK_SHARED != 0)>
class COROLINT_SHARED Shared {
public:
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  explicit Shared(Args &&...Arguments)
      : State(std::forward<Args>(Arguments)...) {}
  Shared(const Shared &) = delete;
  Shared &operator=(const Shared &) = delete;

  /// The state, for reading now.
  const T &read(const std::source_location &Site =
                    std::source_location::current()) const {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteRead(Site);
    return State;
  }

  /// The state, for changing it now. In `S.write() = co_await f()` the write
  /// comes after the await. Throws `ContractViolation` in mode `Throw`.
  T &write(const std::source_location &Site = std::source_location::current()) {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteWrite(Site);
    return State;
  }

  /// Replaces the state by \p New and returns the old one.
  T exchange(T New, const std::source_location &Site =
                        std::source_location::current()) {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteExchange(Site);
    return std::exchange(State, std::move(New));
  }

  /// Calls `Change(T &)` and returns its result. \p Change reads the state
  /// itself, and must not yield.
  template <class F>
  decltype(auto)
  update(F &&Change COROLINT_NO_YIELD,
         const std::source_location &Site = std::source_location::current()) {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteExchange(Site);
    return std::invoke(std::forward<F>(Change), State);
  }

private:
  T State;
  [[no_unique_address]] mutable std::conditional_t<
      Checked, detail::SharedHistory, detail::NoHistory> History;
};

} // namespace corolint::rt

#endif // COROLINT_RT_SHARED_H
