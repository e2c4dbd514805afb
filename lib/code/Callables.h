//===-- Callables.h - The function that a callable runs ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_CALLABLES_H
#define COROLINT_CODE_CALLABLES_H

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace corolint {

class ModelIndex;

/// The function that \p Argument, used as a callable, runs: a lambda's body, a
/// named function, a functor's call operator. Null if unknown.
const clang::FunctionDecl *callableOf(const clang::Expr *Argument,
                                      ModelIndex &Models);

/// The argument that decides where a bound callable runs (`bind_executor(pool,
/// callable)`), or null if there is none.
const clang::Expr *boundExecutor(const clang::Expr *Argument,
                                 ModelIndex &Models);

} // namespace corolint

#endif // COROLINT_CODE_CALLABLES_H
