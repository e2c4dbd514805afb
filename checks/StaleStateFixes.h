//===-- StaleStateFixes.h - Fix-its of coro-stale-state ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the edits that mend a finding without changing what the coroutine
// means: a copy of what it iterates over or refers to, a copy of the owner, or
// a read after the wait. Where that needs a decision, there is no edit.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CHECKS_STALESTATEFIXES_H
#define COROLINT_CHECKS_STALESTATEFIXES_H

#include "access/StaleState.h"

namespace corolint {

/// The edit that mends \p Finding; null if none is mechanical.
clang::FixItHint fixStaleState(const StaleFinding &Finding, Facts &Unit);

} // namespace corolint

#endif // COROLINT_CHECKS_STALESTATEFIXES_H
