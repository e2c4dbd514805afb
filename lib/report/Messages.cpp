//===-- Messages.cpp - What findings say ----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Messages.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

std::string nameOf(const FunctionDecl &Function) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function)) {
    if (Method->getParent()->isLambda())
      return "operator()";
    if (isa<CXXConstructorDecl>(Method))
      return Method->getParent()->getNameAsString();
    if (isa<CXXDestructorDecl>(Method))
      return "~" + Method->getParent()->getNameAsString();
  }
  return Function.getNameAsString();
}

/// The member or the table through which a call is made.
static std::string storedName(const Stmt *Node) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Node);
  const Expr *E = Call ? innermostOf(Call->getCallee()) : nullptr;
  while (E) {
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl()->getNameAsString();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl()->getNameAsString();
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = innermostOf(Element->getBase());
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = innermostOf(Unary->getSubExpr());
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      E = innermostOf(Operator->getArg(0));
    else if (const auto *Access = dyn_cast<CXXMemberCallExpr>(E))
      E = innermostOf(Access->getImplicitObjectArgument());
    else
      return {};
  }
  return {};
}

std::string describeSite(const Site &S) {
  switch (S.What) {
  case Site::Kind::Suspend:
    return isa<CoyieldExpr>(S.Node) ? "'co_yield'" : "'co_await'";
  case Site::Kind::Construct:
    return "construction of '" + nameOf(*S.Callee) + "'";
  case Site::Kind::Destroy:
    if (S.Variable)
      return "destruction of '" + S.Variable->getNameAsString() + "'";
    return "destruction of '" +
           cast<CXXMethodDecl>(S.Callee)->getParent()->getNameAsString() + "'";
  case Site::Kind::Call:
    break;
  }
  if (S.Callee)
    return "call to '" + nameOf(*S.Callee) + "'";
  if (S.Variable)
    return "call to '" + S.Variable->getNameAsString() + "'";
  const std::string Through = storedName(S.Node);
  return Through.empty() ? "call" : "call through '" + Through + "'";
}

CauseNote describeCause(const FunctionDecl &Callee,
                        const DeclaredEffects &Cause, EffectSet Effect) {
  const std::string Name = "'" + nameOf(Callee) + "'";
  CauseNote Result;
  if (const GuardModel *Pending = Cause.Pending) {
    const std::string Library = " [" + Pending->Library.str() + "]";
    if (Effect == SyncWaits) {
      Result.Message = Name + " waits synchronously" + Library;
    } else {
      Result.Reason = spelling(Pending->DestructorKind).str();
      Result.Message = Name + " blocks (" + Result.Reason + ")" + Library;
    }
    return Result;
  }
  const FunctionModel *Model =
      Effect == Yields ? Cause.YieldModel : Cause.BlockingModel;
  if (!Model) {
    Result.Where =
        Cause.Marks.Where.isValid() ? Cause.Marks.Where : Callee.getLocation();
    Result.Message = Name + " is declared " +
                     (Effect == Yields      ? "to yield"
                      : Effect == SyncWaits ? "to wait synchronously"
                                            : "blocking") +
                     " here";
    Result.Reason = Cause.Marks.BlockingReason.str();
    return Result;
  }
  const std::string Library = " [" + Model->Library.str() + "]";
  if (Effect == Yields) {
    Result.Message = Name + " lets other coroutines run" + Library;
  } else if (Effect == SyncWaits) {
    Result.Message = Name + " waits synchronously" + Library;
  } else {
    Result.Reason = spelling(Model->Kind).str();
    Result.Message = Name + " blocks (" + Result.Reason + ")" + Library;
  }
  return Result;
}

} // namespace corolint
