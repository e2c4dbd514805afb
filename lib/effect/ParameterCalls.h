//===-- ParameterCalls.h - Which parameters a function calls ---*- C++ -*--===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_PARAMETERCALLS_H
#define COROLINT_EFFECT_PARAMETERCALLS_H

#include "code/Facts.h"
#include "effect/External.h"

namespace corolint {

/// A parameter that is handed on to a function as one of its arguments.
struct HandedOn {
  unsigned Parameter;
  const clang::FunctionDecl *Callee;
  unsigned Argument;
};

/// What the functions of one AST do with callables that they are handed. Only
/// the first 64 parameters are considered. Not thread-safe.
class ParameterCalls {
public:
  /// \p External, if given, knows functions without a body.
  ParameterCalls(Facts &Unit, ExternalEffects *External)
      : Unit(Unit), External(External) {}

  /// The parameters that \p Definition calls, directly or through functions
  /// that it hands them on to, as bits.
  uint64_t invoked(const clang::FunctionDecl &Definition) {
    return invoked(Definition, 0);
  }

  /// The parameters that \p Definition hands on and that could be callables.
  std::vector<HandedOn> handedOn(const clang::FunctionDecl &Definition);

private:
  uint64_t invoked(const clang::FunctionDecl &Definition, unsigned Depth);

  Facts &Unit;
  ExternalEffects *External;
  llvm::DenseMap<const clang::FunctionDecl *, uint64_t> Invoked;
};

} // namespace corolint

#endif // COROLINT_EFFECT_PARAMETERCALLS_H
