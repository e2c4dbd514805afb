//===-- Awaiters.h - Awaiters that let go of a coroutine --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An awaiter is part of the coroutine that awaits it, as a rule. Once
// `await_suspend` has destroyed or resumed that coroutine, or handed it to
// another thread, the awaiter may be gone, and may not be used any more.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_AWAITERS_H
#define COROLINT_ACCESS_AWAITERS_H

#include "access/TaskFindings.h"
#include "code/Facts.h"

namespace corolint {

/// The late use of `this` in the definition \p Function, if it is the
/// `await_suspend` of an awaiter.
std::optional<TaskFinding> findLateAwaiter(const clang::FunctionDecl &Function,
                                           Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_AWAITERS_H
