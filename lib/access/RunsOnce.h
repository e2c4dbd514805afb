//===-- RunsOnce.h - Functions that run once per object ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A method that begins with `if (Connected) return;`, and sets `Connected`
// later, runs once for each object if nothing clears the member. What such a
// method assigns does not change again.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_RUNSONCE_H
#define COROLINT_ACCESS_RUNSONCE_H

#include "access/Callers.h"

namespace corolint {

/// Whether \p Condition being \p Truth means that a pointer or value is absent,
/// or a container without the element: `!Handle`, `Size == 0`, `empty()`.
bool testsAbsence(const clang::Expr *Condition, bool Truth);

/// Finds the functions of one AST that run once. Not thread-safe.
class RunsOnce {
public:
  /// Calls its argument for every change of a member that the AST contains,
  /// except those of constructors and destructors.
  using ForEachChange = llvm::function_ref<void(
      const clang::ValueDecl &Member,
      llvm::function_ref<void(const clang::FunctionDecl &, const Access &)>)>;

  RunsOnce(AccessAnalysis &Accesses, Callers &Graph, ForEachChange Changes)
      : Accesses(Accesses), Graph(Graph), Changes(Changes) {}

  /// Whether control passes \p Where in \p Function once for each object: the
  /// function, or each of its callers, has returned before if it ran already.
  bool isOnce(const clang::FunctionDecl &Function, clang::SourceLocation Where);

private:
  bool isLatched(const clang::FunctionDecl &Function,
                 clang::SourceLocation Where);
  bool isLatch(const clang::ValueDecl &Member,
               const clang::FunctionDecl &Function);

  AccessAnalysis &Accesses;
  Callers &Graph;
  ForEachChange Changes;
};

} // namespace corolint

#endif // COROLINT_ACCESS_RUNSONCE_H
