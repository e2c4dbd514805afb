//===-- Tasks.cpp - Tasks and lifetimes in one translation unit -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Tasks.h"
#include "access/Awaiters.h"
#include "access/TaskSuspensions.h"

using namespace clang;

namespace corolint {

llvm::ArrayRef<TaskFinding> Tasks::danglingReferences() {
  if (Dangling)
    return *Dangling;
  Dangling = Lifetimes(Unit, Classes, Uses, Callables, Kept, Borrows)
                 .judge(Contexts.functions());
  llvm::append_range(*Dangling, findLateAwaiters(Contexts.functions(), Unit));
  return *Dangling;
}

llvm::ArrayRef<TaskFinding> Tasks::earlyReleases() {
  if (!Early)
    Early = TaskGuards(Unit, Guards, Classes, Uses).judge(Contexts.functions());
  return *Early;
}

llvm::ArrayRef<TaskFinding> Tasks::discarded() {
  if (!Discarded)
    Discarded =
        TaskDrops(Unit, Classes, Uses, Callables).judge(Contexts.functions());
  return *Discarded;
}

llvm::ArrayRef<TaskFinding> Tasks::busyWaits() {
  if (Busy)
    return *Busy;
  std::vector<const FunctionDecl *> Shared;
  for (const FunctionDecl *Function : Contexts.functions()) {
    FunctionContext Own = Contexts.of(*Function);
    if ((Unit.Bodies.of(*Function).isAsynchronous() || Own.EventLoop ||
         Own.NoYield) &&
        !Own.AllowBlocking)
      Shared.push_back(Function);
  }
  Busy = TaskLoops(Unit, Uses).judge(Shared);
  return *Busy;
}

llvm::ArrayRef<TaskFinding> Tasks::neverSuspending() {
  if (!Never)
    Never = findNeverSuspending(Contexts.functions(), Unit, Classes, Uses);
  return *Never;
}

llvm::ArrayRef<TaskFinding> Tasks::serialAwaits() {
  if (!Serial)
    Serial =
        SerialAwaits(Unit, Guards, Classes, Uses).judge(Contexts.functions());
  return *Serial;
}

/// The object and parameters that callers may lend to \p Function; none if it
/// returns no task.
llvm::SmallVector<Borrowed, 4> Tasks::borrowedBy(const FunctionDecl &Function) {
  llvm::SmallVector<Borrowed, 4> Result;
  const TaskClass *Task = Classes.returnedBy(Function);
  if (!Task || !Task->IsTask || !visibleBody(Function))
    return Result;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->isImplicitObjectMemberFunction() &&
      !Method->getParent()->isLambda())
    Result.push_back({Borrowed::Kind::This, 0});
  for (unsigned I = 0; I < Function.getNumParams(); ++I)
    if (refersToOthers(Function.getParamDecl(I)->getType(), Unit))
      Result.push_back({Borrowed::Kind::Parameter, I});
  return Result;
}

llvm::SmallVector<Tasks::LateBorrow, 2>
Tasks::lateBorrows(const FunctionDecl &Function) {
  llvm::SmallVector<LateBorrow, 2> Result;
  for (const Borrowed &What : borrowedBy(Function))
    if (const std::optional<BorrowUse> &Late = Borrows.of(Function, What))
      Result.push_back({What, describeLate(*Late, nullptr)});
  return Result;
}

llvm::SmallVector<LentBorrow, 2> Tasks::lent(const FunctionDecl &Function) {
  llvm::SmallVector<LentBorrow, 2> Result;
  for (const Borrowed &What : borrowedBy(Function))
    llvm::append_range(Result, Borrows.lent(Function, What));
  return Result;
}

} // namespace corolint
