//===-- TaskGuards.h - Finds guards that end before a task ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds guards that a function that is no coroutine holds in a local variable
// when it returns an unfinished task.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKGUARDS_H
#define COROLINT_ACCESS_TASKGUARDS_H

#include "access/TaskFindings.h"
#include "access/TaskUses.h"
#include "flow/Guards.h"

namespace corolint {

/// Finds early releases in the functions of one AST. Not thread-safe.
class TaskGuards {
public:
  TaskGuards(Facts &Unit, GuardClasses &Guards, TaskClasses &Classes,
             TaskUses &Uses)
      : Unit(Unit), Guards(Guards), Classes(Classes), Uses(Uses) {}

  /// Judges the definition \p Function. A place is reported once.
  std::vector<TaskFinding> judge(const clang::FunctionDecl &Function);

private:
  enum class Strength : uint8_t { None, ThreadLock, Work };
  Strength guards(const clang::VarDecl &Variable);
  bool isHeldAt(const clang::VarDecl &Variable, const clang::ReturnStmt &Return,
                const StatementTree &Tree, Strength Guard);
  bool isUnfinished(const clang::Expr &Returned);

  Facts &Unit;
  GuardClasses &Guards;
  TaskClasses &Classes;
  TaskUses &Uses;
  llvm::DenseSet<clang::SourceLocation> Reported;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKGUARDS_H
