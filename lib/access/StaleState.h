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

namespace corolint {

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
};

struct StaleOptions {
  bool Check = true, Kept = true, Torn = true, Woken = true;
  /// Reports without an interferer, too.
  bool AnyInterferer = false;
  /// Qualified names of classes and members that one coroutine uses.
  std::vector<llvm::StringRef> Exclusive;
};

/// The rule, on the functions of one AST. Not thread-safe.
class StaleStateAnalysis {
public:
  /// \p Functions are all that can be seen; they and the rest must outlive the
  /// analysis.
  StaleStateAnalysis(Facts &Unit, GuardClasses &Guards, FlowAnalysis &Flows,
                     llvm::ArrayRef<const clang::FunctionDecl *> Functions,
                     StaleOptions Options);

  /// The findings in \p Function, which must be a definition, in source order:
  /// one for each check, at the first act that rests on it. None in anything
  /// but an asynchronous coroutine.
  std::vector<StaleFinding> judge(const clang::FunctionDecl &Function);

private:
  bool isEnabled(StaleAct::Form Form) const;
  bool isInternal(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isShareable(const AccessPath &Place, const clang::FunctionDecl &In);
  bool isIsolated(const StaleAct &Act, const clang::FunctionDecl &In);
  bool isNew(const clang::Expr *Value);
  std::optional<StaleFinding> decide(const clang::FunctionDecl &Function,
                                     const StaleAct &Act,
                                     const AccessPath &Changed);
  std::optional<StaleFinding> decideKept(const clang::FunctionDecl &Function,
                                         const StaleAct &Act);
  bool matters(const StaleAct &Act, const AccessPath &Place,
               const Access &Change);
  bool spoilsPresence(const Access &Change);
  bool invalidates(const StaleAct &Act, const AccessPath &Place,
                   const Access &Change);
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
  const StaleOptions Options;
  AccessAnalysis Accesses;
  Interference Others;
};

} // namespace corolint

#endif // COROLINT_ACCESS_STALESTATE_H
