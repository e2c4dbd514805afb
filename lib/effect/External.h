//===-- External.h - Effects that other units show -------------*- C++ -*--===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_EXTERNAL_H
#define COROLINT_EFFECT_EXTERNAL_H

#include "effect/EffectSet.h"
#include "clang/AST/Decl.h"
#include <string>
#include <vector>

namespace corolint {

/// One step of a witness in another translation unit, ready to be shown.
struct ExternalStep {
  std::string Message;
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// How a function comes by an effect that only another translation unit shows.
struct ExternalWitness {
  std::vector<ExternalStep> Steps; ///< None if there is no such way.
  std::string
      Reason; ///< The kind of blocking or the declared reason; or empty.
  EffectSet Effect = 0;  ///< The one it leads to.
  unsigned Distance = 0; ///< Calls down to the primitive.
};

/// Effects of functions whose bodies cannot be seen: a whole-program index.
class ExternalEffects {
public:
  virtual ~ExternalEffects() = default;

  /// Of calling \p Callee; of any override too if the call is \p Dispatched.
  virtual EffectSet of(const clang::FunctionDecl &Callee, bool Dispatched) = 0;

  /// The parameters that \p Callee calls, as bits.
  virtual uint64_t invokedParameters(const clang::FunctionDecl &Callee) = 0;

  /// A shortest way to one of \p Wanted, through no function that \p Avoid
  /// names.
  virtual ExternalWitness witness(const clang::FunctionDecl &Callee,
                                  bool Dispatched, EffectSet Wanted,
                                  llvm::ArrayRef<llvm::StringRef> Avoid) = 0;
};

} // namespace corolint

#endif // COROLINT_EFFECT_EXTERNAL_H
