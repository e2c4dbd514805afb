//===-- Declared.h - Declared effects ---------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The effects that annotations and models declare for the callee of a site. The
// body of a function with declared effects is not explored.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_DECLARED_H
#define COROLINT_EFFECT_DECLARED_H

#include "effect/Descriptors.h"
#include "effect/EffectSet.h"
#include "effect/PassedArguments.h"
#include "flow/Flow.h"

namespace corolint {

/// The effects of a callee that are known without its body.
struct DeclaredEffects {
  EffectSet Effects = 0;
  /// The effects whose presence or absence the declaration decides.
  EffectSet Known = 0;
  /// The models that declare them; null if annotations do.
  const FunctionModel *BlockingModel = nullptr;
  const FunctionModel *YieldModel = nullptr;
  /// The class whose destructor waits for pending work.
  const GuardModel *Pending = nullptr;
  Annotations Marks;
};

/// The effects that annotations of \p Function declare.
DeclaredEffects annotatedEffects(const clang::FunctionDecl &Function,
                                 AnnotationReader &Reader);

/// The effects that annotations and models declare for calling the callee of \p
/// S, a site of \p Enclosing (null outside functions).
DeclaredEffects declaredEffects(const Site &S,
                                const clang::FunctionDecl *Enclosing,
                                Facts &Unit, DescriptorEvidence &Descriptors,
                                PassedArguments &Passed);

/// The model of the object that \p S, a site of \p Function, destroys while its
/// work is pending, or null if there is none.
const GuardModel *pendingWorkAt(const Site &S,
                                const clang::FunctionDecl &Function,
                                FlowAnalysis &Flows);

} // namespace corolint

#endif // COROLINT_EFFECT_DECLARED_H
