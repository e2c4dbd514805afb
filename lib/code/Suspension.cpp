//===-- Suspension.cpp - Which awaits can suspend -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Suspension.h"
#include "code/Expressions.h"
#include "clang/AST/CXXInheritance.h"

using namespace clang;

namespace corolint {

namespace {

bool isNeverSuspending(QualType Type, Facts &Unit) {
  const CXXRecordDecl *Class = classOf(Type);
  if (!Class || Type.getNonReferenceType()->isPointerType())
    return false;
  auto Says = [&](const CXXRecordDecl &RD) {
    return Unit.Annotations.of(RD).has(Annotation::NeverSuspends) ||
           Unit.Models.neverSuspends(RD);
  };
  if (Says(*Class))
    return true;
  if (!Class->hasDefinition())
    return false;
  return !Class->forallBases(
      [&](const CXXRecordDecl *Base) { return !Says(*Base); });
}

bool returnsNeverSuspending(const FunctionDecl &Function, Facts &Unit) {
  if (Unit.Annotations.of(Function).has(Annotation::NeverSuspends))
    return true;
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(Function);
  return Entry && Entry->NeverSuspends;
}

/// The awaitable's way from the operand to the awaiter passes through
/// `await_transform` and `operator co_await`; each may say that it is enough.
bool chainNeverSuspends(const Expr *E, Facts &Unit) {
  for (unsigned Steps = 0; E && Steps < 32; ++Steps) {
    if (isNeverSuspending(E->getType(), Unit))
      return true;
    if (const Expr *Inner = innerOf(*E)) {
      E = Inner;
    } else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E)) {
      E = Opaque->getSourceExpr();
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = calleeOf(*Call);
      if (!Callee)
        return false;
      if (returnsNeverSuspending(*Callee, Unit))
        return true;
      const IdentifierInfo *Name = Callee->getIdentifier();
      if (Callee->getOverloadedOperator() != OO_Coawait &&
          !(Name && Name->isStr("await_transform")))
        return false;
      if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
          Member && Callee->getOverloadedOperator() == OO_Coawait)
        E = Member->getImplicitObjectArgument();
      else
        E = Call->getNumArgs() > 0 ? Call->getArg(0) : nullptr;
    } else {
      return false;
    }
  }
  return false;
}

/// Whether the body of \p Ready is `return true;`.
bool alwaysReady(const FunctionDecl &Ready) {
  const FunctionDecl *Definition = nullptr;
  if (!Ready.hasBody(Definition))
    return false;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Block || Block->size() != 1)
    return false;
  const auto *Return = dyn_cast<ReturnStmt>(*Block->body_begin());
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  bool Result = false;
  return Value && !Value->isValueDependent() &&
         Value->EvaluateAsBooleanCondition(Result, Ready.getASTContext()) &&
         Result;
}

} // namespace

bool canSuspend(const Stmt &Suspension, Facts &Unit) {
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(&Suspension);
  if (!Await) {
    const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&Suspension);
    if (!Dependent)
      return true;
    // What a template awaits is known when it is instantiated.
    return !Dependent->getOperand()->isTypeDependent() &&
           !chainNeverSuspends(Dependent->getOperand(), Unit);
  }
  if (chainNeverSuspends(Await->getOperand(), Unit) ||
      chainNeverSuspends(Await->getCommonExpr(), Unit))
    return false;
  const Expr *Ready = Await->getReadyExpr();
  if (!Ready)
    return true;
  Ready = Ready->IgnoreParens();
  while (true) {
    if (const auto *Full = dyn_cast<FullExpr>(Ready))
      Ready = Full->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(Ready))
      Ready = Cast->getSubExpr();
    else
      break;
  }
  const auto *Call = dyn_cast<CallExpr>(Ready);
  const FunctionDecl *Method = Call ? Call->getDirectCallee() : nullptr;
  return !Method || !alwaysReady(*Method);
}

} // namespace corolint
