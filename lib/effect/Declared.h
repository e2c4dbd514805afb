//===-- Declared.h - Effects that are declared -----------------*- C++ -*--===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What annotations and models declare about the callee of a site, which ends
// the question: the callee's body is not asked.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_DECLARED_H
#define COROLINT_EFFECT_DECLARED_H

#include "effect/Descriptors.h"
#include "effect/EffectSet.h"
#include "flow/Flow.h"

namespace corolint {

/// What a callee is known to do without a look at its body.
struct DeclaredEffects {
  EffectSet Effects = 0;
  /// The body is not asked about these.
  EffectSet Known = 0;
  /// The model, or else the annotation, that says so.
  const FunctionModel *BlockingModel = nullptr;
  const FunctionModel *YieldModel = nullptr;
  /// The class whose destructor waits for work that is pending.
  const GuardModel *Pending = nullptr;
  Annotations Marks;
};

/// What annotations and models declare about calling the callee of \p S, a
/// site of \p Enclosing (null outside functions).
DeclaredEffects declaredEffects(const Site &S,
                                const clang::FunctionDecl *Enclosing,
                                Facts &Unit, DescriptorEvidence &Descriptors);

/// The model of the object that \p S, a site of \p Function, destroys while its
/// work is pending. Null if it destroys no such object.
const GuardModel *pendingWorkAt(const Site &S,
                                const clang::FunctionDecl &Function,
                                FlowAnalysis &Flows);

} // namespace corolint

#endif // COROLINT_EFFECT_DECLARED_H
