//===-- Suspension.h - Decides which awaits can suspend ---------*- C++ -*-===//
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
/// `co_yield`). It cannot if `await_ready` is a visible body that only returns
/// `true`, if `await_suspend` is a visible body that only returns `false`, or
/// if the awaitable, or the function that returns it, is declared never to
/// suspend.
bool canSuspend(const clang::Stmt &Suspension, Facts &Unit);

/// Whether calling \p Coroutine runs it up to its first suspension point,
/// because its initial one cannot suspend.
bool startsAtOnce(const clang::CoroutineBodyStmt &Coroutine, Facts &Unit);

/// Where a coroutine continues after a suspension point.
enum class Hop : uint8_t {
  None,       ///< In the same place.
  MayBlock,   ///< On a thread that may block, or at an unknown place.
  OnLoop,     ///< On an event loop.
  Alternates, ///< Away from the loop; or back, if it is away.
};

/// A hop that is declared for a suspension point.
struct HopTo {
  Hop Where = Hop::None;
  /// The hop lasts only until the next suspension point.
  bool UntilSuspension = false;
  /// The form of its argument: an alternating hop returns with another one.
  unsigned ArgumentShape = 0;
};

/// The hop declared for \p Suspension by its awaitable, a base of it, the
/// function that returns it, or an argument of that function.
HopTo hopAt(const clang::Stmt &Suspension, Facts &Unit);

/// Whether the body of \p Ready, an `await_ready`, is `return true;`.
bool isAlwaysReady(const clang::FunctionDecl &Ready);

} // namespace corolint

#endif // COROLINT_CODE_SUSPENSION_H
