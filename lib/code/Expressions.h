//===-- Expressions.h - Looks through implicit expressions ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_EXPRESSIONS_H
#define COROLINT_CODE_EXPRESSIONS_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace corolint {

/// The expression inside \p E if \p E is only a wrapper: parentheses, a
/// conversion, a full expression or a temporary. Null otherwise.
inline const clang::Expr *innerOf(const clang::Expr &E) {
  using namespace clang;
  if (const auto *Paren = dyn_cast<ParenExpr>(&E))
    return Paren->getSubExpr();
  if (const auto *Full = dyn_cast<FullExpr>(&E))
    return Full->getSubExpr();
  if (const auto *Cast = dyn_cast<CastExpr>(&E))
    return Cast->getSubExpr();
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(&E))
    return Temporary->getSubExpr();
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(&E))
    return Bound->getSubExpr();
  if (E.IgnoreParens() != &E)
    return E.IgnoreParens();
  return nullptr;
}

/// The innermost wrapped expression; null for null.
inline const clang::Expr *innermostOf(const clang::Expr *E) {
  while (E)
    if (const clang::Expr *Inner = innerOf(*E))
      E = Inner;
    else
      break;
  return E;
}

/// The object that \p E copies or moves, at any depth; else the innermost
/// wrapped expression.
inline const clang::Expr &originOf(const clang::Expr &E) {
  const clang::Expr *Inner = innermostOf(&E);
  while (const auto *Construct =
             llvm::dyn_cast<clang::CXXConstructExpr>(Inner)) {
    if (Construct->getNumArgs() != 1 ||
        !Construct->getConstructor()->isCopyOrMoveConstructor())
      break;
    Inner = innermostOf(Construct->getArg(0));
  }
  return *Inner;
}

/// \p E without parentheses and negations around it. Each negation turns
/// \p Truth, if that is not null.
inline const clang::Expr *withoutNegations(const clang::Expr &E,
                                           bool *Truth = nullptr) {
  const clang::Expr *Inner = E.IgnoreParens();
  while (const auto *Not = llvm::dyn_cast<clang::UnaryOperator>(Inner)) {
    if (Not->getOpcode() != clang::UO_LNot)
      break;
    Inner = Not->getSubExpr()->IgnoreParens();
    if (Truth)
      *Truth = !*Truth;
  }
  return Inner;
}

/// The last statement of \p Branch, which may be null; \p Branch itself if it
/// is no block.
inline const clang::Stmt *lastOf(const clang::Stmt *Branch) {
  if (const auto *Block = llvm::dyn_cast_or_null<clang::CompoundStmt>(Branch))
    Branch = Block->body_back();
  if (const auto *Whole =
          llvm::dyn_cast_or_null<clang::ExprWithCleanups>(Branch))
    Branch = Whole->getSubExpr();
  return Branch;
}

/// Whether the last statement of \p Branch, which may be null, leaves the
/// function: by a `return`, a `co_return` or a `throw`.
inline bool leavesFunction(const clang::Stmt *Branch) {
  return llvm::isa_and_nonnull<clang::ReturnStmt, clang::CoreturnStmt,
                               clang::CXXThrowExpr>(lastOf(Branch));
}

/// The declaration that \p S, which may be null, names as a variable, a
/// function or a member. Null for any other expression.
inline const clang::ValueDecl *namedBy(const clang::Stmt *S) {
  if (const auto *Ref = llvm::dyn_cast_or_null<clang::DeclRefExpr>(S))
    return Ref->getDecl();
  if (const auto *Member = llvm::dyn_cast_or_null<clang::MemberExpr>(S))
    return Member->getMemberDecl();
  return nullptr;
}

/// The variable that \p E, which may be null, names; null for any other
/// expression.
inline const clang::VarDecl *variableOf(const clang::Expr *E) {
  const auto *Ref = llvm::dyn_cast_or_null<clang::DeclRefExpr>(innermostOf(E));
  return Ref ? llvm::dyn_cast<clang::VarDecl>(Ref->getDecl()) : nullptr;
}

/// Whether \p Call is one of `std::move` or `std::forward`.
inline bool isReferenceCast(const clang::CallExpr &Call) {
  const unsigned Builtin = Call.getBuiltinCallee();
  return Builtin == clang::Builtin::BImove ||
         Builtin == clang::Builtin::BIforward;
}

/// Whether \p Lambda captures \p Variable.
inline bool captures(const clang::LambdaExpr &Lambda,
                     const clang::ValueDecl &Variable) {
  return llvm::any_of(Lambda.captures(),
                      [&](const clang::LambdaCapture &Capture) {
                        return Capture.capturesVariable() &&
                               Capture.getCapturedVar() == &Variable;
                      });
}

/// Whether the operand of \p S is never evaluated: `noexcept(f())`.
inline bool hasUnevaluatedOperand(const clang::Stmt &S) {
  return llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr,
                   clang::RequiresExpr>(S);
}

} // namespace corolint

#endif // COROLINT_CODE_EXPRESSIONS_H
