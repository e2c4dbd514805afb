//===-- Lifetimes.h - Objects that end before their task --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares the lifetimes of tasks with those of the objects to which they
// refer: arguments, the object of a call, the captures of coroutine lambdas and
// objects owned by an awaited temporary.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMES_H
#define COROLINT_ACCESS_LIFETIMES_H

#include "access/LifetimeBorrows.h"
#include "access/LifetimeFixes.h"
#include "access/TaskCallables.h"
#include "access/TaskFindings.h"

namespace corolint {

/// Finds objects that end too early in the functions of one AST. Not
/// thread-safe.
class Lifetimes {
public:
  Lifetimes(Facts &Unit, TaskClasses &Classes, TaskUses &Uses,
            TaskCallables &Callables, KeptCallables &Kept,
            LifetimeBorrows &Borrows)
      : Unit(Unit), Classes(Classes), Uses(Uses), Callables(Callables),
        Kept(Kept), Borrows(Borrows) {}

  /// Judges what the definition \p Function lends to others. A place is
  /// reported once.
  std::vector<TaskFinding> judge(const clang::FunctionDecl &Function);

  /// Judges the parameters of the asynchronous coroutine \p Function. `judge`
  /// must have judged its callers.
  std::vector<TaskFinding> judgeUnawaited(const clang::FunctionDecl &Function);

private:
  /// How the visible calls of a coroutine treat its arguments.
  struct Callers {
    bool Careful = false; ///< A call awaits it, or passes a long-lived object.
    bool Any = false;
  };

  void judgeCall(const clang::CallExpr &Call,
                 const clang::FunctionDecl &Callee);
  void judgeGenerator(const clang::CallExpr &Call,
                      const clang::FunctionDecl &Callee);
  void judgeArgument(const clang::CallExpr &Call,
                     const clang::FunctionDecl &Callee, const TaskUse &Use,
                     const BorrowedArgument &Passed);
  void judgeLaterCallables(const clang::CallExpr &Call,
                           const clang::FunctionDecl &Callee,
                           const TaskUse *Use);
  bool endsBeforeCall(const clang::VarDecl &Captured,
                      const clang::CallExpr &Call, const TaskUse *Use);
  void judgeStoredCallable(const clang::LambdaExpr &Lambda);
  void judgeBuffers(const clang::CallExpr &Call);
  void judgeOperands(const clang::CallExpr &Call,
                     const clang::FunctionDecl &Callee);
  bool isFreedAfter(const clang::VarDecl &Pointer, const clang::CallExpr &Call);
  void judgeLending(const clang::CallExpr &Call,
                    const clang::FunctionDecl &Callee);
  bool mayBeWaitedFor(const clang::VarDecl &Variable,
                      const clang::CallExpr &Call);
  void judgeLambda(const clang::LambdaExpr &Lambda);
  void judgeInvokedLambda(const clang::LambdaExpr &Lambda,
                          const clang::FunctionDecl &Operator,
                          const clang::CallExpr &Call);
  void judgeStoredLambda(const clang::VarDecl &Variable,
                         const clang::FunctionDecl &Operator);
  void judgePassedLambda(const clang::LambdaExpr &Lambda,
                         const clang::FunctionDecl &Operator,
                         const clang::CallExpr &Call, unsigned Index);
  void judgeAwaitedResult(const clang::VarDecl &Variable);

  bool outlives(const TaskUse &Use, const clang::FunctionDecl &Callee);
  bool endsUnresumed(const clang::VarDecl &Variable);
  bool endsBefore(const Referent &Object, const TaskUse &Use);
  bool hasOtherOwners(const Referent &Object);
  bool changesOwner(const Referent &Object);
  bool isHandedOver(const clang::VarDecl &Variable);
  bool followedByNothing(const clang::VarDecl &Variable,
                         const clang::Stmt *After);
  FixIts once(FixIts Edits);
  FixIts ownInFrame(const clang::FunctionDecl &Callee, unsigned Index,
                    const clang::Expr *Argument);
  void reportCapture(const clang::FunctionDecl &Operator, TaskNote Why);
  void reportArgument(TaskFinding Finding, const BorrowUse &Late,
                      const TaskUse &Use);
  void reportOpen(TaskFinding Finding, const TaskUse &Use,
                  const clang::CallExpr &Call,
                  const clang::FunctionDecl &Callee,
                  const BorrowedArgument &Passed);
  void report(TaskFinding Finding);

  Facts &Unit;
  TaskClasses &Classes;
  TaskUses &Uses;
  TaskCallables &Callables;
  KeptCallables &Kept;
  LifetimeBorrows &Borrows;

  const StatementTree *Tree = nullptr; ///< Of the function being judged.
  llvm::DenseMap<const clang::FunctionDecl *, Callers> Called;
  llvm::DenseSet<clang::SourceLocation> Reported, ReportedOpen, Edited;
  std::vector<TaskFinding> Found;
};

/// The call operator that runs as the coroutine of \p Lambda. For a generic
/// lambda, an instantiated one. Null if the lambda is no coroutine.
const clang::FunctionDecl *coroutineOf(const clang::LambdaExpr &Lambda,
                                       Facts &Unit);

/// A note on the late use of a parameter (null: another variable).
TaskNote describeLate(const BorrowUse &Late, const clang::ParmVarDecl *Param);

/// A note on the use of a task.
TaskNote describeUse(const TaskUse &Use);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMES_H
