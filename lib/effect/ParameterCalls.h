//===-- ParameterCalls.h - Calls of callable parameters ---------*- C++ -*-===//
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

/// A parameter that is passed on as an argument of another function.
struct HandedOn {
  unsigned Parameter;
  const clang::FunctionDecl *Callee;
  unsigned Argument;
};

/// How the functions of one AST use callables that are passed to them. Only the
/// first 64 parameters are considered. Not thread-safe.
class ParameterCalls {
public:
  /// \p External, if given, describes functions without a body.
  ParameterCalls(Facts &Unit, ExternalEffects *External)
      : Unit(Unit), External(External) {}

  /// The parameters that \p Definition calls, directly or through functions to
  /// which it passes them, as bits.
  uint64_t invoked(const clang::FunctionDecl &Definition) {
    return invoked(Definition, 0);
  }

  /// The parameters that \p Definition passes on and that may be callables.
  std::vector<HandedOn> handedOn(const clang::FunctionDecl &Definition);

private:
  uint64_t invoked(const clang::FunctionDecl &Definition, unsigned Depth);

  Facts &Unit;
  ExternalEffects *External;
  llvm::DenseMap<const clang::FunctionDecl *, uint64_t> Invoked;
};

} // namespace corolint

#endif // COROLINT_EFFECT_PARAMETERCALLS_H
