//===-- ParameterCalls.cpp - Calls of callable parameters -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/ParameterCalls.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// Parameters passed from function to function: longer chains are not followed.
constexpr unsigned MaxParameterHandOver = 16;

/// The parameter of \p Definition that \p Argument names, possibly in a move.
const ParmVarDecl *handedParameter(const Expr *Argument,
                                   const FunctionDecl &Definition,
                                   ModelIndex &Models) {
  while (true) {
    Argument = innermostOf(Argument);
    if (const auto *Call = dyn_cast<CallExpr>(Argument)) {
      const FunctionDecl *Direct = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Direct && Call->getNumArgs() > 0 ? Models.find(*Direct) : nullptr;
      if (!Entry || !Entry->PassThrough)
        break;
      Argument = Call->getArg(0);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Argument);
               Construct && Construct->getNumArgs() == 1) {
      Argument = Construct->getArg(0);
    } else {
      break;
    }
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(Argument);
  const auto *Own = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!Own || Own->getDeclContext() != &Definition ||
      Own->getFunctionScopeIndex() >= 64)
    return nullptr;
  QualType Type = Own->getType().getNonReferenceType();
  return Type->isFunctionPointerType() || Type->isFunctionType() ||
                 Type->isMemberFunctionPointerType() ||
                 Type->getAsCXXRecordDecl()
             ? Own
             : nullptr;
}

} // namespace

std::vector<HandedOn> ParameterCalls::handedOn(const FunctionDecl &Definition) {
  std::vector<HandedOn> Result;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    if (!S.Callee)
      continue;
    CallOperands Operands = CallOperands::of(S.Node);
    for (unsigned I = 0; I < Operands.Arguments.size() && I < 64; ++I)
      if (const ParmVarDecl *Own =
              handedParameter(Operands.Arguments[I], Definition, Unit.Models))
        Result.push_back({Own->getFunctionScopeIndex(), S.Callee, I});
  }
  return Result;
}

uint64_t ParameterCalls::invoked(const FunctionDecl &Definition,
                                 unsigned Depth) {
  auto [It, Inserted] = Invoked.try_emplace(&Definition, 0);
  if (!Inserted || Depth > MaxParameterHandOver)
    return It->second;
  uint64_t Result = 0;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(S.Variable);
    if (S.What == Site::Kind::Call && Param &&
        Param->getDeclContext() == &Definition &&
        Param->getFunctionScopeIndex() < 64 &&
        (!S.Callee || Unit.Models.isLibrary(*S.Callee)))
      Result |= uint64_t(1) << Param->getFunctionScopeIndex();
  }
  // A parameter passed to a function that calls it.
  for (const HandedOn &H : handedOn(Definition)) {
    const FunctionDecl *Callee = nullptr;
    H.Callee->hasBody(Callee);
    uint64_t Calls = 0;
    if (Callee && !Callee->isDependentContext() &&
        !isa<CoroutineBodyStmt>(Callee->getBody()))
      Calls = invoked(*Callee, Depth + 1);
    else if (!Callee && External)
      Calls = External->invokedParameters(*H.Callee);
    if (Calls >> H.Argument & 1)
      Result |= uint64_t(1) << H.Parameter;
  }
  return Invoked[&Definition] = Result;
}

} // namespace corolint
