//===-- IndexEffects.h - The index as a source of effects -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_INDEXEFFECTS_H
#define COROLINT_PROGRAM_INDEXEFFECTS_H

#include "effect/Effects.h"
#include "program/Index.h"

namespace corolint {

/// Provides the effects and contexts that other units give to this unit's
/// functions.
class IndexEffects : public ExternalEffects, public ExternalContexts {
public:
  explicit IndexEffects(std::unique_ptr<ProgramIndex> Index)
      : Index(std::move(Index)) {}

  EffectSet of(const clang::FunctionDecl &Callee, bool Dispatched) override;
  uint64_t invokedParameters(const clang::FunctionDecl &Callee) override;
  ExternalWitness witness(const clang::FunctionDecl &Callee, bool Dispatched,
                          EffectSet Wanted,
                          llvm::ArrayRef<llvm::StringRef> Avoid) override;

  FunctionContext contextOf(const clang::FunctionDecl &Function) override;
  llvm::SmallVector<std::pair<unsigned, ContextKind>, 1>
  callableParameters(const clang::FunctionDecl &Callee) override;

private:
  const disk::Function *find(const clang::FunctionDecl &Callee,
                             bool Dispatched);

  std::unique_ptr<ProgramIndex> Index;
};

} // namespace corolint

#endif // COROLINT_PROGRAM_INDEXEFFECTS_H
