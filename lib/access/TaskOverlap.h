//===-- TaskOverlap.h - Decides whether tasks are independent ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides whether two tasks depend on each other. They do if one changes state
// that the other uses, if both use one resource, or if too little is visible: a
// task without a result whose calls lead to invisible code is run for an
// invisible effect.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKOVERLAP_H
#define COROLINT_ACCESS_TASKOVERLAP_H

#include "access/Access.h"
#include "access/TaskUses.h"

namespace corolint {

/// The work of the task that a call creates.
struct TaskWork {
  const clang::CallExpr *Call = nullptr;
  AccessList Accesses;
  /// A number that may identify a resource, such as a descriptor, is passed to
  /// code that is not visible.
  bool HandsOutNumbers = false;
};

/// Compares the tasks of one AST. Not thread-safe.
class TaskOverlap {
public:
  TaskOverlap(Facts &Unit, TaskClasses &Classes, TaskUses &Uses)
      : Unit(Unit), Classes(Classes), Uses(Uses), Accesses(Unit) {}

  /// The work of the task that \p Call creates in \p Caller. \p GivesResult is
  /// set if the caller uses a result. Nothing if too little is known about the
  /// work.
  std::optional<TaskWork> workOf(const clang::CallExpr &Call,
                                 const clang::FunctionDecl &Caller,
                                 bool GivesResult);

  /// Whether \p A and \p B are independent.
  bool mayOverlap(const TaskWork &A, const TaskWork &B);

  /// The same for two iterations of a loop over \p Range (null: a counting
  /// loop) whose variable is \p Element.
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
