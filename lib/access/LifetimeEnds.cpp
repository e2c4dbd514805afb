//===-- LifetimeEnds.cpp - Compares tasks with the objects they use -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether a task may still run when an object ends, and whether something else
// keeps the object.
//
//===----------------------------------------------------------------------===//

#include "access/Lifetimes.h"
#include "code/Callables.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

/// Whether the unused task in \p Variable ends, with its coroutine, before
/// anything could resume it.
bool Lifetimes::endsUnresumed(const VarDecl &Variable) {
  const TaskClass *Task = Classes.of(Variable.getType());
  const Stmt *Made = Tree->declaration(Variable);
  if (!Task || !Made || !Tree->references(Variable).empty())
    return false;
  // A destructor that cannot be seen is assumed to destroy the coroutine.
  const bool Ends = Task->Dropped ? *Task->Dropped == TaskDropped::Cancels
                                  : Task->Class->hasUserDeclaredDestructor();
  return Ends && followedByNothing(Variable, Made);
}

/// Whether the task continues after the full-expression that made it.
bool Lifetimes::outlives(const TaskUse &Use, const FunctionDecl &Callee) {
  switch (Use.What) {
  case TaskUse::Kind::Stored:
    // A lazy task that is never used again never runs.
    return Classes.startsLazily(Callee)
               ? !Tree->references(*Use.Variable).empty()
               : !endsUnresumed(*Use.Variable);
  case TaskUse::Kind::Returned:
  case TaskUse::Kind::Started:
  case TaskUse::Kind::Collected:
    return true;
  case TaskUse::Kind::Discarded:
  case TaskUse::Kind::Meant: {
    const TaskClass *Task = Classes.returnedBy(Callee);
    return Task && Task->isEager() && Task->Dropped != TaskDropped::Cancels;
  }
  default:
    return false;
  }
}

/// Whether no code that could wait for a task is executed between \p After and
/// the end of \p Variable.
bool Lifetimes::followedByNothing(const VarDecl &Variable, const Stmt *After) {
  return Kept.nothingFollows(*After, Tree->scopeOf(Variable), *Tree);
}

bool Lifetimes::endsBefore(const Referent &Object, const TaskUse &Use) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Object.Variable);
  switch (Object.What) {
  case Referent::Kind::Temporary:
    return true;
  case Referent::Kind::Local:
  case Referent::Kind::Parameter:
    break;
  default:
    return false;
  }
  assert(Variable && "a local or a parameter is a variable");
  switch (Use.What) {
  case TaskUse::Kind::Returned:
    return true;
  case TaskUse::Kind::Stored: {
    const TaskUse Later = Uses.ofVariable(*Use.Variable, *Tree);
    return Later.What == TaskUse::Kind::Returned ||
           (Later.What == TaskUse::Kind::Collected && !Later.Variable &&
            followedByNothing(*Variable, Later.At));
  }
  case TaskUse::Kind::Collected: {
    if (!Use.Variable) // Not a container of this function.
      return followedByNothing(*Variable, Use.At);
    // The container lives longer, and nothing waits while the object lives.
    const Stmt *Inner = Tree->scopeOf(*Variable);
    const Stmt *Outer = Tree->scopeOf(*Use.Variable);
    if (!Inner || !Outer || Inner == Outer || !Tree->isWithin(Inner, Outer))
      return false;
    for (const Stmt *S : Tree->all())
      if (isSuspensionPoint(*S) && Tree->isWithin(S, Inner))
        return false;
    return true;
  }
  case TaskUse::Kind::Started:
  case TaskUse::Kind::Discarded:
  case TaskUse::Kind::Meant:
    // Code in the scope of the variable may still wait for the task.
    return followedByNothing(*Variable, Use.At);
  default:
    return false;
  }
}

/// Whether \p Made constructs an owner of an object that it creates:
/// `std::shared_ptr<T> owner(new T)`.
static bool ownsNewObject(const Expr &Made) {
  const auto *Construct =
      dyn_cast_or_null<CXXConstructExpr>(innermostOf(&Made));
  return Construct && Construct->getNumArgs() != 0 &&
         isa_and_nonnull<CXXNewExpr>(innermostOf(Construct->getArg(0)));
}

/// Whether other code may own the object of \p Object: its smart pointer is a
/// copy, or was copied.
bool Lifetimes::hasOtherOwners(const Referent &Object) {
  if (!Object.Shared)
    return false;
  const auto *Variable = dyn_cast_or_null<VarDecl>(Object.Variable);
  const Expr *Made = Variable ? Variable->getInit() : Object.Root;
  const CallExpr *Call = Made ? taskCall(Made) : nullptr;
  const FunctionDecl *Factory = Call ? calleeOf(*Call) : nullptr;
  const auto *Entry = Factory ? Unit.Models.find(*Factory) : nullptr;
  if (!(Entry && Entry->MakesWrapper) &&
      !(Variable && Made && ownsNewObject(*Made)))
    return true;
  if (!Variable)
    return false;
  // Any use other than to access the object.
  return llvm::any_of(Tree->references(*Variable), [&](const Expr *Ref) {
    const Stmt *S = Tree->parent(Ref);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(S))
      S = Tree->parent(S);
    const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(S);
    return !isa_and_nonnull<MemberExpr>(S) &&
           !(Operator && (Operator->getOperator() == OO_Arrow ||
                          Operator->getOperator() == OO_Star ||
                          Operator->getOperator() == OO_Subscript));
  });
}

/// Whether the function moves \p Variable into an object that keeps it until
/// the task is finished: `promise.attach(std::move(buffer))`.
bool Lifetimes::isHandedOver(const VarDecl &Variable) {
  for (const Expr *Ref : Tree->references(Variable)) {
    const Stmt *Argument = Ref;
    for (const Stmt *S = Tree->parent(Ref); isa_and_nonnull<Expr>(S);
         Argument = S, S = Tree->parent(S)) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
      if (!Callee)
        continue;
      const CallOperands Operands = CallOperands::of(Call);
      for (unsigned I = 0; I < Operands.Arguments.size(); ++I)
        if (Operands.Arguments[I] == Argument && Operands.Object &&
            Classes.of(Operands.Object->getType()) &&
            Callables.keepsAlive(*Call, *Callee, I))
          return true;
    }
  }
  return false;
}

/// Whether the object of \p Object gets another owner, which is assumed to live
/// longer: `Jobs.add(std::move(Owner), std::move(Task))`.
bool Lifetimes::changesOwner(const Referent &Object) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Object.Variable);
  if (!Object.Owned || !Variable)
    return false;
  return llvm::any_of(Tree->references(*Variable), [&](const Expr *Ref) {
    const auto *Call = dyn_cast_or_null<CallExpr>(Tree->parent(Ref));
    return Call && Call->getNumArgs() == 1 && Call->isXValue() &&
           Call->getArg(0) == Ref &&
           Unit.Context.hasSameUnqualifiedType(Call->getType(), Ref->getType());
  });
}

} // namespace corolint
