//===-- Suspension.h - Which awaits can suspend -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_SUSPENSION_H
#define COROLINT_CODE_SUSPENSION_H

#include "code/Facts.h"

namespace corolint {

/// Whether control may leave the coroutine at \p Suspension (a `co_await` or
/// `co_yield`). It cannot where `await_ready` is a visible body that only
/// returns `true`, or where the awaitable, or the function it comes from, is
/// declared never to suspend.
bool canSuspend(const clang::Stmt &Suspension, Facts &Unit);

/// Whether \p Coroutine runs when it is called, up to its first suspension
/// point: its initial one cannot suspend.
bool startsAtOnce(const clang::CoroutineBodyStmt &Coroutine, Facts &Unit);

/// Where a coroutine goes on after a suspension point.
enum class Hop : uint8_t {
  None,       ///< Where it was.
  MayBlock,   ///< On a thread that may block, or nobody knows where.
  OnLoop,     ///< On an event loop.
  Alternates, ///< Away from the loop; or back, if it is away.
};

/// A hop that a suspension point is declared to be.
struct HopTo {
  Hop Where = Hop::None;
  /// It lasts only until the next suspension point.
  bool UntilSuspension = false;
  /// What it is handed: one that alternates returns with another argument.
  unsigned ArgumentShape = 0;
};

/// The hop that \p Suspension is declared to be: by its awaitable, by a base of
/// it, by the function that it comes from, or by an argument of that
/// function's.
HopTo hopAt(const clang::Stmt &Suspension, Facts &Unit);

/// Whether the body of \p Ready, an `await_ready`, is `return true;`.
bool isAlwaysReady(const clang::FunctionDecl &Ready);

} // namespace corolint

#endif // COROLINT_CODE_SUSPENSION_H
