//===-- KeptCallables.h - Callables that outlive a call ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the callables that a function keeps for later: a model declares it, or
// the body stores a copy in an object that outlives the call.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_KEPTCALLABLES_H
#define COROLINT_ACCESS_KEPTCALLABLES_H

#include "access/TaskCallables.h"

namespace corolint {

/// The kept callables of one AST. Not thread-safe.
class KeptCallables {
public:
  KeptCallables(Facts &Unit, TaskUses &Uses, TaskCallables &Callables)
      : Unit(Unit), Uses(Uses), Callables(Callables) {}

  /// Whether \p Call of \p Callee keeps its argument \p Index, or a copy, to
  /// call it later, and neither runs it nor waits before it returns.
  bool outlivesCall(const clang::CallExpr &Call,
                    const clang::FunctionDecl &Callee, unsigned Index) {
    return outlivesCall(Call, Callee, Index, 0);
  }

  /// Whether \p Callable, an expression of \p Tree, is assigned to or inserted
  /// into an object that outlives the function: null, or the call that does.
  const clang::CallExpr *storing(const clang::Expr &Callable,
                                 const StatementTree &Tree);

  /// Whether the result of \p Call is kept, and its destructor does not wait
  /// for what \p Call started: in a local variable, or in an object that lives
  /// on.
  /// \p Returned is set if it is returned.
  bool livesAfter(const clang::CallExpr &Call, const StatementTree &Tree,
                  bool &Returned);

  /// Whether no call and no suspension point of \p Tree may be executed after
  /// \p After and within \p Scope (null: the whole function). Calls that a
  /// model knows do not count if they do not wait; neither does a wait with a
  /// time limit whose outcome nothing tests.
  bool nothingFollows(const clang::Stmt &After, const clang::Stmt *Scope,
                      const StatementTree &Tree);

private:
  bool outlivesCall(const clang::CallExpr &Call,
                    const clang::FunctionDecl &Callee, unsigned Index,
                    unsigned Depth);
  bool isStoredIn(const clang::FunctionDecl &Function, unsigned Index,
                  unsigned Depth);
  std::pair<const clang::Stmt *, const clang::Stmt *>
  holderOf(const clang::Stmt &Copy, const StatementTree &Tree);
  bool stores(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
              const clang::Stmt *Child);
  bool isStored(const clang::Stmt &Copy, const StatementTree &Tree,
                unsigned Depth);
  bool runsCallable(const clang::CXXConstructExpr &Construct);
  bool isCopied(const clang::Expr &E, const clang::Stmt *Child);
  bool mayRun(const clang::FunctionDecl &Function, const clang::Stmt &After);

  Facts &Unit;
  TaskUses &Uses;
  TaskCallables &Callables;
  llvm::DenseMap<std::pair<const clang::FunctionDecl *, unsigned>, bool> Known;
};

} // namespace corolint

#endif // COROLINT_ACCESS_KEPTCALLABLES_H
