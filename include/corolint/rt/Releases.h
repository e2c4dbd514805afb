//===-- Releases.h - Records guards and the tasks under them ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A guard in a function that is no coroutine ends with the call, and a task
// that the function returns starts later. The contracts record such guards, the
// tasks that are made meanwhile, and the objects that own these tasks.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_RELEASES_H
#define COROLINT_RT_RELEASES_H

#include "corolint/rt/Observer.h"

/// 1: guards and tasks are recorded while the contracts are on. The default is
/// 1 in debug builds.
#ifndef COROLINT_RT_CHECK_RELEASES
#ifdef NDEBUG
#define COROLINT_RT_CHECK_RELEASES 0
#else
#define COROLINT_RT_CHECK_RELEASES 1
#endif
#endif

namespace corolint::rt::detail {

/// The contracts find the code that moves a task from the call.
#if COROLINT_RT_CHECK_RELEASES
#define COROLINT_RT_SHOWS_CALLER [[gnu::noinline]]
#else
#define COROLINT_RT_SHOWS_CALLER
#endif

inline constexpr bool ChecksReleases = COROLINT_RT_CHECK_RELEASES != 0;

inline bool anyGuardRecorded() noexcept {
  return ChecksReleases && RecordedGuards.load(std::memory_order_relaxed) != 0;
}

/// The object \p Guard now holds something, since \p Begin if that is known.
inline void noteGuard(const void *Guard,
                      const std::source_location *Begin = nullptr) noexcept {
  if (ChecksReleases && isWatched()) [[unlikely]]
    observer().guardMade(Guard, Begin);
}

/// \p Guard holds nothing any more: it was released by name, or moved.
inline void forgetGuard(const void *Guard) noexcept {
  if (anyGuardRecorded()) [[unlikely]]
    observer().guardForgotten(Guard);
}

/// The destructor of \p Guard is about to release what it holds.
inline void endGuard(const void *Guard) noexcept {
  if (anyGuardRecorded()) [[unlikely]]
    observer().guardEnds(Guard);
}

/// \p Owner, the handle in a task, has received the coroutine \p Frame.
/// Inlined, so that the contracts see the function that constructed the task.
[[gnu::always_inline]] inline void
noteOwner(const void *Owner, const void *Frame, OwnerChange How) noexcept {
  if (anyGuardRecorded()) [[unlikely]]
    observer().taskOwned(Owner, Frame, How);
}

/// A task destroys the coroutine \p Frame.
inline void forgetOwned(const void *Frame) noexcept {
  if (anyGuardRecorded()) [[unlikely]]
    observer().taskGone(Frame);
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_RELEASES_H
