//===-- ExternalWitness.h - Witnesses in other units ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_EXTERNALWITNESS_H
#define COROLINT_EFFECT_EXTERNALWITNESS_H

#include "effect/EffectSet.h"
#include <string>
#include <vector>

namespace corolint {

/// A call in another translation unit.
struct ExternalStep {
  std::string Caller, Callee;
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// The root cause at the end of the calls.
struct ExternalCause {
  std::string Message; ///< Its name in report/Messages.def.
  std::vector<std::string> Arguments;
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// The way from a function to an effect that only another translation unit
/// shows.
struct ExternalWitness {
  bool Found = false;
  std::vector<ExternalStep> Steps;
  ExternalCause Cause;
  /// The kind of blocking or the declared reason; or empty.
  std::string Reason;
  EffectSet Effect = 0;  ///< The effect at its end.
  unsigned Distance = 0; ///< Calls down to the primitive.
};

} // namespace corolint

#endif // COROLINT_EFFECT_EXTERNALWITNESS_H
