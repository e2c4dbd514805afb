//===-- StaleFlowLent.cpp - Elements passed to a task by reference --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `co_await update(it->second)` keeps a reference into a container as long as
// `update` uses its parameter: the suspension points are those of the callee.
//
//===----------------------------------------------------------------------===//

#include "access/LifetimeBorrows.h"
#include "access/StaleFlowBuilder.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// The first use of \p Parameter in \p Coroutine after a suspension point, in
/// source order, or else the first one in a loop that suspends. Null if there
/// is none.
static const DeclRefExpr *usedLate(const FunctionDecl &Coroutine,
                                   const ParmVarDecl &Parameter, Facts &Unit) {
  const SourceManager &Sources = Unit.Context.getSourceManager();
  llvm::SmallVector<const Stmt *, 8> Loops, Suspensions;
  llvm::SmallVector<const DeclRefExpr *, 8> References;
  forEachEvaluated(*writtenBody(Coroutine), [&](const Stmt &S) {
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Loops.push_back(&S);
    else if (isa<CoroutineSuspendExpr>(S) && canSuspend(S, Unit))
      Suspensions.push_back(&S);
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S);
             Ref && Ref->getDecl() == &Parameter)
      References.push_back(Ref);
    return true;
  });
  for (const DeclRefExpr *Ref : References)
    if (llvm::any_of(Suspensions, [&](const Stmt *Suspension) {
          return Sources.isBeforeInTranslationUnit(Suspension->getEndLoc(),
                                                   Ref->getBeginLoc());
        }))
      return Ref;
  for (const DeclRefExpr *Ref : References)
    for (const Stmt *Loop : Loops) {
      const SourceRange Whole = Loop->getSourceRange();
      if (Whole.fullyContains(Ref->getSourceRange()) &&
          llvm::any_of(Suspensions, [&](const Stmt *Suspension) {
            return Whole.fullyContains(Suspension->getSourceRange());
          }))
        return Ref;
    }
  return nullptr;
}

void StaleFlowBuilder::onLent(const CallExpr &Call, const Stmt &S,
                              const Knowledge &K) {
  const FunctionDecl *Callee = calleeOf(Call);
  const FunctionDecl *Coroutine = Callee ? Accesses.visible(*Callee) : nullptr;
  if (!Coroutine || isDispatched(Call, *Callee) ||
      !Unit.Bodies.of(*Coroutine).IsCoroutine)
    return;
  for (const BorrowedArgument &Passed :
       borrowedArguments(Call, *Coroutine, Unit)) {
    if (!Passed.Parameter || !(Passed.Parameter->getType()->isReferenceType() ||
                               Passed.Parameter->getType()->isPointerType()))
      continue;
    std::optional<AccessPath> Path = Accesses.pathOf(Passed.Argument, Walked);
    if (!Path || !llvm::is_contained(Path->Steps, nullptr) ||
        hasOwner(*Path, K))
      continue;
    const DeclRefExpr *Use = usedLate(*Coroutine, *Passed.Parameter, Unit);
    if (!Use)
      continue;
    StaleAct Act;
    Act.What = StaleAct::Form::Kept;
    Act.Place = std::move(*Path);
    Act.Variable = Passed.Parameter;
    Act.Guarded = K.isIsolated();
    Act.Learned = Passed.Argument->getBeginLoc();
    Act.Suspension = &S;
    Act.Act = Use->getLocation();
    report(std::move(Act), K);
  }
}

} // namespace corolint
