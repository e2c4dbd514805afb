//===-- Callables.cpp - The function that a callable runs -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Facts.h"
#include "code/Members.h"

using namespace clang;

namespace corolint {

namespace {

/// Callables bound in callables …: longer chains are not followed.
constexpr unsigned MaxCallableSteps = 64;

const FunctionDecl *callOperator(const CXXRecordDecl &Class,
                                 ModelIndex &Models) {
  if (Class.isLambda())
    return Class.getLambdaCallOperator();
  if (!Class.hasDefinition() || Models.isLibrary(Class))
    return nullptr;
  const FunctionDecl *Only = nullptr;
  for (const NamedDecl *Member : operatorsOf(Class, OO_Call)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member);
    if (!Method)
      continue;
    if (Only)
      return nullptr;
    Only = Method;
  }
  return Only;
}

} // namespace

/// The models of \p E, a call or construction that wraps a callable.
static llvm::ArrayRef<const BindModel *> bindsOf(const Expr &E,
                                                 ModelIndex &Models) {
  const FunctionDecl *Callee = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(&E))
    Callee = Call->getDirectCallee();
  else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
    Callee = Construct->getConstructor();
  const ModelIndex::FunctionEntry *Entry =
      Callee ? Models.find(*Callee) : nullptr;
  return Entry ? llvm::ArrayRef(Entry->Binds)
               : llvm::ArrayRef<const BindModel *>();
}

const Expr *boundExecutor(const Expr *Argument, ModelIndex &Models) {
  for (unsigned Steps = 0; Argument && Steps < MaxCallableSteps; ++Steps) {
    Argument = innermostOf(Argument);
    llvm::ArrayRef<const BindModel *> Binds = bindsOf(*Argument, Models);
    if (Binds.empty()) {
      // Passed on unchanged, or converted to the parameter's type.
      const auto *Construct = dyn_cast<CXXConstructExpr>(Argument);
      Argument = Construct && Construct->getNumArgs() == 1
                     ? Construct->getArg(0)
                     : nullptr;
      continue;
    }
    const CallOperands Operands = CallOperands::of(Argument);
    if (Binds.front()->Executor != position::None)
      for (const Expr *Executor : Operands.at(Binds.front()->Executor))
        return Executor;
    const llvm::ArrayRef<const Expr *> Bound =
        Operands.at(Binds.front()->Argument);
    Argument = Bound.empty() ? nullptr : Bound.front();
  }
  return nullptr;
}

/// The callable that \p E, a call or construction, wraps, or null.
static const Expr *boundCallable(const Expr &E, ModelIndex &Models) {
  const CallOperands Operands = CallOperands::of(&E);
  for (const BindModel *Bind : bindsOf(E, Models))
    for (const Expr *Bound : Operands.at(Bind->Argument))
      if (Bind->Argument != CallableModel::AnyArgument ||
          callableOf(Bound, Models))
        return Bound;
  return nullptr;
}

const FunctionDecl *callableOf(const Expr *Argument, ModelIndex &Models) {
  for (unsigned Steps = 0; Argument && Steps < MaxCallableSteps; ++Steps) {
    const Expr *E = Argument;
    if (E->getType().isNull()) // Code that does not compile.
      return nullptr;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return Lambda->getCallOperator();
    if (const Expr *Inner = innerOf(*E)) {
      Argument = Inner;
    } else if (const Expr *Bound = boundCallable(*E, Models)) {
      Argument = Bound;
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      Argument = Unary->getSubExpr();
    } else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
      Argument = Default->getExpr();
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      // A lambda without captures converts to a function pointer.
      if (!isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
        return nullptr;
      Argument = Call->getImplicitObjectArgument();
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
        return Function;
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      if (!Variable)
        return nullptr;
      const CXXRecordDecl *Class =
          Variable->getType().getNonReferenceType()->getAsCXXRecordDecl();
      if (Class)
        if (const FunctionDecl *Operator = callOperator(*Class, Models))
          return Operator;
      if (isa<ParmVarDecl>(Variable) || !Variable->hasInit())
        return nullptr;
      Argument = Variable->getInit();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      const CXXRecordDecl *Class = Construct->getType()->getAsCXXRecordDecl();
      if (Class && !Construct->getConstructor()->isCopyOrMoveConstructor())
        if (const FunctionDecl *Operator = callOperator(*Class, Models))
          return Operator;
      if (Construct->getNumArgs() == 0)
        return nullptr;
      Argument = Construct->getArg(0);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Callee && Call->getNumArgs() > 0 ? Models.find(*Callee) : nullptr;
      if (!Entry || !Entry->PassThrough) {
        const CXXRecordDecl *Class = Call->getType()->getAsCXXRecordDecl();
        return Class ? callOperator(*Class, Models) : nullptr;
      }
      Argument = Call->getArg(0);
    } else {
      const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
      return Class ? callOperator(*Class, Models) : nullptr;
    }
  }
  return nullptr;
}

} // namespace corolint
