//===-- StaleFlowBuilder.h - The flow of stale knowledge --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward data flow over the control flow graph of one coroutine, with its
// Knowledge as the state. StaleFlow.cpp visits the blocks and evaluates
// conditions, StaleFlowEvents.cpp applies statements.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_STALEFLOWBUILDER_H
#define COROLINT_ACCESS_STALEFLOWBUILDER_H

#include "access/Knowledge.h"
#include "access/StaleFlow.h"
#include "clang/Analysis/CFG.h"
#include <set>

namespace corolint {

/// Whether \p E mentions \p Variable.
bool mentions(const clang::Stmt &E, const clang::ValueDecl &Variable);

/// The first suspension point in \p E that is not in a lambda; null if there is
/// none.
const clang::CoroutineSuspendExpr *suspensionIn(const clang::Stmt &E);

/// Runs the flow through one coroutine, once.
class StaleFlowBuilder {
public:
  StaleFlowBuilder(const Body &Walked, AccessAnalysis &Accesses,
                   GuardClasses &Guards, const YieldingCalls &Yields,
                   llvm::ArrayRef<PassedPosition> Positions)
      : Walked(Walked), Accesses(Accesses), Guards(Guards), Unit(Accesses.Unit),
        Yields(Yields), Positions(Positions) {}

  std::vector<StaleAct> run();

private:
  void transfer(const clang::CFGBlock &Block, Knowledge &K);
  void onStatement(const clang::Stmt &S, Knowledge &K);
  void onSuspension(const clang::Stmt &S, Knowledge &K);
  void onPredicateWait(const clang::Stmt &S, Knowledge &K);
  std::optional<AccessPath> walkedRange(const clang::CallExpr &Call,
                                        const clang::FunctionDecl &Callee);
  void onWalk(const clang::CallExpr &Call, const clang::Stmt &S, Knowledge &K);
  void onLent(const clang::CallExpr &Call, const clang::Stmt &S,
              const Knowledge &K);
  void onVariable(const clang::VarDecl &Variable, const clang::Expr &Init,
                  Knowledge &K);
  void onAccess(const Access &Each, const clang::Stmt &S, Knowledge &K);
  void onRequirement(const clang::Stmt &S, const AccessList &Here,
                     Knowledge &K);
  void onCreation(const Access &Each, const Check &Known, Knowledge &K);
  void onPosition(const Access &Each, const Knowledge &K);
  void onChange(const Access &Each, const clang::Stmt &S, Knowledge &K);
  void onKeptUse(const clang::Stmt &S, Knowledge &K);
  void useKept(const clang::ValueDecl *Value, clang::SourceLocation Where,
               Knowledge &K);
  bool hasOwner(const AccessPath &Path, const Knowledge &K) const;
  void onEnd(const clang::VarDecl *Variable, Knowledge &K);
  void checkTorn(const Access &Each, const clang::Stmt &S, const Knowledge &K);
  void checkLostUpdate(const Access &Each, const Knowledge &K);
  void assume(const clang::CFGBlock &Block, const clang::Expr &Condition,
              bool Truth, Knowledge &K);
  llvm::SmallVector<AccessPath, 2> readBy(const clang::Expr &Condition,
                                          const Knowledge &K);
  void learn(const clang::Expr &Leaf, bool Truth, Knowledge &K);
  bool revalidates(const clang::Expr &Leaf, Knowledge &K);
  void leave(const clang::CFGBlock &Block, const Knowledge &K);
  void flowTo(const clang::CFGBlock *Successor, Knowledge K);
  bool isGuard(const clang::VarDecl &Variable, const clang::Expr &Init);
  bool isOnlyReleased(const clang::VarDecl &Variable);
  bool unlocks(const clang::ValueDecl &Mutex);
  void report(StaleAct Act, const Knowledge &K);
  bool sameKey(const clang::Expr *A, const clang::Expr *B) const;

  const Body &Walked;
  AccessAnalysis &Accesses;
  GuardClasses &Guards;
  Facts &Unit;
  const YieldingCalls &Yields;
  llvm::ArrayRef<PassedPosition> Positions;
  std::vector<std::optional<Knowledge>> In;
  std::set<unsigned, std::greater<>> Work;
  llvm::DenseMap<const clang::VarDecl *, const clang::CXXForRangeStmt *> Loops;
  /// Awaits whose results are unused.
  llvm::DenseSet<const clang::Stmt *> Discarded;
  bool Recording = false;
  std::vector<StaleAct> Found;
};

} // namespace corolint

#endif // COROLINT_ACCESS_STALEFLOWBUILDER_H
