//===-- TaskGuards.cpp - Finds guards that end before a task --------------===//
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
/// the work of the thread.
TaskGuards::Strength TaskGuards::guards(const VarDecl &Variable) {
  if (!Variable.hasLocalStorage())
    return Strength::None;
  // A reference to a temporary extends its life to that of a variable.
  if (Variable.getType()->isReferenceType()) {
    const Expr *Init = Variable.getInit();
    if (const auto *Full = dyn_cast_or_null<ExprWithCleanups>(Init))
      Init = Full->getSubExpr();
    const auto *Kept = dyn_cast_or_null<MaterializeTemporaryExpr>(
        Init ? Init->IgnoreImpCasts() : nullptr);
    if (!Kept || Kept->getExtendingDecl() != &Variable)
      return Strength::None;
  }
  const CXXRecordDecl *Class =
      Variable.getType().getNonReferenceType()->getAsCXXRecordDecl();
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

/// The expressions that create the value of \p Returned: itself, the branches
/// of a conditional, the initialiser of a variable.
static llvm::SmallVector<const Expr *, 2> makersOf(const Expr &Returned) {
  llvm::SmallVector<const Expr *, 2> Result, Pending{&Returned};
  while (!Pending.empty() && Result.size() < 8) {
    const Expr *E = innermostOf(Pending.pop_back_val());
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    const auto *List = dyn_cast<InitListExpr>(E);
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
      Pending.append({Choice->getTrueExpr(), Choice->getFalseExpr()});
    else if (Construct && Construct->getNumArgs() == 1 &&
             Construct->getConstructor()->isCopyOrMoveConstructor())
      Pending.push_back(Construct->getArg(0));
    else if (List && List->getNumInits() == 1)
      Pending.push_back(List->getInit(0));
    else if (Variable && Variable->hasLocalStorage() && Variable->getInit() &&
             !Variable->getType()->isReferenceType() &&
             !isa<DeclRefExpr>(innermostOf(Variable->getInit())))
      Pending.push_back(Variable->getInit());
    else
      Result.push_back(E);
  }
  return Result;
}

/// Whether \p Made is a call that creates a task whose work may continue.
bool TaskGuards::isUnfinished(const Expr &Made) {
  const TaskClass *Task = Classes.of(Made.getType());
  const auto *Call = dyn_cast<CallExpr>(&Made);
  if (!Task || !Task->IsTask || !Call)
    return false;
  const FunctionDecl *Callee = calleeOf(*Call);
  if (!Callee)
    return true;
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
  // The guard is moved, released, tested or passed on: its owner is no longer
  // known.
  if (!Tree.references(Variable).empty())
    return false;
  if (Guard == Strength::Work)
    return true;
  // A thread lock protects the function's own work, unless creating the task is
  // all it does.
  if (Tree.function().isTemplateInstantiation())
    return false;
  const auto *Block = dyn_cast<CompoundStmt>(Scope);
  if (!Block || Tree.parent(&Return) != Block)
    return false;
  const auto *At = llvm::find(Block->body(), Tree.declaration(Variable));
  return At != Block->body_end() && std::next(At) != Block->body_end() &&
         *std::next(At) == &Return;
}

std::vector<TaskFinding> TaskGuards::judge(const FunctionDecl &Function) {
  std::vector<TaskFinding> Found;
  const TaskClass *Task = Classes.returnedBy(Function);
  if (!Task || !Task->IsTask)
    return Found;
  const Body &Walked = Unit.Bodies.of(Function);
  if (Walked.IsCoroutine)
    return Found;
  llvm::SmallVector<std::pair<const VarDecl *, Strength>, 2> Held;
  for (const Site &S : Walked.Sites)
    if (S.What == Site::Kind::Destroy && S.Variable &&
        !isa<ParmVarDecl>(S.Variable))
      if (Strength Guard = guards(*S.Variable); Guard != Strength::None)
        Held.push_back({S.Variable, Guard});
  const StatementTree &Tree = Uses.treeOf(Function);
  for (const Stmt *S : Tree.all())
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D);
            Variable && Variable->getType()->isReferenceType())
          if (Strength Guard = guards(*Variable); Guard != Strength::None)
            Held.push_back({Variable, Guard});
  if (Held.empty())
    return Found;
  for (const Stmt *S : Tree.all()) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (!Return || !Return->getRetValue())
      continue;
    llvm::SmallVector<const Expr *, 2> Made = makersOf(*Return->getRetValue());
    llvm::erase_if(Made, [&](const Expr *E) { return !isUnfinished(*E); });
    for (auto [Variable, Guard] : Held) {
      // A task made before the guard does not need it.
      if (llvm::none_of(Made, [&, Guarded = Variable](const Expr *E) {
            return Unit.Context.getSourceManager().isBeforeInTranslationUnit(
                Guarded->getLocation(), E->getBeginLoc());
          }))
        continue;
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
  return Found;
}

} // namespace corolint
