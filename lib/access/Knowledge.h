//===-- Knowledge.h - What a coroutine knows at one point -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The state of the flow in StaleFlow.cpp. Where paths meet, what the coroutine
// knows on all of them remains, and it is as old as on the path where it is
// oldest.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_KNOWLEDGE_H
#define COROLINT_ACCESS_KNOWLEDGE_H

#include "access/AccessPath.h"
#include <map>
#include <set>

namespace corolint {

/// A condition that held of some state.
struct Check {
  const clang::Expr *Condition = nullptr;
  clang::SourceLocation Where;
  bool Truth = true;
  const clang::Expr *Key = nullptr; ///< The element that it is about.
  /// The first suspension point since; null if there is none.
  const clang::Stmt *Suspension = nullptr;
  /// By the predicate of a wait.
  bool Woken = false;
  /// Asked for the second time, after a wait that returned nothing: what people
  /// write who wait for their turn.
  bool Doubled = false;

  friend bool operator==(const Check &, const Check &) = default;
};

/// A reference, pointer, iterator or view that leads into some state.
struct Kept {
  AccessPath Path;
  clang::SourceLocation Where;
  const clang::Stmt *Suspension = nullptr;
  bool IsIterator = false;
  /// All suspension points since were under a guard that coroutines hold.
  bool Guarded = false;
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
  std::map<const clang::ValueDecl *, Kept> Taken;
  std::map<const clang::ValueDecl *, Copy> Copies;
  /// State checked since the last suspension point.
  std::set<AccessPath> Since;
  /// State that an assertion tested since the last suspension point. Nothing
  /// rests on that, but a flag may be claimed after it.
  std::set<AccessPath> Asserted;
  /// State checked and then changed in one go, as flags are that say "busy";
  /// and whether the coroutine suspended since.
  std::map<AccessPath, bool> Claimed;
  /// Objects that isolate what happens while they live.
  std::set<const clang::VarDecl *> Guards;

  bool isIsolated() const { return !Guards.empty(); }

  /// Everything known gets older: \p S may suspend. Under a guard, only what
  /// the coroutine refers to does: not everybody takes the guard's lock.
  void suspend(const clang::Stmt &S);

  /// Nothing changed meanwhile after all: an epoch was compared.
  void revalidate();

  /// \p Variable begins or ends, or gets another value.
  void forget(const clang::VarDecl &Variable);

  /// The coroutine itself changed \p Path.
  void changed(const AccessPath &Path, bool Assigned);

  /// Keeps what \p Other knows, too; returns whether that made a difference.
  bool join(const Knowledge &Other);
};

} // namespace corolint

#endif // COROLINT_ACCESS_KNOWLEDGE_H
