//===-- TaskOverlap.h - Which tasks could run at once -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides whether two tasks depend on each other. They do if one changes what
// the other uses, if both use one resource, or if too little can be seen: a
// task without a result whose calls lead to code that cannot be seen is there
// for an effect that nothing shows.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKOVERLAP_H
#define COROLINT_ACCESS_TASKOVERLAP_H

#include "access/Access.h"
#include "access/TaskUses.h"

namespace corolint {

/// What the task that a call makes does.
struct TaskWork {
  const clang::CallExpr *Call = nullptr;
  AccessList Accesses;
  /// A number that may identify a resource, such as a descriptor, is handed to
  /// code that cannot be seen.
  bool HandsOutNumbers = false;
};

/// Compares the tasks of one AST. Not thread-safe.
class TaskOverlap {
public:
  TaskOverlap(Facts &Unit, TaskClasses &Classes, TaskUses &Uses)
      : Unit(Unit), Classes(Classes), Uses(Uses), Accesses(Unit) {}

  /// The work of the task that \p Call makes in \p Caller. \p GivesResult tells
  /// whether the caller uses a result. Nothing if it is not known well enough
  /// what the work is.
  std::optional<TaskWork> workOf(const clang::CallExpr &Call,
                                 const clang::FunctionDecl &Caller,
                                 bool GivesResult);

  /// Whether \p A and \p B have nothing to do with each other.
  bool mayOverlap(const TaskWork &A, const TaskWork &B);

  /// The same for the work of two rounds of a loop over \p Range (null: it
  /// counts), whose variable is \p Element.
  bool mayOverlapItself(const TaskWork &Work, const clang::VarDecl &Element,
                        const clang::Expr *Range,
                        const clang::FunctionDecl &Caller);

private:
  struct Scan;
  bool scanOperands(const clang::CallExpr &Call, TaskWork &Work);
  bool scanCallee(const clang::FunctionDecl &Root, bool GivesResult,
                  TaskWork &Work);
  bool isHarmless(const Site &S, const clang::FunctionDecl &Within,
                  bool GivesResult, TaskWork &Work);
  bool isResource(const AccessPath &Path, bool NumbersCount);

  Facts &Unit;
  TaskClasses &Classes;
  TaskUses &Uses;
  AccessAnalysis Accesses;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKOVERLAP_H
