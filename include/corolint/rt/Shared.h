//===-- Shared.h - State that coroutines share ------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine that reads state, suspends, and writes the state may act on what
// is no longer true. `coro-stale-state` finds that at compile time; `Shared`
// finds it when it happens:
//
//   rt::Shared<Pass> Held;
//
//   if (!Held.read().valid())
//     Held.write() = co_await requestPass(); // did another task write?
//
// To have it checked, define COROLINT_RT_CHECK_SHARED as 1 for the whole
// program, and switch the contracts on. Otherwise a `Shared<T>` is a `T`.
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
/// Who read a `Shared` in which version, and who wrote it last. Thread-safe.
class SharedHistory {
public:
  /// The running task sees the present version.
  COROLINT_NONBLOCKING void noteRead(const std::source_location &Site);
  /// The running task writes. Was what it read last changed by others? Then
  /// that is a violation; mode `Throw` throws before anything is changed.
  COROLINT_NONBLOCKING void noteWrite(const std::source_location &Site);
  /// The running task looks and writes in one step.
  COROLINT_NONBLOCKING void noteExchange(const std::source_location &Site);

private:
  struct Read {
    std::uint32_t Task;
    std::uint64_t Version;
    std::source_location Site;
  };
  /// Of so many tasks it is known what they read last. Those that ended are not
  /// told apart: the oldest is forgotten first.
  static constexpr std::size_t MaxReads = 64;

  void forget(std::uint32_t Task) noexcept;
  void beginVersion(const std::source_location &Site) noexcept;

  SmallLock Lock;
  std::uint64_t Version = 0;
  std::source_location Written; ///< By the last write.
  std::vector<Read> Reads;      ///< The oldest first; one a task.
};

struct NoHistory {};
} // namespace detail

/// A \p T that coroutines share: others may change it whenever a coroutine is
/// suspended.
///
/// If it is checked, each write begins a version. A task that writes although
/// others have written since it last read acts on stale state: a violation of
/// `coro-stale-state`, at the write, with notes for the read and the other's
/// write. The following are no violations:
///
/// - a write after a second `read()`;
/// - a write of a task that has not read since its own last write;
/// - a write between which and the read nobody wrote: under an `AsyncMutex`;
/// - `exchange` and `update`, which look and write in one step: use them for
///   what does not rest on an earlier `read()`.
///
/// A task is a chain of awaits: what a task that is awaited directly does, its
/// awaiter does. A chain that awaited a group of others (`when_all`,
/// `with_timeout`) has to read again before anything is known of it, since
/// they may have written for it. What code of no task reads is not remembered;
/// its writes count as those of others.
///
/// Checked or not, it is as thread-safe as a \p T: two threads need a lock. Do
/// not keep the references that `read()` and `write()` return across a
/// `co_await`: what is done through them later is not seen.
///
/// \p Checked is a part of the type, so that two files that disagree about it
/// do not link.
template <class T, bool Checked = (COROLINT_RT_CHECK_SHARED != 0)>
class COROLINT_SHARED Shared {
public:
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  explicit Shared(Args &&...Arguments)
      : State(std::forward<Args>(Arguments)...) {}
  Shared(const Shared &) = delete;
  Shared &operator=(const Shared &) = delete;

  /// The state, to look at now.
  const T &read(const std::source_location &Site =
                    std::source_location::current()) const {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteRead(Site);
    return State;
  }

  /// The state, to change now. In `S.write() = co_await f()` the write is after
  /// the await. Throws `ContractViolation` in mode `Throw`.
  T &write(const std::source_location &Site = std::source_location::current()) {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteWrite(Site);
    return State;
  }

  /// Makes \p New the state and returns the old one.
  T exchange(T New, const std::source_location &Site =
                        std::source_location::current()) {
    if constexpr (Checked)
      if (Contracts::active())
        History.noteExchange(Site);
    return std::exchange(State, std::move(New));
  }

  /// Calls `Change(T &)` and returns what it returns. \p Change looks for
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
