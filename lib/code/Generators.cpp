//===-- Generators.cpp - Callers of synchronous generators ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Generators.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// Variables initialised from variables …: longer chains are not followed.
constexpr unsigned MaxGeneratorSteps = 32;

/// The call whose result \p E is, through variables and moves.
const CallExpr *originOf(const Expr *E, Facts &Unit) {
  for (unsigned Steps = 0; E && Steps < MaxGeneratorSteps; ++Steps) {
    E = innermostOf(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      if (!Variable || isa<ParmVarDecl>(Variable) ||
          !Variable->hasLocalStorage())
        return nullptr;
      E = Variable->getInit();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      E = Construct->getConstructor()->isCopyOrMoveConstructor()
              ? Construct->getArg(0)
              : nullptr;
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry = Callee && Call->getNumArgs() > 0
                                                   ? Unit.Models.find(*Callee)
                                                   : nullptr;
      if (!Entry || !Entry->PassThrough)
        return Call;
      E = Call->getArg(0);
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

} // namespace

const FunctionDecl *iteratedGenerator(const Site &S, Facts &Unit) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (S.What != Site::Kind::Call || !Method || Method->isConst() ||
      Method->isStatic() || Method->isCopyAssignmentOperator() ||
      Method->isMoveAssignmentOperator() || isa<CXXDestructorDecl>(Method))
    return nullptr;
  const Expr *Object = CallOperands::of(S.Node).Object;
  if (!Object || !Object->getType()->getAsCXXRecordDecl())
    return nullptr;
  const CallExpr *Origin = originOf(Object, Unit);
  const FunctionDecl *Made = Origin ? calleeOf(*Origin) : nullptr;
  const FunctionDecl *Definition = nullptr;
  if (!Made || !Made->hasBody(Definition) ||
      !isa<CoroutineBodyStmt>(Definition->getBody()) ||
      !Unit.Bodies.of(*Definition).isSynchronousGenerator())
    return nullptr;
  return Definition;
}

} // namespace corolint
