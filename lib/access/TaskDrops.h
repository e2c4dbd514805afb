//===-- TaskDrops.h - Finds tasks that are dropped --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds dropped tasks and awaitables that do nothing until awaited, or that end
// when they are dropped. Also finds coroutines that are used as callables whose
// result is ignored.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKDROPS_H
#define COROLINT_ACCESS_TASKDROPS_H

#include "access/TaskCallables.h"
#include "access/TaskFindings.h"
#include "region/Contexts.h"

namespace corolint {

/// Finds dropped tasks in the functions of one AST. Not thread-safe.
class TaskDrops {
public:
  TaskDrops(Facts &Unit, ContextMap &Contexts, TaskClasses &Classes,
            TaskUses &Uses, TaskCallables &Callables)
      : Unit(Unit), Contexts(Contexts), Classes(Classes), Uses(Uses),
        Callables(Callables) {}

  /// Judges the definition \p Function. A place is reported once.
  std::vector<TaskFinding> judge(const clang::FunctionDecl &Function);

private:
  bool isPartOfDropped(const clang::CallExpr &Call, const TaskUse &Use);
  void judgeCall(const Site &S, const StatementTree &Tree);
  void judgeObject(const clang::Expr &Made, const TaskClass &Task,
                   const clang::CXXConstructorDecl *Constructor,
                   const StatementTree &Tree);
  void judgeObjects(const clang::FunctionDecl &Function);
  void judgeForgotten(const clang::CallExpr &Call, const TaskClass &Task,
                      const StatementTree &Tree);
  void judgeVariable(const clang::VarDecl &Variable, const TaskClass &Task,
                     const StatementTree &Tree);
  void judgeArguments(const Site &S);
  void judgeConversion(clang::QualType Callable, const clang::Expr &From);
  bool doesNothing(const TaskClass &Task, const clang::FunctionDecl &Callee);
  bool givesGuard(const TaskClass &Task);
  bool losesResult(const clang::FunctionDecl &Coroutine);
  bool isProbe(const clang::Stmt &Statement, const StatementTree &Tree);
  void report(TaskFinding Finding);

  Facts &Unit;
  ContextMap &Contexts;
  TaskClasses &Classes;
  TaskUses &Uses;
  TaskCallables &Callables;
  /// The lambdas passed to functions that catch their exceptions; computed on
  /// demand.
  std::optional<llvm::DenseSet<const clang::CXXRecordDecl *>> Probes;
  llvm::DenseSet<clang::SourceLocation> Reported;
  /// Discarded expressions of which a part was reported.
  llvm::DenseSet<const clang::Expr *> Wholes;
  std::vector<TaskFinding> Found;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKDROPS_H
