//===-- Callers.h - Calls and starts of functions ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse call graph of one translation unit. It separates calls for which
// the caller waits (an ordinary call, `co_await f()`) from those that only
// start something: a spawned coroutine, a callback that is passed on. The
// *roots* of a function are the functions in which control begins that may
// reach it. Two functions with one common root never run at the same time.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_CALLERS_H
#define COROLINT_ACCESS_CALLERS_H

#include "access/Access.h"
#include "access/EntryRoots.h"
#include "llvm/ADT/MapVector.h"

namespace corolint {

/// One way into a function.
struct WayIn {
  const clang::FunctionDecl *Caller = nullptr;
  const clang::Stmt *Node = nullptr; ///< The call, or the name of the callable.
  bool Started = false;              ///< The caller does not wait for its end.
  bool Conditional = false;          ///< Only on some paths of the caller.
  /// The innermost loop around it, or the call that starts it several times.
  const clang::Stmt *Loop = nullptr;
};

/// How objects of a class are created, as far as visible.
struct Creation {
  int Owned = 0; ///< Locals used only as the object of calls.
  int Other = 0;
};

/// The ways into the functions of one AST. Not thread-safe.
class Callers {
public:
  /// Scans \p Functions, which are all that are visible.
  Callers(AccessAnalysis &Accesses,
          llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  using Set = RootSet<const clang::FunctionDecl *>;

  /// The canonical declarations of the functions in which control begins that
  /// may reach \p Function.
  const Set &roots(const clang::FunctionDecl &Function);

  /// Those that reach \p Function otherwise than by calling \p Through.
  Set rootsExcept(const clang::FunctionDecl &Function,
                  const clang::FunctionDecl &Through) const;

  /// The roots of \p Function, without calls that may lead to an object of
  /// another class: several classes override the method that is called.
  Set ownRoots(const clang::FunctionDecl &Function) const;

  /// Every way into \p Function, and into functions that it overrides.
  llvm::SmallVector<WayIn, 4>
  entries(const clang::FunctionDecl &Function) const;

  // The interface for EntryRoots.h, on canonical declarations.
  EntryKind entryKind(const clang::FunctionDecl *Function) const;
  bool isPartOf(const clang::FunctionDecl *Function,
                const clang::FunctionDecl *Starter) const;
  template <typename Visit>
  void forEachEntry(const clang::FunctionDecl *Function, Visit V) const {
    for (const WayIn &Way : entries(*Function))
      V(Way.Caller->getCanonicalDecl(), Way);
  }

  /// Whether every visible object of \p Class belongs to the one coroutine that
  /// created it.
  bool isOwned(const clang::CXXRecordDecl &Class) const;

  /// Whether code that is not visible may call \p Function.
  bool isOpen(const clang::FunctionDecl &Function) const;

  /// Calls \p Visit for every way into a function, by the name that its caller
  /// uses, in the order of the functions.
  void forEachWay(llvm::function_ref<void(const clang::FunctionDecl &Callee,
                                          const WayIn &Way)>
                      Visit) const {
    for (const auto &[Callee, Ways] : Into)
      for (const WayIn &Way : Ways)
        Visit(*Callee, Way);
  }

private:
  class Scan;
  class OwnWays;

  /// Counts \p Function as an override of the methods that it overrides.
  void countOverrides(const clang::FunctionDecl &Function);
  llvm::SmallVector<WayIn, 4> waysInto(const clang::FunctionDecl &Function,
                                       bool OnlyOwn) const;

  Facts &Unit;
  llvm::MapVector<const clang::FunctionDecl *, llvm::SmallVector<WayIn, 2>>
      Into;
  llvm::DenseMap<const clang::FunctionDecl *, Set> Roots;
  /// How many visible methods override a method.
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> Overrides;
  llvm::DenseMap<const clang::CXXRecordDecl *, Creation> Created;
};

/// Whether \p Function is an asynchronous coroutine or returns an awaitable.
bool isAsynchronousCall(const clang::FunctionDecl &Function, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_CALLERS_H
