//===-- TaskGuards.cpp - Guards that end before the task they protect -----===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskGuards.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// What \p Variable, a local, protects while it lives: the work of tasks, or
/// what a thread does.
TaskGuards::Strength TaskGuards::guards(const VarDecl &Variable) {
  if (Variable.getType()->isReferenceType() || !Variable.hasLocalStorage())
    return Strength::None;
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Class->isLambda() ||
      Class->hasTrivialDestructor())
    return Strength::None;
  Annotations Marks = Unit.Annotations.of(*Class);
  if (Marks.has(Annotation::HoldsAcrossAwait) ||
      Marks.has(Annotation::NoYieldScope))
    return Strength::Work;
  if (const GuardModel *Model = Unit.Models.guard(*Class))
    switch (Model->Role) {
    case GuardRole::AsyncLock:
    case GuardRole::NoYield:
    case GuardRole::Hold:
      return Strength::Work;
    case GuardRole::Lock:
      return Strength::ThreadLock;
    default:
      return Strength::None;
    }
  const GuardClass *Guard = Guards.of(*Class);
  if (!Guard)
    return Strength::None;
  if (Guard->IsAsyncLock || Guard->IsNoYield)
    return Strength::Work;
  return Guard->IsLock && !Guard->IsMutex ? Strength::ThreadLock
                                          : Strength::None;
}

/// Whether \p Returned makes a task whose work may go on.
bool TaskGuards::isUnfinished(const Expr &Returned) {
  const TaskClass *Task = Classes.of(Returned.getType());
  if (!Task || !Task->IsTask)
    return false;
  const CallExpr *Call = taskCall(&Returned);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee)
    return false;
  const auto *Entry = Unit.modelOf(*Callee, CallOperands::of(Call));
  if (Entry && Entry->Task && Entry->Task->Action == TaskAction::Ready)
    return false;
  // An eager coroutine that never suspends is finished.
  const FunctionDecl *Body = visibleBody(*Callee);
  if (Body && !Classes.startsLazily(*Body)) {
    const auto &Walked = Unit.Bodies.of(*Body);
    if (Walked.IsCoroutine && !Walked.Awaits && !Walked.Yields)
      return false;
  }
  return true;
}

bool TaskGuards::isHeldAt(const VarDecl &Variable, const ReturnStmt &Return,
                          const StatementTree &Tree, Strength Guard) {
  const Stmt *Scope = Tree.scopeOf(Variable);
  const SourceManager &Sources = Unit.Context.getSourceManager();
  if (!Scope || !Tree.isWithin(&Return, Scope) ||
      !Sources.isBeforeInTranslationUnit(Variable.getLocation(),
                                         Return.getBeginLoc()))
    return false;
  // Moved, released, tested or handed on: it is no longer clear who holds it.
  if (!Tree.references(Variable).empty())
    return false;
  if (Guard == Strength::Work)
    return true;
  // A thread lock protects what the function does itself, unless there is
  // nothing but the task.
  if (Tree.function().isTemplateInstantiation())
    return false;
  const auto *Block = dyn_cast<CompoundStmt>(Scope);
  if (!Block || Tree.parent(&Return) != Block)
    return false;
  const auto *At = llvm::find(Block->body(), Tree.declaration(Variable));
  return At != Block->body_end() && std::next(At) != Block->body_end() &&
         *std::next(At) == &Return;
}

void TaskGuards::judgeFunction(const FunctionDecl &Function) {
  const TaskClass *Task = Classes.returnedBy(Function);
  if (!Task || !Task->IsTask)
    return;
  const Body &Walked = Unit.Bodies.of(Function);
  if (Walked.IsCoroutine)
    return;
  llvm::SmallVector<std::pair<const VarDecl *, Strength>, 2> Held;
  for (const Site &S : Walked.Sites)
    if (S.What == Site::Kind::Destroy && S.Variable &&
        !isa<ParmVarDecl>(S.Variable))
      if (Strength Guard = guards(*S.Variable); Guard != Strength::None)
        Held.push_back({S.Variable, Guard});
  if (Held.empty())
    return;
  const StatementTree &Tree = Uses.treeOf(Function);
  for (const Stmt *S : Tree.all()) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (!Return || !Return->getRetValue() ||
        !isUnfinished(*Return->getRetValue()))
      continue;
    for (auto [Variable, Guard] : Held) {
      if (!isHeldAt(*Variable, *Return, Tree, Guard) ||
          !Reported.insert(Return->getBeginLoc()).second)
        continue;
      TaskFinding Finding{TaskFinding::Kind::Guard, Return->getBeginLoc(),
                          Variable->getNameAsString()};
      Finding.Notes.push_back(
          {TaskNote::Kind::Acquired, Variable->getLocation(), Finding.Name});
      Found.push_back(std::move(Finding));
    }
  }
}

std::vector<TaskFinding>
TaskGuards::judge(llvm::ArrayRef<const FunctionDecl *> Functions) {
  for (const FunctionDecl *Function : Functions)
    if (visibleBody(*Function))
      judgeFunction(*Function);
  return std::move(Found);
}

} // namespace corolint
