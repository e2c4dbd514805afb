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

/// The findings in \p In. The first query finds them by \p Judge, if the body
/// is visible, and keeps them in \p Known.
static llvm::ArrayRef<TaskFinding>
once(TasksByFunction &Known, const FunctionDecl &In,
     llvm::function_ref<std::vector<TaskFinding>()> Judge) {
  auto [It, New] = Known.try_emplace(&In);
  if (!New || !visibleBody(In))
    return It->second;
  std::vector<TaskFinding> Found = Judge();
  return Known[&In] = std::move(Found);
}

/// The findings that \p Known has in \p In.
static llvm::ArrayRef<TaskFinding> lookUp(const TasksByFunction &Known,
                                          const FunctionDecl &In) {
  auto It = Known.find(&In);
  if (It == Known.end())
    return {};
  return It->second;
}

TasksByFunction Tasks::findDangling() {
  TasksByFunction Result;
  auto Add = [&](const FunctionDecl &Function, std::vector<TaskFinding> Found) {
    if (!Found.empty())
      llvm::move(Found, std::back_inserter(Result[&Function]));
  };
  for (const FunctionDecl *Function : Contexts.functions())
    if (visibleBody(*Function))
      Add(*Function, Life.judge(*Function));
  llvm::DenseSet<SourceLocation> Reported;
  for (const FunctionDecl *Function : Contexts.functions()) {
    if (!visibleBody(*Function))
      continue;
    if (Unit.Bodies.of(*Function).isAsynchronous())
      Add(*Function, Life.judgeUnawaited(*Function));
    if (auto Found = findLateAwaiter(*Function, Unit);
        Found && Reported.insert(Found->Where).second)
      Add(*Function, {*std::move(Found)});
  }
  return Result;
}

llvm::ArrayRef<TaskFinding> Tasks::danglingReferences(const FunctionDecl &In) {
  if (!Dangling)
    Dangling = findDangling();
  return lookUp(*Dangling, In);
}

llvm::ArrayRef<TaskFinding> Tasks::earlyReleases(const FunctionDecl &In) {
  return once(Early, In, [&] { return HeldGuards.judge(In); });
}

llvm::ArrayRef<TaskFinding> Tasks::discarded(const FunctionDecl &In) {
  return once(Discarded, In, [&] { return Drops.judge(In); });
}

llvm::ArrayRef<TaskFinding> Tasks::busyWaits(const FunctionDecl &In) {
  return once(Busy, In, [&] {
    const FunctionContext Own = Contexts.of(In);
    const bool SharesThread =
        Unit.Bodies.of(In).isAsynchronous() || Own.EventLoop || Own.NoYield;
    return SharesThread && !Own.AllowBlocking ? Loops.judge(In)
                                              : std::vector<TaskFinding>();
  });
}

llvm::ArrayRef<TaskFinding> Tasks::neverSuspending(const FunctionDecl &In) {
  if (!Never)
    Never = findNeverSuspending(Contexts.functions(), Unit, Classes, Uses);
  return lookUp(*Never, In);
}

llvm::ArrayRef<TaskFinding> Tasks::serialAwaits(const FunctionDecl &In) {
  return once(Serial, In, [&] { return Awaits.judge(In); });
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
