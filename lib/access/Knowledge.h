//===-- Knowledge.h - A coroutine's knowledge at one point ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The state of the flow in StaleFlow.cpp. Where paths join, the coroutine knows
// only what it knows on all of them, and the knowledge is as old as on the path
// where it is oldest.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_KNOWLEDGE_H
#define COROLINT_ACCESS_KNOWLEDGE_H

#include "access/AccessPath.h"
#include <map>
#include <set>

namespace corolint {

/// The mutexes whose guards a coroutine holds: variables or data members.
using Mutexes = std::set<const clang::ValueDecl *>;

/// A condition that held of some state.
struct Check {
  const clang::Expr *Condition = nullptr;
  clang::SourceLocation Where;
  bool Truth = true;
  const clang::Expr *Key = nullptr; ///< The element that it tests.
  /// The first suspension point since then, or null.
  const clang::Stmt *Suspension = nullptr;
  /// The first suspension point under guards of the known mutexes `Held`, or
  /// null. Code that takes other mutexes is not isolated.
  const clang::Stmt *Guarded = nullptr;
  Mutexes Held;
  /// Tested by the predicate of a wait.
  bool Woken = false;
  /// Tested again after a wait that returned nothing: the usual code for
  /// waiting for a turn.
  bool Doubled = false;

  friend bool operator==(const Check &, const Check &) = default;
};

/// A reference, pointer, iterator or view into some state.
struct Kept {
  AccessPath Path;
  clang::SourceLocation Where;
  const clang::Stmt *Suspension = nullptr;
  bool IsIterator = false;
  /// All suspension points since then were under a guard that coroutines hold.
  bool Guarded = false;
  Mutexes Held; ///< The mutexes of these guards, if they are known.
  const clang::CXXForRangeStmt *Loop = nullptr; ///< If the loop keeps it.
  const clang::Expr *Key = nullptr;

  friend bool operator==(const Kept &, const Kept &) = default;
};

/// A value that was computed from some state.
struct Copy {
  llvm::SmallVector<AccessPath, 2> Of;
  clang::SourceLocation Where;
  const clang::Stmt *Suspension = nullptr;

  friend bool operator==(const Copy &, const Copy &) = default;
};

/// Everything that is known at one point.
struct Knowledge {
  std::map<AccessPath, Check> Checks;
  /// Conditions without which the function would have ended: by a helper that
  /// throws, or by an assertion.
  std::map<AccessPath, Check> Required;
  std::map<const clang::ValueDecl *, Kept> Taken;
  std::map<const clang::ValueDecl *, Copy> Copies;
  /// State checked since the last suspension point.
  std::set<AccessPath> Since;
  /// State that an assertion tested since the last suspension point. No action
  /// depends on it, but a flag may be claimed afterwards.
  std::set<AccessPath> Asserted;
  /// State that was checked and then changed in one step, as a "busy" flag is;
  /// and whether the coroutine has suspended since.
  std::map<AccessPath, bool> Claimed;
  /// Objects that isolate the coroutine while they live, and mutexes that it
  /// has locked by hand, each with its mutex if that is known.
  std::map<const clang::ValueDecl *, const clang::ValueDecl *> Guards;

  bool isIsolated() const { return !Guards.empty(); }

  /// The mutexes of all guards; empty if one of them is not known.
  Mutexes held() const;

  /// Ages all knowledge at \p S, which may suspend. Under a guard only
  /// references age: some interferers do not take the guard's lock.
  void suspend(const clang::Stmt &S);

  /// Makes knowledge current again, because an epoch was compared.
  void revalidate();

  /// Called when \p Variable begins, ends or gets another value.
  void forget(const clang::VarDecl &Variable);

  /// Called when the coroutine itself may have changed \p Path: what it
  /// required is no longer known.
  void touched(const AccessPath &Path);

  /// Called when the coroutine itself changed \p Path.
  void changed(const AccessPath &Path, bool Assigned);

  /// Merges \p Other at a join. Returns whether anything changed.
  bool join(const Knowledge &Other);
};

} // namespace corolint

#endif // COROLINT_ACCESS_KNOWLEDGE_H
