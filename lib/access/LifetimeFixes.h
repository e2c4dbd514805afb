//===-- LifetimeFixes.h - Fix-its that lengthen a lifetime ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Edits that move an object into the frame of the coroutine that uses it. Each
// function returns no edits if the change is not mechanical.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMEFIXES_H
#define COROLINT_ACCESS_LIFETIMEFIXES_H

#include "code/Facts.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"

namespace corolint {

using FixIts = llvm::SmallVector<clang::FixItHint, 2>;

/// Rewrites `[x]() -> task { … }()` to `[](auto x) -> task { … }(x)`.
FixIts passCaptures(const clang::LambdaExpr &Lambda,
                    const clang::CallExpr &Call, Facts &Unit);

/// Replaces `T &&` or `const T &` by `T` in all declarations of \p Callee.
FixIts takeByValue(const clang::FunctionDecl &Callee, unsigned Index,
                   clang::ASTContext &Context);

/// Begins \p Coroutine, an eager definition whose signature is fixed, with a
/// variable that owns the object of a reference parameter, and uses it instead.
/// \p Argument is what a call passes.
FixIts ownParameter(const clang::FunctionDecl &Coroutine, unsigned Index,
                    const clang::Expr *Argument, clang::ASTContext &Context);

/// Begins \p Coroutine, an eager method, with a copy of the owner of its
/// object, `auto self = shared_from_this();`, if a base class returns it.
FixIts keepObject(const clang::FunctionDecl &Coroutine,
                  clang::ASTContext &Context);

/// Makes a reference \p Variable a copy: `auto x = …` for `auto &x = …`.
FixIts copyReferent(const clang::VarDecl &Variable);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMEFIXES_H
