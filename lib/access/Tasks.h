//===-- Tasks.h - Tasks and lifetimes in one translation unit ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers the queries of the checks on tasks and lifetimes, on demand. A
// function that neither is a coroutine nor creates tasks only costs a look at
// the return types of its callees.
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
      : Unit(Unit), Guards(Guards), Contexts(Contexts), Classes(Unit),
        Uses(Unit, Classes), Callables(Unit, Uses), Kept(Unit, Uses, Callables),
        Borrows(Unit, Classes, Uses, Kept) {}

  llvm::ArrayRef<TaskFinding> danglingReferences();
  llvm::ArrayRef<TaskFinding> earlyReleases();
  llvm::ArrayRef<TaskFinding> discarded();
  llvm::ArrayRef<TaskFinding> busyWaits();
  llvm::ArrayRef<TaskFinding> neverSuspending();
  llvm::ArrayRef<TaskFinding> serialAwaits();

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

  Facts &Unit;
  GuardClasses &Guards;
  ContextMap &Contexts;
  TaskClasses Classes;
  TaskUses Uses;
  TaskCallables Callables;
  KeptCallables Kept;
  LifetimeBorrows Borrows;
  std::optional<std::vector<TaskFinding>> Dangling, Early, Discarded, Busy,
      Never, Serial;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKS_H
