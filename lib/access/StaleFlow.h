//===-- StaleFlow.h - Actions on knowledge from before a wait ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward data flow over one coroutine. It tracks what the coroutine knows
// about possibly shared state: which conditions it checked, which references it
// took and which values it copied, each with the suspension point that
// followed. An action on knowledge from before a suspension point is a
// candidate; Interference decides whether other code changes the state
// meanwhile.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STALEFLOW_H
#define COROLINT_ACCESS_STALEFLOW_H

#include "access/Access.h"
#include "flow/Flow.h"
#include <set>

namespace corolint {

/// An action of a coroutine on old knowledge.
struct StaleAct {
  enum class Form : uint8_t {
    Check, ///< Checked, suspended, acted.
    Kept,  ///< A reference or iterator kept across.
    Torn,  ///< Read and written around a suspension.
    Woken, ///< A predicate that was true when the wait ended, or before.
    /// An element is used at a position from before.
    Position,
    /// State is created again after its own re-check, without asking again for
    /// another condition, which it depends on.
    Premise,
  };
  Form What = Form::Check;
  /// Check, Torn, Woken: the action.
  AccessKind Does = AccessKind::Use;
  bool Adds = false;       ///< It increments.
  bool Truth = true;       ///< Check: the value of the condition.
  bool IsIterator = false; ///< Kept: an insertion may invalidate it.
  /// The coroutine held a guard whenever it was suspended. Only code that takes
  /// another lock interferes; if it is kept, also code that takes none.
  bool Guarded = false;
  /// The mutexes of the guards; empty if they are not known.
  std::set<const clang::ValueDecl *> Held;
  AccessPath Place;
  AccessPath Created; ///< Premise: the state that is written.
  /// Check, Torn, Woken: the written value.
  const clang::Expr *Value = nullptr;
  clang::SourceLocation Act, Learned;
  const clang::Stmt *Suspension = nullptr;
  /// Check: the condition, without negations.
  const clang::Expr *Condition = nullptr;
  /// Kept, Position: the variable. Kept: the loop that keeps it.
  const clang::VarDecl *Variable = nullptr;
  const clang::CXXForRangeStmt *Loop = nullptr;
  /// Kept: a call that iterates over the state and waits for each element.
  const clang::CallExpr *Walk = nullptr;
  /// Torn, in one expression: the assignment.
  const clang::BinaryOperator *Assignment = nullptr;
  /// State that was checked since the suspension.
  llvm::SmallVector<AccessPath, 2> CheckedSince;
  /// Flags that the coroutine checked and set before it suspended.
  llvm::SmallVector<AccessPath, 2> Claimed;
};

class Interference;

/// A parameter whose callers check it as a position in a container.
struct PassedPosition {
  const clang::ParmVarDecl *Parameter = nullptr;
  AccessPath Container;        ///< In terms of the called function.
  clang::SourceLocation Where; ///< The caller's condition or computation.
};

/// The positions that callers of \p Coroutine check or compute, and pass to it
/// by value.
std::vector<PassedPosition>
passedPositions(const clang::FunctionDecl &Coroutine, Interference &Others,
                AccessAnalysis &Accesses);

/// Calls that let other code run on the thread before they return.
using YieldingCalls = llvm::SmallPtrSet<const clang::Stmt *, 4>;

/// Whether \p Call in \p Walked, a plain function, makes a task that may
/// iterate over a container and wait for each element in turn.
bool mayWalk(const clang::CallExpr &Call, const Body &Walked, Facts &Unit);

/// The candidates in one coroutine, or one function that suspends in \p Yields
/// and in the tasks that it makes alone, in no particular order.
std::vector<StaleAct> findStaleActs(const Body &Walked,
                                    AccessAnalysis &Accesses,
                                    GuardClasses &Guards,
                                    const YieldingCalls &Yields,
                                    llvm::ArrayRef<PassedPosition> Positions);

} // namespace corolint

#endif // COROLINT_ACCESS_STALEFLOW_H
