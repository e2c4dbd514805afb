//===-- StalePremises.cpp - Conditions that other code breaks -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The interference in the acts that StaleFlowPremises.cpp finds.
//
//===----------------------------------------------------------------------===//

#include "access/RunsOnce.h"
#include "access/StaleState.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

/// Whether \p Change may give the state a value with which \p Condition is not
/// \p Truth.
static bool violates(const Expr *Condition, bool Truth,
                     const StateChange &Change, const ASTContext &Context) {
  const auto *Comparison =
      dyn_cast_or_null<BinaryOperator>(innermostOf(Condition));
  if (Comparison && Comparison->isComparisonOp()) {
    // Only equality with a constant is understood.
    std::optional<int64_t> Known = constantOf(Comparison->getRHS(), Context);
    return Comparison->isEqualityOp() && Known && Change.Constant &&
           ((*Known == *Change.Constant) ==
            (Comparison->getOpcode() == BO_EQ)) != Truth;
  }
  if (!testsAbsence(Condition, Truth))
    return Change.spoilsPresence();
  return Change.Kind == AccessKind::Insert ||
         (Change.Kind == AccessKind::Write && Change.Constant != 0);
}

/// Whether \p Change, in \p Other, makes the condition of \p Act wrong, and the
/// function also removes what the coroutine creates again: the coroutine's
/// second look at that cannot reveal the change.
bool StaleStateAnalysis::breaks(const StaleAct &Act, const FunctionDecl &Other,
                                const Access &Change) {
  const StateChange Made = changeOf(Change, Unit);
  if (!Made.IsWhole || !violates(Act.Condition, Act.Truth, Made, Unit.Context))
    return false;
  return llvm::any_of(Accesses.summary(Other), [&](const Access &Each) {
    return isChange(Each.Kind) && Each.Path.key() == Act.Created.key() &&
           changeOf(Each, Unit).spoilsPresence();
  });
}

std::optional<StaleFinding>
StaleStateAnalysis::decidePremise(const FunctionDecl &Function,
                                  const StaleAct &Act) {
  for (const AccessPath *Each : {&Act.Place, &Act.Created})
    if (!isShareable(*Each, Function) ||
        Others.isExclusive(*Each, Function, Options.Exclusive))
      return std::nullopt;
  StaleFinding Result{&Function, Act, Act.Place, {}, {}, {}};
  Result.By =
      Others.find(Function, Act.Place,
                  [&](const FunctionDecl &Other, const Access &Change) {
                    return breaks(Act, Other, Change) &&
                           !areSeparated(Function, Act, Other, Change) &&
                           !honours(Other, Act, Act.Place);
                  });
  return Result.By ? std::optional(Result) : std::nullopt;
}

} // namespace corolint
