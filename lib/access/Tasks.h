//===-- Tasks.h - Tasks and lifetimes in one translation unit ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers the queries of the checks on tasks and lifetimes, on demand and
// function by function where the fate of a task does not depend on other
// functions. A function that neither is a coroutine nor creates tasks only
// costs a look at the return types of its callees.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKS_H
#define COROLINT_ACCESS_TASKS_H

#include "access/Lifetimes.h"
#include "access/SerialAwaits.h"
#include "access/TaskDrops.h"
#include "access/TaskGuards.h"
#include "access/TaskLoops.h"
#include "region/Contexts.h"

namespace corolint {

/// The tasks of one AST. Not thread-safe; findings live as long as it.
class Tasks {
public:
  /// \p Contexts must have been scanned before the first query.
  Tasks(Facts &Unit, GuardClasses &Guards, ContextMap &Contexts)
      : Unit(Unit), Contexts(Contexts), Classes(Unit), Uses(Unit, Classes),
        Callables(Unit, Uses), Kept(Unit, Uses, Callables),
        Borrows(Unit, Classes, Uses, Kept),
        Life(Unit, Classes, Uses, Callables, Kept, Borrows),
        HeldGuards(Unit, Guards, Classes, Uses),
        Drops(Unit, Contexts, Classes, Uses, Callables), Loops(Unit, Uses),
        Awaits(Unit, Guards, Classes, Uses) {}

  /// The findings of one check in the function \p In, which must be judged
  /// (Analysis::isJudged). They live as long as this object.
  llvm::ArrayRef<TaskFinding> danglingReferences(const clang::FunctionDecl &In);
  llvm::ArrayRef<TaskFinding> earlyReleases(const clang::FunctionDecl &In);
  llvm::ArrayRef<TaskFinding> discarded(const clang::FunctionDecl &In);
  llvm::ArrayRef<TaskFinding> busyWaits(const clang::FunctionDecl &In);
  llvm::ArrayRef<TaskFinding> neverSuspending(const clang::FunctionDecl &In);
  llvm::ArrayRef<TaskFinding> serialAwaits(const clang::FunctionDecl &In);

  /// An object that a function uses after its caller may have continued.
  struct LateBorrow {
    Borrowed What;
    TaskNote Use;
  };
  /// The late borrows of the definition \p Function; none if it returns no
  /// task.
  llvm::SmallVector<LateBorrow, 2>
  lateBorrows(const clang::FunctionDecl &Function);

  /// The objects that \p Function passes to tasks that may use them late, and
  /// does not use late itself.
  llvm::SmallVector<LentBorrow, 2> lent(const clang::FunctionDecl &Function);

private:
  llvm::SmallVector<Borrowed, 4>
  borrowedBy(const clang::FunctionDecl &Function);
  TasksByFunction findDangling();

  Facts &Unit;
  ContextMap &Contexts;
  TaskClasses Classes;
  TaskUses Uses;
  TaskCallables Callables;
  KeptCallables Kept;
  LifetimeBorrows Borrows;
  Lifetimes Life;
  TaskGuards HeldGuards;
  TaskDrops Drops;
  TaskLoops Loops;
  SerialAwaits Awaits;
  TasksByFunction Early, Discarded, Busy, Serial;
  /// Of all functions: they depend on callers.
  std::optional<TasksByFunction> Dangling, Never;
};

/// A query for the findings of one check.
using TaskQuery =
    llvm::ArrayRef<TaskFinding> (Tasks::*)(const clang::FunctionDecl &);

} // namespace corolint

#endif // COROLINT_ACCESS_TASKS_H
