//===-- RunsOnce.cpp - Functions that run once per object -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/RunsOnce.h"
#include "access/StateChange.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

bool testsAbsence(const Expr *Condition, bool Truth) {
  const Expr *Leaf = innermostOf(Condition);
  if (!Leaf)
    return false;
  OverloadedOperatorKind Overloaded = OO_None;
  BinaryOperatorKind Opcode = BO_Comma;
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(Leaf))
    Opcode = Rewritten->getOperator();
  else if (const auto *Binary = dyn_cast<BinaryOperator>(Leaf))
    Opcode = Binary->getOpcode();
  else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Leaf))
    Overloaded = Operator->getOperator();
  if (Opcode == BO_EQ || Overloaded == OO_EqualEqual)
    return Truth;
  if (Opcode == BO_NE || Overloaded == OO_ExclaimEqual)
    return !Truth;
  if (Opcode != BO_Comma)
    return false;
  // A container's test without arguments asks whether it is empty.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Leaf))
    if (const CXXRecordDecl *Class = Call->getRecordDecl();
        Class && Call->getNumArgs() == 0 && Class->hasDefinition() &&
        !isPointerLike(*Class) &&
        !isa<CXXConversionDecl>(Call->getMethodDecl()))
      if (!Class->isDependentContext() && Call->getType()->isBooleanType() &&
          !membersNamed(*Class, "begin").empty())
        return Truth;
  return !Truth;
}

/// Whether \p Function is \p Outer or a lambda in it.
static bool isWithin(const FunctionDecl &Function, const FunctionDecl &Outer) {
  const DeclContext *Scope = &Function;
  while (Scope && !Scope->Equals(&Outer))
    Scope = Scope->getParent();
  return Scope;
}

/// Whether only \p Function changes \p Member, and never clears it.
bool RunsOnce::isLatch(const ValueDecl &Member, const FunctionDecl &Function) {
  bool IsSet = false, IsCleared = false;
  Changes(Member, [&](const FunctionDecl &By, const Access &Made) {
    const auto *Assignment = dyn_cast<CXXMethodDecl>(&By);
    // Assigning the whole object begins a new life.
    if (Assignment && (Assignment->isCopyAssignmentOperator() ||
                       Assignment->isMoveAssignmentOperator()))
      return;
    const StateChange Change = changeOf(Made, Accesses.Unit);
    const bool Sets = Change.Kind == AccessKind::Write && Change.IsWhole &&
                      Change.Constant != 0 && isWithin(By, Function);
    IsSet |= Sets;
    IsCleared |= !Sets;
  });
  return IsSet && !IsCleared;
}

/// Whether \p Function, before \p Where, returns if a member is set that it
/// sets itself.
bool RunsOnce::isLatched(const FunctionDecl &Function, SourceLocation Where) {
  const FunctionDecl *Definition = Function.getDefinition();
  const auto *Block = dyn_cast_or_null<CompoundStmt>(
      Definition ? writtenBody(*Definition) : nullptr);
  if (!Block)
    return false;
  const SourceManager &Sources = Definition->getASTContext().getSourceManager();
  for (const Stmt *S : Block->body()) {
    if (!Sources.isBeforeInTranslationUnit(S->getBeginLoc(), Where))
      return false;
    const auto *If = dyn_cast<IfStmt>(S);
    if (!If || If->getElse() || !leavesFunction(If->getThen()) ||
        isa<BinaryOperator>(innermostOf(If->getCond())) ||
        testsAbsence(If->getCond(), true))
      continue;
    if (const auto *Not = dyn_cast<UnaryOperator>(innermostOf(If->getCond()));
        Not && Not->getOpcode() == UO_LNot)
      continue;
    for (const Access &Tested :
         Accesses.within(*If->getCond(), Accesses.Unit.Bodies.of(*Definition)))
      if (const auto *Member = dyn_cast_or_null<FieldDecl>(Tested.Path.key());
          Member && Tested.Path.Steps.size() == 1 && !Tested.Path.Root &&
          isLatch(*Member, *Definition))
        return true;
  }
  return false;
}

bool RunsOnce::isOnce(const FunctionDecl &Function, SourceLocation Where) {
  llvm::SmallVector<std::pair<const FunctionDecl *, SourceLocation>, 4> Pending{
      {&Function, Where}};
  llvm::DenseSet<const FunctionDecl *> Seen;
  while (!Pending.empty()) {
    auto [Asked, Place] = Pending.pop_back_val();
    if (!Seen.insert(Asked->getCanonicalDecl()).second ||
        isLatched(*Asked, Place))
      continue;
    const llvm::SmallVector<WayIn, 4> Ways = Graph.entries(*Asked);
    if (Graph.isOpen(*Asked) || Ways.empty())
      return false;
    for (const WayIn &Way : Ways) {
      if (Way.Loop || !Way.Node)
        return false;
      Pending.push_back({Way.Caller, Way.Node->getBeginLoc()});
    }
  }
  return true;
}

} // namespace corolint
