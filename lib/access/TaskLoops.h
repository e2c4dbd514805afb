//===-- TaskLoops.h - Finds loops that wait without suspending --*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds loops that repeatedly test whether something has happened without
// letting it happen, and infinite loops that never suspend.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKLOOPS_H
#define COROLINT_ACCESS_TASKLOOPS_H

#include "access/TaskFindings.h"
#include "access/TaskUses.h"

namespace corolint {

/// Finds busy waits in the functions of one AST. Not thread-safe.
class TaskLoops {
public:
  TaskLoops(Facts &Unit, TaskUses &Uses) : Unit(Unit), Uses(Uses) {}

  /// Judges the definition \p Function, which runs on a shared thread. A place
  /// is reported once.
  std::vector<TaskFinding> judge(const clang::FunctionDecl &Function);

private:
  struct Contents;
  Contents read(const clang::Stmt &Loop, const StatementTree &Tree);
  bool polls(const clang::CallExpr &Call);
  bool isAnswer(const clang::Expr &E, const Contents &Inside);
  bool meansEvent(const clang::Expr &Condition, bool Holds,
                  const Contents &Inside);
  void readCall(const clang::CallExpr &Call, Contents &Result);
  void readAwait(const clang::Stmt &Await, Contents &Result);
  bool readsFlag(const clang::Expr &Condition);
  bool delaysAttempt(const clang::Stmt &Loop, const clang::Expr &Polled,
                     const StatementTree &Tree);
  void judgeLoop(const clang::Stmt &Loop, const StatementTree &Tree);

  Facts &Unit;
  TaskUses &Uses;
  llvm::DenseSet<clang::SourceLocation> Reported;
  std::vector<TaskFinding> Found;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKLOOPS_H
