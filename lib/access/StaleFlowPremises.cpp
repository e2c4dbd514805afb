//===-- StaleFlowPremises.cpp - Conditions that are not asked again -------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A coroutine checks two conditions and suspends. It looks again whether some
// state is absent and creates it, but does not ask again for the other
// condition.
//
//===----------------------------------------------------------------------===//

#include "access/RunsOnce.h"
#include "access/StaleFlowBuilder.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

/// Whether \p Branch always leaves the function by an exception, or for good.
static bool throws(const Stmt *Branch) {
  const Stmt *Last = lastOf(Branch);
  const auto *Call = dyn_cast_or_null<CallExpr>(Last);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  return isa_and_nonnull<CXXThrowExpr>(Last) ||
         (Callee && Callee->isNoReturn());
}

/// The condition on \p State, or the negation of it, under which \p Helper
/// throws. Null if it never does, or if the function has a result.
static const Expr *conditionOf(const FunctionDecl &Helper,
                               const ValueDecl &State) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(writtenBody(Helper));
  if (!Block || !Helper.getReturnType()->isVoidType())
    return nullptr;
  for (const Stmt *Part : Block->body()) {
    const auto *Branch = dyn_cast<IfStmt>(Part);
    if (!Branch || !Branch->getCond() || Branch->getElse() ||
        !throws(Branch->getThen()))
      continue;
    bool Reads = false;
    forEachEvaluated(*Branch->getCond(), [&](const Stmt &S) {
      Reads |= namedBy(&S) && declaresSameEntity(namedBy(&S), &State);
      return !Reads;
    });
    if (Reads)
      return Branch->getCond();
  }
  return nullptr;
}

/// `requireOpen();`: \p Here are the accesses of the call.
void StaleFlowBuilder::onRequirement(const Stmt &S, const AccessList &Here,
                                     Knowledge &K) {
  const auto *Call = dyn_cast<CallExpr>(&S);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  const FunctionDecl *Helper = Callee ? Accesses.visible(*Callee) : nullptr;
  if (!Helper || !Helper->getReturnType()->isVoidType())
    return;
  for (const Access &Each : Here) {
    if (!Each.Through || Each.Kind != AccessKind::Read)
      continue;
    const Expr *Condition = conditionOf(*Helper, *Each.Path.key());
    if (!Condition)
      continue;
    Check Learned;
    Learned.Truth = false;
    Learned.Condition = withoutNegations(*Condition, &Learned.Truth);
    Learned.Where = locationOf(*Call);
    K.Required[Each.Path] = Learned;
    // It is an answer to earlier questions, too.
    if (auto It = K.Checks.find(Each.Path);
        It != K.Checks.end() && It->second.Suspension)
      K.Checks.erase(It);
    K.Since.insert(Each.Path);
  }
}

/// `if (!state) state = make();`, where \p Known is the check.
void StaleFlowBuilder::onCreation(const Access &Each, const Check &Known,
                                  Knowledge &K) {
  if (Each.Kind != AccessKind::Write || Each.Through || !Each.Value ||
      Known.Suspension || Known.Guarded ||
      !testsAbsence(Known.Condition, Known.Truth) ||
      constantOf(Each.Value, Unit.Context) == 0)
    return;
  for (const auto *Map : {&K.Checks, &K.Required})
    for (const auto &[Path, Premise] : *Map) {
      if (!Premise.Suspension || Premise.Woken || Premise.Doubled ||
          Path == Each.Path || !isWhole(Path))
        continue;
      StaleAct Act;
      Act.What = StaleAct::Form::Premise;
      Act.Place = Path;
      Act.Created = Each.Path;
      Act.Does = AccessKind::Write;
      Act.Value = Each.Value;
      Act.Act = Each.Where;
      Act.Learned = Premise.Where;
      Act.Suspension = Premise.Suspension;
      Act.Condition = Premise.Condition;
      Act.Truth = Premise.Truth;
      Knowledge Others = K;
      Others.Since.erase(Each.Path);
      report(std::move(Act), Others);
    }
}

} // namespace corolint
