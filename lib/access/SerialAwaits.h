//===-- SerialAwaits.h - Awaits that could overlap --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds tasks that a coroutine awaits one after another although they do not
// depend on each other: in consecutive statements, in one expression, and in
// the iterations of a loop.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_SERIALAWAITS_H
#define COROLINT_ACCESS_SERIALAWAITS_H

#include "access/TaskFindings.h"
#include "access/TaskOverlap.h"
#include "flow/Guards.h"

namespace corolint {

/// Finds serial awaits in the functions of one AST. Not thread-safe.
class SerialAwaits {
public:
  SerialAwaits(Facts &Unit, GuardClasses &Guards, TaskClasses &Classes,
               TaskUses &Uses)
      : Unit(Unit), Guards(Guards), Classes(Classes), Uses(Uses),
        Overlap(Unit, Classes, Uses) {}

  /// Judges the definition \p Function. A place is reported once.
  std::vector<TaskFinding> judge(const clang::FunctionDecl &Function);

private:
  /// One await that may belong to a sequence.
  struct Step {
    const clang::CoawaitExpr *Await = nullptr;
    const TaskClass *Task = nullptr;
    TaskWork Work;
    /// The variable that receives the result, or null.
    const clang::VarDecl *Result = nullptr;
    /// The statement consists of the await only.
    bool IsWhole = false;
    /// The task is created in the operand, not stored in a variable before.
    bool IsDirect = false;
  };

  void judgeBlock(const clang::CompoundStmt &Block, const StatementTree &Tree);
  void judgeLoop(const clang::Stmt &Loop, const StatementTree &Tree);
  std::optional<Step> stepOf(const clang::Stmt &Statement,
                             const StatementTree &Tree);
  std::optional<Step> stepOf(const clang::CoawaitExpr &Await, bool GivesResult,
                             const StatementTree &Tree);
  llvm::SmallVector<Step, 2> stepsWithin(const clang::Stmt &Statement,
                                         const StatementTree &Tree);
  bool follows(llvm::ArrayRef<Step> Row, const Step &Next);
  void report(llvm::ArrayRef<Step> Row);
  void addGather(llvm::ArrayRef<Step> Row, TaskFinding &Finding);

  Facts &Unit;
  GuardClasses &Guards;
  TaskClasses &Classes;
  TaskUses &Uses;
  TaskOverlap Overlap;
  const clang::FunctionDecl *Function = nullptr;
  llvm::DenseSet<clang::SourceLocation> Reported;
  std::vector<TaskFinding> Found;
};

} // namespace corolint

#endif // COROLINT_ACCESS_SERIALAWAITS_H
