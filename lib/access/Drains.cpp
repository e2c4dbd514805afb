//===-- Drains.cpp - Work that was waited for -----------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Drains.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

Drains::Gates Drains::closedBefore(const FunctionDecl &Function,
                                   SourceLocation Where) {
  Gates Result;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  for (const Site &S : Unit.Bodies.of(Function).Sites) {
    const auto *Await = S.What == Site::Kind::Suspend
                            ? dyn_cast<CoroutineSuspendExpr>(S.Node)
                            : nullptr;
    const auto *Call =
        Await ? dyn_cast_or_null<CallExpr>(innermostOf(Await->getOperand()))
              : nullptr;
    const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
    if (!Callee ||
        !Sources.isBeforeInTranslationUnit(Sources.getExpansionLoc(S.Where),
                                           Sources.getExpansionLoc(Where)))
      continue;
    const CallOperands Operands = CallOperands::of(Call);
    const auto *Entry = Unit.modelOf(*Callee, Operands);
    const ValueDecl *Gate = Entry && Entry->Drains
                                ? namedBy(innermostOf(Operands.Object))
                                : nullptr;
    if (Gate)
      Result.push_back(Gate);
  }
  return Result;
}

/// Whether \p Worker, or a function from which control reaches it, names one of
/// \p Closed. It does so to enter the gate, or to keep it open.
bool Drains::entersOneOf(const Gates &Closed, const FunctionDecl &Worker) {
  llvm::SmallVector<const FunctionDecl *, 8> Pending{&Worker};
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen{Worker.getCanonicalDecl()};
  while (!Pending.empty() && Seen.size() < MaxCallers) {
    const FunctionDecl &Function = *Pending.pop_back_val();
    bool Names = false;
    if (const FunctionDecl *Definition = Function.getDefinition())
      forEachEvaluated(*writtenBody(*Definition), [&](const Stmt &S) {
        Names |= llvm::is_contained(Closed, namedBy(&S));
        return !Names;
      });
    if (Names)
      return true;
    for (const WayIn &Way : Others.graph().entries(Function))
      if (Seen.insert(Way.Caller->getCanonicalDecl()).second)
        Pending.push_back(Way.Caller);
  }
  return false;
}

bool Drains::waitedFor(const FunctionDecl &Closer, SourceLocation Where,
                       const FunctionDecl &Worker) {
  const Gates Closed = closedBefore(Closer, Where);
  return !Closed.empty() && entersOneOf(Closed, Worker);
}

} // namespace corolint
