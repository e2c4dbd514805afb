//===-- CleanUp.h - Asynchronous clean-up -----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CLEANUP_H
#define COROLINT_RT_CLEANUP_H

#include "corolint/rt/Cancellation.h"
#include "corolint/rt/Outcome.h"
#include <functional>

namespace corolint::rt {

/// Runs \p Work, then runs the task that \p CleanUp returns to its end. The
/// clean-up runs whether \p Work returned, threw or was cancelled, and even if
/// the awaiting task is asked to stop. This is the asynchronous counterpart of
/// a destructor, which cannot await. Returns the result of \p Work or throws
/// its exception; if \p Work did not throw, an exception of the clean-up is
/// thrown. \p CleanUp is called once \p Work has ended. It does not run if the
/// task is destroyed instead of resumed.
template <class T, class F> Task<T> with_cleanup(Task<T> Work, F CleanUp) {
  Outcome<T> Result = co_await outcome_of(std::move(Work));
  Task<void> Last = std::invoke(CleanUp);
  Outcome<void> Cleaned = co_await uncancellable(outcome_of(std::move(Last)));
  if (Result.has_value())
    std::move(Cleaned).value();
  co_return std::move(Result).value();
}

} // namespace corolint::rt

#endif // COROLINT_RT_CLEANUP_H
