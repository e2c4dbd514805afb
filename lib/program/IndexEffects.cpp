//===-- IndexEffects.cpp - The index as a source of effects ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/IndexEffects.h"
#include "program/FunctionKeys.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

const disk::Function *IndexEffects::find(const FunctionDecl &Callee,
                                         bool Dispatched) {
  const FunctionKey Key = keyOf(Callee);
  if (!Key)
    return nullptr;
  // A virtual function without overrides has no entry for virtual calls.
  if (Dispatched)
    if (const disk::Function *Any = Index->find(ProgramIndex::dispatched(Key)))
      return Any;
  return Index->find(Key);
}

EffectSet IndexEffects::of(const FunctionDecl &Callee, bool Dispatched) {
  const disk::Function *Found = find(Callee, Dispatched);
  return Found ? EffectSet(Found->Passing) : 0;
}

uint64_t IndexEffects::invokedParameters(const FunctionDecl &Callee) {
  const disk::Function *Found = find(Callee, /*Dispatched=*/false);
  return Found ? uint64_t(Found->Invokes) : 0;
}

ExternalWitness IndexEffects::witness(const FunctionDecl &Callee,
                                      bool Dispatched, EffectSet Wanted,
                                      llvm::ArrayRef<StringRef> Avoid) {
  const disk::Function *Found = find(Callee, Dispatched);
  return Found ? Index->witness(*Found, Wanted, Avoid) : ExternalWitness();
}

FunctionContext IndexEffects::contextOf(const FunctionDecl &Function) {
  FunctionContext Result;
  const FunctionKey Key = keyOf(Function);
  if (!Key)
    return Result;
  SourceManager &Sources = Function.getASTContext().getSourceManager();
  for (const disk::Context &C : Index->contexts(Key)) {
    if (C.Parameter != NoIndex)
      continue;
    ContextReason *Reason = Result.reason(ContextKind(uint32_t(C.Kind)));
    if (!Reason)
      continue;
    *Reason = {true, true, Function.getLocation()};
    if (auto File = Sources.getFileManager().getOptionalFileRef(
            Index->pathOf(C.Where.File)))
      if (SourceLocation Where = Sources.translateLineCol(
              Sources.getOrCreateFileID(*File, SrcMgr::C_User), C.Where.Line,
              C.Where.Column);
          Where.isValid())
        Reason->Where = Where;
  }
  return Result;
}

llvm::SmallVector<std::pair<unsigned, ContextKind>, 1>
IndexEffects::callableParameters(const FunctionDecl &Callee) {
  llvm::SmallVector<std::pair<unsigned, ContextKind>, 1> Result;
  if (const FunctionKey Key = keyOf(Callee))
    for (const disk::Context &C : Index->contexts(Key))
      if (C.Parameter != NoIndex)
        Result.emplace_back(C.Parameter, ContextKind(uint32_t(C.Kind)));
  return Result;
}

} // namespace corolint
