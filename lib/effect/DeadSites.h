//===-- DeadSites.h - Sites whose effects never matter ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds sites whose effects never affect another coroutine: those from which
// every path ends the process, those in the child of a fork, and those on a
// branch that is never taken where coroutines run. Also finds waits for work
// that is complete by the time control reaches them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_DEADSITES_H
#define COROLINT_EFFECT_DEADSITES_H

#include "effect/Endings.h"

namespace corolint {

/// The dead sites of one AST. Not thread-safe.
class DeadSites {
public:
  explicit DeadSites(Facts &Unit) : Unit(Unit), Ends(Unit) {}

  /// Includes \p Definition. The other queries are valid after `settle`.
  void consider(const clang::FunctionDecl &Definition) {
    Ends.consider(Definition);
  }
  void settle() { Ends.settle(); }

  /// Whether \p S, a site of \p Function, is dead.
  bool isDead(const clang::FunctionDecl &Function, const Site &S);

  /// The functions of other translation units that make \p S, a site of
  /// \p Function, dead if any of them ends the process.
  llvm::ArrayRef<const clang::FunctionDecl *>
  deadIf(const clang::FunctionDecl &Function, const Site &S);

  /// The functions of other translation units that make every path through
  /// \p Function end the process if any of them does.
  llvm::ArrayRef<const clang::FunctionDecl *>
  endsIf(const clang::FunctionDecl &Function) {
    return conditions(Function).Ends;
  }

  Endings &endings() { return Ends; }

private:
  using Nodes = llvm::DenseSet<const void *>;

  /// Facts that depend on functions of other units.
  struct Conditions {
    using Functions = llvm::SmallVector<const clang::FunctionDecl *, 1>;
    llvm::DenseMap<const void *, Functions> Dead; ///< By node.
    Functions Ends; ///< Of the function as a whole.
  };

  const Nodes &deadNodes(const clang::FunctionDecl &Function);
  const Conditions &conditions(const clang::FunctionDecl &Function);
  bool hasDeadBranches(const Body &Walked);
  bool returnsTwice(const clang::Expr &Value, const Body &Walked);
  std::optional<bool> comparesThreads(const clang::Expr &E);
  std::optional<bool> deadTruth(const clang::Expr &Condition,
                                const Body &Walked);
  llvm::BitVector reachableBlocks(const clang::CFG &Graph, const Body &Walked);

  Facts &Unit;
  Endings Ends;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Nodes>> Known;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Conditions>>
      Conditional;
};

/// Whether \p S, a site of \p Function, waits in `await_resume`, or in the
/// destructor of an awaiter, for work that the awaiter's `await_suspend`
/// delegated. The coroutine is resumed once that work is complete.
bool isOverWhenResumed(const clang::FunctionDecl &Function, const Site &S,
                       Facts &Unit);

/// Whether \p S, a site of the coroutine \p Function, waits for a local whose
/// callable signals, as its last act, another local that the coroutine has
/// awaited: `co_await finished.wait(); thread.join();`.
bool isOverWhenAwaited(const clang::FunctionDecl &Function, const Site &S,
                       Facts &Unit);

} // namespace corolint

#endif // COROLINT_EFFECT_DEADSITES_H
