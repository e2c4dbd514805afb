//===-- StaleFlowLent.cpp - State that is passed to a task ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `co_await for_each(items, visit)` iterates over a container and suspends, and
// `co_await update(it->second)` keeps a reference into one as long as `update`
// uses its parameter: the suspension points are those of the callee.
//
//===----------------------------------------------------------------------===//

#include "access/Callers.h"
#include "access/Containers.h"
#include "access/LifetimeBorrows.h"
#include "access/StaleFlowBuilder.h"
#include "code/Callables.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// Whether \p Coroutine suspends in a loop that uses its parameter \p Index.
static bool suspendsInLoopOver(const FunctionDecl &Coroutine, unsigned Index) {
  bool Found = false;
  forEachEvaluated(*writtenBody(Coroutine), [&](const Stmt &S) {
    if (isa<ForStmt, WhileStmt, DoStmt>(S) && suspensionIn(S))
      forEachEvaluated(S, [&](const Stmt &Part) {
        const auto *Ref = dyn_cast<DeclRefExpr>(&Part);
        Found |= Ref && Ref->getDecl() == Coroutine.getParamDecl(Index);
        return !Found;
      });
    return !Found;
  });
  return Found;
}

/// The container whose begin and end iterators \p Call passes to a coroutine
/// that iterates over them: `co_await visit(items.begin(), items.end())`. Empty
/// if the call passes no such pair.
std::optional<AccessPath>
StaleFlowBuilder::walkedRange(const CallExpr &Call,
                              const FunctionDecl &Callee) {
  const FunctionDecl *Body = Accesses.visible(Callee);
  if (!Body || !Unit.Bodies.of(*Body).Awaits)
    return std::nullopt;
  const CallOperands Operands = CallOperands::of(&Call);
  std::optional<AccessPath> Before;
  for (unsigned I = 0;
       I < Operands.Arguments.size() && I < Body->getNumParams(); ++I) {
    const Expr *Argument = Operands.Arguments[I];
    QualType Type = Argument->getType();
    std::optional<AccessPath> Path;
    if (!Type->isPointerType() && isIndirect(Type) && !variableOf(Argument))
      Path = Accesses.pathOf(Argument, Walked);
    if (Path && Before && *Path == *Before && suspendsInLoopOver(*Body, I))
      return Path;
    Before = Path;
  }
  return std::nullopt;
}

/// `co_await for_each(items, [](auto &item) -> task { … })` is a loop over
/// `items` that suspends. \p S is the await, or the call itself.
void StaleFlowBuilder::onWalk(const CallExpr &Call, const Stmt &S,
                              Knowledge &K) {
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee || Call.getNumArgs() < 2 || K.isIsolated())
    return;
  auto Report = [&](AccessPath Place, SourceLocation Learned) {
    StaleAct Act;
    Act.What = StaleAct::Form::Kept;
    Act.Place = std::move(Place);
    Act.IsIterator = true;
    Act.Walk = &Call;
    Act.Learned = Learned;
    Act.Suspension = &S;
    Act.Act = locationOf(Call);
    report(std::move(Act), K);
  };
  if (std::optional<AccessPath> Range = walkedRange(Call, *Callee))
    return Report(*Range, Call.getArg(0)->getBeginLoc());
  const bool Walks = llvm::any_of(Call.arguments(), [&](const Expr *Argument) {
    const FunctionDecl *Callable = callableOf(Argument, Unit.Models);
    return Callable && Callable->getNumParams() > 0 &&
           isAsynchronousCall(*Callable, Unit);
  });
  if (!Walks)
    return;
  for (const Expr *Argument : Call.arguments()) {
    if (!Argument->isLValue() || !isContainer(Argument->getType(), Unit))
      continue;
    std::optional<AccessPath> Path = Accesses.pathOf(Argument, Walked);
    if (!Path)
      continue;
    Path->append(nullptr);
    Report(*Path, Argument->getBeginLoc());
  }
}

/// The first use of \p Parameter in \p Coroutine after a suspension point, in
/// source order, or else the first one in a loop that suspends. Null if it has
/// no such use.
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
    Act.Held = K.held();
    Act.Learned = Passed.Argument->getBeginLoc();
    Act.Suspension = &S;
    Act.Act = Use->getLocation();
    report(std::move(Act), K);
  }
}

} // namespace corolint
