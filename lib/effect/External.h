//===-- External.h - Effects from other units -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_EXTERNAL_H
#define COROLINT_EFFECT_EXTERNAL_H

#include "effect/ExternalWitness.h"
#include "clang/AST/Decl.h"
#include <string>
#include <vector>

namespace corolint {

/// Provides the effects of functions whose bodies are not visible: a
/// whole-program index.
class ExternalEffects {
public:
  virtual ~ExternalEffects() = default;

  /// The effects of calling \p Callee, including any override if the call is
  /// \p Dispatched.
  virtual EffectSet of(const clang::FunctionDecl &Callee, bool Dispatched) = 0;

  /// The parameters that \p Callee calls, as bits.
  virtual uint64_t invokedParameters(const clang::FunctionDecl &Callee) = 0;

  /// The shortest way to one of \p Wanted, through no function that \p Avoid
  /// names.
  virtual ExternalWitness witness(const clang::FunctionDecl &Callee,
                                  bool Dispatched, EffectSet Wanted,
                                  llvm::ArrayRef<llvm::StringRef> Avoid) = 0;
};

} // namespace corolint

#endif // COROLINT_EFFECT_EXTERNAL_H
