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

/// Finds late uses of `this` in the awaiters among \p Functions, definitions.
std::vector<TaskFinding>
findLateAwaiters(llvm::ArrayRef<const clang::FunctionDecl *> Functions,
                 Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_AWAITERS_H
