//===-- Callers.h - Who starts and who calls functions ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse call graph of one translation unit. It separates calls that the
// caller waits for (an ordinary call, `co_await f()`) from those that only
// start something: a spawned coroutine, a callback that is handed over. The
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
  const clang::Stmt *Node = nullptr; ///< The call, or what names the callable.
  bool Started = false;              ///< The caller does not wait for its end.
  bool Conditional = false;          ///< Only on some paths of the caller.
  /// The innermost loop around it, or the call that starts it several times.
  const clang::Stmt *Loop = nullptr;
};

/// How the objects of a class come to be, as far as can be seen.
struct Creation {
  int Owned = 0; ///< Locals that only serve as the object of calls.
  int Other = 0;
};

/// The ways into the functions of one AST. Not thread-safe.
class Callers {
public:
  /// Looks at \p Functions, all that can be seen.
  Callers(AccessAnalysis &Accesses,
          llvm::ArrayRef<const clang::FunctionDecl *> Functions);

  using Set = RootSet<const clang::FunctionDecl *>;

  /// The canonical declarations of the functions in which control begins that
  /// may reach \p Function.
  const Set &roots(const clang::FunctionDecl &Function);

  /// Every way into \p Function, and into what it overrides.
  llvm::SmallVector<WayIn, 4>
  entries(const clang::FunctionDecl &Function) const;

  // A graph for EntryRoots.h, of canonical declarations.
  EntryKind entryKind(const clang::FunctionDecl *Function) const;
  bool isPartOf(const clang::FunctionDecl *Function,
                const clang::FunctionDecl *Starter) const;
  template <typename Visit>
  void forEachEntry(const clang::FunctionDecl *Function, Visit V) const {
    for (const WayIn &Way : entries(*Function))
      V(Way.Caller->getCanonicalDecl(), Way);
  }

  /// Whether every visible object of \p Class belongs to the one coroutine that
  /// made it.
  bool isOwned(const clang::CXXRecordDecl &Class) const;

  /// Whether code that cannot be seen may call \p Function.
  bool isOpen(const clang::FunctionDecl &Function) const;

  /// Calls \p Visit for every way into a function, by what its caller names, in
  /// the order of the functions.
  void forEachWay(llvm::function_ref<void(const clang::FunctionDecl &Callee,
                                          const WayIn &Way)>
                      Visit) const {
    for (const auto &[Callee, Ways] : Into)
      for (const WayIn &Way : Ways)
        Visit(*Callee, Way);
  }

private:
  class Scan;

  Facts &Unit;
  llvm::MapVector<const clang::FunctionDecl *, llvm::SmallVector<WayIn, 2>>
      Into;
  llvm::DenseMap<const clang::FunctionDecl *, Set> Roots;
  llvm::DenseMap<const clang::CXXRecordDecl *, Creation> Created;
};

/// Whether \p Function is an asynchronous coroutine, or returns something to
/// await.
bool isAsynchronousCall(const clang::FunctionDecl &Function, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_CALLERS_H
