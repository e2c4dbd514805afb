//===-- Lifetimes.h - What ends before the task that uses it ----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares how long tasks run with how long the objects live that they refer
// to: arguments, the object of a call, the captures of coroutine lambdas and
// what an awaited temporary owns.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMES_H
#define COROLINT_ACCESS_LIFETIMES_H

#include "access/LifetimeBorrows.h"
#include "access/TaskCallables.h"
#include "access/TaskFindings.h"

namespace corolint {

/// Finds what ends too early in the functions of one AST. Not thread-safe.
class Lifetimes {
public:
  Lifetimes(Facts &Unit, TaskClasses &Classes, TaskUses &Uses,
            TaskCallables &Callables, KeptCallables &Kept,
            LifetimeBorrows &Borrows)
      : Unit(Unit), Classes(Classes), Uses(Uses), Callables(Callables),
        Kept(Kept), Borrows(Borrows) {}

  /// Judges the definitions \p Functions.
  std::vector<TaskFinding>
  judge(llvm::ArrayRef<const clang::FunctionDecl *> Functions);

private:
  /// How the calls that this unit can see treat a coroutine's arguments.
  struct Callers {
    bool Careful = false; ///< Some call awaits it, or passes what lives on.
    bool Any = false;
  };

  void judgeFunction(const clang::FunctionDecl &Function);
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
  void judgeUnawaited(const clang::FunctionDecl &Function);

  bool outlives(const TaskUse &Use, const clang::FunctionDecl &Callee);
  bool endsBefore(const Referent &Object, const TaskUse &Use);
  bool hasOtherOwners(const Referent &Object);
  bool isHandedOver(const clang::VarDecl &Variable);
  bool followedByNothing(const clang::VarDecl &Variable,
                         const clang::Stmt *After);
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
  llvm::DenseSet<clang::SourceLocation> Reported, ReportedOpen;
  std::vector<TaskFinding> Found;
};

/// The call operator of \p Lambda that coroutines run as, if it is a coroutine:
/// of a generic lambda, one that is instantiated. Null if it is none.
const clang::FunctionDecl *coroutineOf(const clang::LambdaExpr &Lambda,
                                       Facts &Unit);

/// A note on how a parameter (null: another variable) is used late.
TaskNote describeLate(const BorrowUse &Late, const clang::ParmVarDecl *Param);

/// A note on what became of a task.
TaskNote describeUse(const TaskUse &Use);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMES_H
