//===-- FailureTests.h - Questions why a system call failed -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_FAILURETESTS_H
#define COROLINT_MODEL_FAILURETESTS_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

/// The calls that ask why an operation failed, in \p Tested, an `if` or `&&`
/// that finds the failure: `if (n < 0 && would_block())`. \p IsResult
/// recognises the variables that hold the result of a call.
llvm::SmallVector<const clang::CallExpr *, 2>
askingWhy(const clang::Stmt &Tested, const clang::ASTContext &Context,
          llvm::function_ref<bool(const clang::ValueDecl &)> IsResult);

} // namespace corolint

#endif // COROLINT_MODEL_FAILURETESTS_H
