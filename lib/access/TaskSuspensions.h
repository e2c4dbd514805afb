//===-- TaskSuspensions.h - Never-suspending coroutines ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds coroutines without a suspension point that need not be coroutines: all
// calls await them in place, so the callers could call an ordinary function.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKSUSPENSIONS_H
#define COROLINT_ACCESS_TASKSUSPENSIONS_H

#include "access/TaskFindings.h"
#include "access/TaskUses.h"

namespace corolint {

/// Finds coroutines without suspension points among \p Functions, definitions
/// of one AST.
TasksByFunction
findNeverSuspending(llvm::ArrayRef<const clang::FunctionDecl *> Functions,
                    Facts &Unit, TaskClasses &Classes, TaskUses &Uses);

} // namespace corolint

#endif // COROLINT_ACCESS_TASKSUSPENSIONS_H
