//===-- IndexEffects.cpp - An index as the checks ask it ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/IndexEffects.h"
#include "clang/Index/USRGeneration.h"

using namespace clang;

namespace corolint {

const disk::Function *IndexEffects::find(const FunctionDecl &Callee,
                                         bool Dispatched) {
  if (!Callee.isExternallyVisible() || isInSystemHeader(Callee))
    return nullptr;
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(&Callee, Usr))
    return nullptr;
  const FunctionKey Key = FunctionKey::of(Usr);
  // A virtual function that nothing overrides has no entry of the other kind.
  if (Dispatched)
    if (const disk::Function *Any = Index->find(ProgramIndex::dispatched(Key)))
      return Any;
  return Index->find(Key);
}

EffectSet IndexEffects::of(const FunctionDecl &Callee, bool Dispatched) {
  const disk::Function *Found = find(Callee, Dispatched);
  return Found ? EffectSet(Found->Passing) : 0;
}

ExternalWitness IndexEffects::witness(const FunctionDecl &Callee,
                                      bool Dispatched, EffectSet Effect) {
  ExternalWitness Result;
  const disk::Function *Found = find(Callee, Dispatched);
  if (!Found)
    return Result;
  for (IndexStep &Step : Index->witness(*Found, Effect, Result.Reason))
    Result.Steps.push_back({std::move(Step.Message), std::move(Step.File),
                            Step.Line, Step.Column, std::move(Step.Callee)});
  return Result;
}

} // namespace corolint
