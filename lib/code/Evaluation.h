//===-- Evaluation.h - What is evaluated, and to what -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_EVALUATION_H
#define COROLINT_CODE_EVALUATION_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace corolint {

/// The constant that \p Value is: a null pointer and `false` are 0. Nothing if
/// it is not constant.
std::optional<int64_t> constantOf(const clang::Expr *Value,
                                  const clang::ASTContext &Context);

/// Whether a condition in \p Function mentions \p State, a variable or member.
bool testsState(const clang::FunctionDecl &Function,
                const clang::ValueDecl &State);

/// Calls \p Visit for \p Root and every expression and statement below it that
/// is evaluated with it. \p Visit returns false to skip the children.
void forEachEvaluated(const clang::Stmt &Root,
                      llvm::function_ref<bool(const clang::Stmt &)> Visit);

} // namespace corolint

#endif // COROLINT_CODE_EVALUATION_H
