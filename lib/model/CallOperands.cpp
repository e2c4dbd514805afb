//===-- CallOperands.cpp - The object and the arguments of a call ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Conditions.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace corolint {

/// Removes constraints of templates at the end: they are not named arguments.
static void dropConstraints(llvm::SmallVectorImpl<const Expr *> &Arguments) {
  while (!Arguments.empty()) {
    const auto *Default = dyn_cast<CXXDefaultArgExpr>(Arguments.back());
    if (!Default || !Default->getParam()->getDeclName().isEmpty())
      return;
    Arguments.pop_back();
  }
}

CallOperands CallOperands::of(const Stmt *Node) {
  CallOperands Result;
  Result.Node = dyn_cast_or_null<Expr>(Node);
  if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Node)) {
    Result.Arguments.assign(Construct->arg_begin(), Construct->arg_end());
    dropConstraints(Result.Arguments);
    return Result;
  }
  const auto *Call = dyn_cast_or_null<CallExpr>(Node);
  if (!Call)
    return Result;
  Result.Arguments.assign(Call->arg_begin(), Call->arg_end());
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    Result.Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(Call) &&
             isa_and_nonnull<CXXMethodDecl>(Call->getDirectCallee()) &&
             !Result.Arguments.empty()) {
    Result.Object = Result.Arguments.front();
    Result.Arguments.erase(Result.Arguments.begin());
  }
  dropConstraints(Result.Arguments);
  return Result;
}

llvm::ArrayRef<const Expr *> CallOperands::at(int Position) const {
  llvm::ArrayRef<const Expr *> All = Arguments;
  if (Position == CallableModel::AnyArgument)
    return All;
  if (Position == Condition::Last)
    Position = int(All.size()) - 1;
  if (Position < 0 || Position >= int(All.size()))
    return {};
  return All.slice(Position, 1);
}

const Expr *CallOperands::subject() const {
  return Object || Arguments.empty() ? Object : Arguments.front();
}

const CXXRecordDecl *CallOperands::objectClass() const {
  if (!Object)
    return nullptr;
  // Use the class of the object, not the base that declares the method.
  QualType Type =
      Object->IgnoreParenImpCasts()->getType().getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  return Type->getAsCXXRecordDecl();
}

} // namespace corolint
