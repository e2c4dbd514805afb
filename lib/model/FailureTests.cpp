//===-- FailureTests.cpp - Questions why a system call failed -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/FailureTests.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace corolint {

/// Whether \p E compares the result of a call with -1, or tests whether it is
/// negative.
static bool testsFailure(const Expr &E, const ASTContext &Context,
                         llvm::function_ref<bool(const ValueDecl &)> IsResult) {
  const auto *Test = dyn_cast<BinaryOperator>(E.IgnoreParenImpCasts());
  if (!Test || !Test->isComparisonOp() || Test->isValueDependent())
    return false;
  auto IsFailure = [&](const Expr *Value) {
    Expr::EvalResult Result;
    return Value->EvaluateAsInt(Result, Context) &&
           (Result.Val.getInt() == -1 ||
            (Test->isRelationalOp() && Result.Val.getInt() == 0));
  };
  const Expr *Value = IsFailure(Test->getRHS())   ? Test->getLHS()
                      : IsFailure(Test->getLHS()) ? Test->getRHS()
                                                  : nullptr;
  if (!Value)
    return false;
  Value = Value->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Value);
  return isa<CallExpr>(Value) || (Ref && IsResult(*Ref->getDecl()));
}

/// The call of a function without arguments in the condition \p E:
/// `retry()`, `!retry()`.
static const CallExpr *askedAboutNothing(const Expr &E) {
  const Expr *Asked = E.IgnoreParenImpCasts();
  if (const auto *Not = dyn_cast<UnaryOperator>(Asked);
      Not && Not->getOpcode() == UO_LNot)
    Asked = Not->getSubExpr()->IgnoreParenImpCasts();
  const auto *Call = dyn_cast<CallExpr>(Asked);
  const FunctionDecl *Helper = Call ? Call->getDirectCallee() : nullptr;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Helper);
  return Helper && Call->getNumArgs() == 0 && (!Method || Method->isStatic())
             ? Call
             : nullptr;
}

llvm::SmallVector<const CallExpr *, 2>
askingWhy(const Stmt &Tested, const ASTContext &Context,
          llvm::function_ref<bool(const ValueDecl &)> IsResult) {
  llvm::SmallVector<const CallExpr *, 2> Found;
  auto Add = [&](const Expr &Condition) {
    if (const CallExpr *Call = askedAboutNothing(Condition))
      Found.push_back(Call);
  };
  if (const auto *Both = dyn_cast<BinaryOperator>(&Tested)) {
    if (testsFailure(*Both->getLHS(), Context, IsResult))
      Add(*Both->getRHS());
  } else if (const auto *If = dyn_cast<IfStmt>(&Tested);
             If && testsFailure(*If->getCond(), Context, IsResult)) {
    for (const Stmt *Branch : {If->getThen(), If->getElse()}) {
      if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Branch))
        Branch = Block->body_empty() ? nullptr : Block->body_front();
      if (const auto *Inner = dyn_cast_or_null<IfStmt>(Branch))
        Add(*Inner->getCond());
    }
  }
  return Found;
}

} // namespace corolint
