//===-- StaleState.h - Judges actions on old knowledge ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Combines the flow of each coroutine (StaleFlow.h) with possible interference
// (Interference.h) into the findings of coro-stale-state.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STALESTATE_H
#define COROLINT_ACCESS_STALESTATE_H

#include "access/Drains.h"
#include "access/StaleFlow.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "effect/Effects.h"

namespace corolint {

/// Describes which changes by other units are interference.
struct OpenStaleness {
  uint32_t Harmful = 0; ///< The classes of `StateChange`, as bits.
  /// A constant that may be written meanwhile, because the coroutine writes it
  /// too.
  std::optional<int64_t> Harmless;
  /// A second call of the coroutine on the same object is interference, too.
  bool Again = false;
};

/// An asynchronous coroutine that acts on what it learned of shared state
/// before a suspension point.
struct StaleFinding {
  const clang::FunctionDecl *Coroutine = nullptr;
  StaleAct Act;
  /// The state that changes: the state used by the action, or its container.
  AccessPath Changed;
  /// Absent if none was required.
  std::optional<Interferer> By;
  /// Set if the interferer is the coroutine itself.
  std::optional<Reentry> Again;
  /// Set if it is a finding only if another unit has an interferer.
  std::optional<OpenStaleness> Open;
};

struct StaleOptions {
  bool Check = true, Kept = true, Torn = true, Woken = true;
  /// Also reports actions without an interferer.
  bool AnyInterferer = false;
  /// Also finds actions that other units decide.
  bool KeepOpen = false;
  /// Qualified names of classes and members that one coroutine uses.
  std::vector<llvm::StringRef> Exclusive;
};

/// Applies the rule to the functions of one AST. Not thread-safe.
class StaleStateAnalysis {
public:
  /// All but \p Options must outlive the analysis.
  StaleStateAnalysis(Facts &Unit, GuardClasses &Guards, FlowAnalysis &Flows,
                     AccessAnalysis &Accesses, Interference &Others,
                     EffectInference &Inference, StaleOptions Options);

  /// The findings in \p Function, which must be a definition, in source order:
  /// one for each check, at the first act that depends on it. Empty unless it
  /// is an asynchronous coroutine, or, for \p Loop, a function that runs on an
  /// event loop and calls code that lets others run: then only state that it,
  /// or a function that it calls, keeps across such a call.
  std::vector<StaleFinding> judge(const clang::FunctionDecl &Function,
                                  const ContextReason &Loop);

private:
  std::vector<StaleFinding> judgeBody(const clang::FunctionDecl &Function,
                                      const ContextReason &Loop,
                                      const YieldingCalls &Yields);
  bool isEnabled(StaleAct::Form Form) const;
  YieldingCalls yieldsIn(const Body &Walked, const ContextReason &Loop);
  bool isInternal(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isShareable(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isIsolated(const StaleAct &Act, const clang::FunctionDecl &In);
  std::optional<StaleFinding> decide(const clang::FunctionDecl &Function,
                                     const StaleAct &Act,
                                     const AccessPath &Changed);
  std::optional<StaleFinding> decide(const clang::FunctionDecl &Function,
                                     const StaleAct &Act);
  std::optional<StaleFinding> decidePremise(const clang::FunctionDecl &Function,
                                            const StaleAct &Act);
  bool breaks(const StaleAct &Act, const clang::FunctionDecl &Other,
              const Access &Change);
  std::optional<StaleFinding> decideKept(const clang::FunctionDecl &Function,
                                         const StaleAct &Act);
  bool matters(const StaleAct &Act, const AccessPath &Place,
               const StateChange &Change);
  bool invalidates(const StaleAct &Act, const AccessPath &Place,
                   const StateChange &Change);
  OpenStaleness openQuestion(const clang::FunctionDecl &Function,
                             const StaleAct &Act, const AccessPath &Changed);
  bool areSeparated(const clang::FunctionDecl &Function, const StaleAct &Act,
                    const clang::FunctionDecl &Other, const Access &Change);
  bool takesOtherLock(const clang::FunctionDecl &Function, const StaleAct &Act,
                      const AccessPath &Changed,
                      const clang::FunctionDecl &Other, const Access &Change);
  bool honours(const clang::FunctionDecl &Other, const StaleAct &Act,
               const AccessPath &Place);
  bool isGetOrCreate(const StaleAct &Act);
  bool changesItself(const clang::FunctionDecl &Function, const StaleAct &Act,
                     const AccessPath &Place);
  std::optional<int64_t> constant(const clang::Expr *Value) {
    return constantOf(Value, Unit.Context);
  }

  Facts &Unit;
  GuardClasses &Guards;
  FlowAnalysis &Flows;
  AccessAnalysis &Accesses;
  Interference &Others;
  EffectInference &Inference;
  const StaleOptions Options;
  Drains Waits{Unit, Others};
};

} // namespace corolint

#endif // COROLINT_ACCESS_STALESTATE_H
