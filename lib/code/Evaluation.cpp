//===-- Evaluation.cpp - What is evaluated, and to what -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Evaluation.h"
#include "code/Body.h"
#include "code/Expressions.h"
#include "clang/AST/ExprConcepts.h"

using namespace clang;

namespace corolint {

std::optional<int64_t> constantOf(const Expr *Value,
                                  const ASTContext &Context) {
  while (true) {
    if (!Value || Value->isValueDependent())
      return std::nullopt;
    Value = Value->IgnoreParenImpCasts();
    if (Value->getType()->isNullPtrType() ||
        isa<CXXNullPtrLiteralExpr, GNUNullExpr>(Value))
      return 0;
    // `{}` and `T()` are empty.
    if (const auto *List = dyn_cast<InitListExpr>(Value);
        List && List->getNumInits() == 0)
      return 0;
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(innermostOf(Value));
    if (!Made)
      break;
    if (Made->getNumArgs() == 0)
      return 0;
    if (isa<CXXTemporaryObjectExpr>(Made) || Made->getNumArgs() != 1)
      return std::nullopt;
    Value = Made->getArg(0);
  }
  Expr::EvalResult Result;
  if (Value->getType()->isIntegralOrEnumerationType() &&
      Value->EvaluateAsInt(Result, Context) &&
      Result.Val.getInt().isRepresentableByInt64())
    return Result.Val.getInt().getExtValue();
  return std::nullopt;
}

void forEachEvaluated(const Stmt &Root,
                      llvm::function_ref<bool(const Stmt &)> Visit) {
  llvm::SmallVector<const Stmt *, 32> Stack{&Root};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    if (!Visit(*S))
      continue;
    if (isa<LambdaExpr>(S)) {
      // Its captures are evaluated, its body is not.
      for (const Expr *Init : cast<LambdaExpr>(S)->capture_inits())
        if (Init)
          Stack.push_back(Init);
      continue;
    }
    if (hasUnevaluatedOperand(*S))
      continue;
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
      Stack.push_back(Await->getOperand());
      continue;
    }
    if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(S)) {
      if (Opaque->getSourceExpr())
        Stack.push_back(Opaque->getSourceExpr());
      continue;
    }
    llvm::SmallVector<const Stmt *, 8> Children;
    for (const Stmt *Child : S->children())
      if (Child)
        Children.push_back(Child);
    Stack.append(Children.rbegin(), Children.rend());
  }
}

bool testsState(const FunctionDecl &Function, const ValueDecl &State) {
  const Stmt *Written = writtenBody(Function);
  bool Found = false;
  auto InCondition = [&](const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      Found |= Member->getMemberDecl() == &State;
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Found |= Ref->getDecl() == &State;
    return !Found;
  };
  if (!Written)
    return false;
  forEachEvaluated(*Written, [&](const Stmt &S) {
    const Expr *Condition = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(&S))
      Condition = If->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(&S))
      Condition = While->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(&S))
      Condition = For->getCond();
    else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(&S))
      Condition = Choice->getCond();
    else if (const auto *Binary = dyn_cast<BinaryOperator>(&S);
             Binary && Binary->isLogicalOp())
      Condition = Binary->getLHS();
    if (Condition)
      forEachEvaluated(*Condition, InCondition);
    return !Found;
  });
  return Found;
}

} // namespace corolint
