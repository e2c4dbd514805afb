//===-- StaleState.h - Acting on old knowledge of shared state --*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Joins the flow of each coroutine (StaleFlow.h) with who may interfere
// (Interference.h) to the findings of coro-stale-state.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STALESTATE_H
#define COROLINT_ACCESS_STALESTATE_H

#include "access/Interference.h"
#include "access/StaleFlow.h"
#include "access/StateChange.h"

namespace corolint {

/// Which changes, made by code of other units, are interference.
struct OpenStaleness {
  uint32_t Harmful = 0; ///< The classes of `StateChange`, as bits.
  /// A constant that others may write, since the coroutine writes the same.
  std::optional<int64_t> Harmless;
  /// A second call of the coroutine on the same object is interference, too.
  bool Again = false;
};

/// An asynchronous coroutine that acts on what it learned of shared state
/// before a suspension point.
struct StaleFinding {
  const clang::FunctionDecl *Coroutine = nullptr;
  StaleAct Act;
  /// The state that changes: the one acted on, or its container.
  AccessPath Changed;
  /// Absent where none was required.
  std::optional<Interferer> By;
  /// Where the interferer is the coroutine itself.
  std::optional<Reentry> Again;
  /// Set if it is a finding only if another unit has an interferer.
  std::optional<OpenStaleness> Open;
};

struct StaleOptions {
  bool Check = true, Kept = true, Torn = true, Woken = true;
  /// Reports without an interferer, too.
  bool AnyInterferer = false;
  /// Finds what other units decide, too.
  bool KeepOpen = false;
  /// Qualified names of classes and members that one coroutine uses.
  std::vector<llvm::StringRef> Exclusive;
};

/// The rule, on the functions of one AST. Not thread-safe.
class StaleStateAnalysis {
public:
  /// All but \p Options must outlive the analysis.
  StaleStateAnalysis(Facts &Unit, GuardClasses &Guards, FlowAnalysis &Flows,
                     AccessAnalysis &Accesses, Interference &Others,
                     StaleOptions Options);

  /// The findings in \p Function, which must be a definition, in source order:
  /// one for each check, at the first act that rests on it. None in anything
  /// but an asynchronous coroutine, or a function that runs on a loop, for \p
  /// Loop, and calls what lets others run: of that, what it keeps.
  std::vector<StaleFinding> judge(const clang::FunctionDecl &Function,
                                  const ContextReason &Loop);

private:
  bool isEnabled(StaleAct::Form Form) const;
  YieldingCalls yieldsIn(const Body &Walked, const ContextReason &Loop);
  bool isInternal(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isShareable(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isIsolated(const StaleAct &Act, const clang::FunctionDecl &In);
  std::optional<StaleFinding> decide(const clang::FunctionDecl &Function,
                                     const StaleAct &Act,
                                     const AccessPath &Changed);
  std::optional<StaleFinding> decideKept(const clang::FunctionDecl &Function,
                                         const StaleAct &Act);
  bool matters(const StaleAct &Act, const AccessPath &Place,
               const StateChange &Change);
  bool invalidates(const StaleAct &Act, const AccessPath &Place,
                   const StateChange &Change);
  OpenStaleness openQuestion(const clang::FunctionDecl &Function,
                             const StaleAct &Act, const AccessPath &Changed);
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
  const StaleOptions Options;
};

} // namespace corolint

#endif // COROLINT_ACCESS_STALESTATE_H
