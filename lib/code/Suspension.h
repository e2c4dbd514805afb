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

} // namespace corolint

#endif // COROLINT_CODE_SUSPENSION_H
