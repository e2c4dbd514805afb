//===-- Interference.h - Finds code that interferes -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds code that may change some state while a coroutine is suspended. A
// function interferes if it changes the state and if something outside the
// coroutine's call chain may start it: it shares no root with the coroutine. A
// second call of the same coroutine interferes only if there is evidence for
// it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_INTERFERENCE_H
#define COROLINT_ACCESS_INTERFERENCE_H

#include "access/Callers.h"
#include "access/SharedMembers.h"
#include "flow/Guards.h"
#include "region/Contexts.h"
#include <set>

namespace corolint {

/// Code that may change state while a coroutine is suspended.
struct Interferer {
  enum class Kind : uint8_t {
    Function,  ///< Another function, called by an event.
    Coroutine, ///< Another coroutine.
    Callback,  ///< A lambda passed as a callback.
    Again,     ///< A second call of the coroutine itself.
    Declared,  ///< COROLINT_SHARED.
  };
  Kind What = Kind::Function;
  const clang::FunctionDecl *Function = nullptr; ///< Contains the change.
  clang::SourceLocation Where; ///< The change; Again: the repeated start.
};

/// Why a coroutine may be entered while an earlier call of it is suspended.
struct Reentry {
  enum class Why : uint8_t {
    Loop,   ///< A loop starts it without waiting for it.
    Twice,  ///< Two places start it, on one object.
    Roots,  ///< Two functions that others start call it.
    Locked, ///< Its class has a lock, for concurrent use.
    Open,   ///< Code that is not visible may call it.
  };
  Why Because = Why::Open;
  clang::SourceLocation Where;
};

/// The interference among the functions of one AST. Not thread-safe.
class Interference {
public:
  /// \p Contexts must have been scanned before the first query.
  Interference(AccessAnalysis &Accesses, GuardClasses &Guards,
               const ContextMap &Contexts)
      : Accesses(Accesses), Guards(Guards), Unit(Accesses.Unit),
        Contexts(Contexts) {}

  /// Whether a change by \p Function counts.
  using Counts = llvm::function_ref<bool(const clang::FunctionDecl &Function,
                                         const Access &Change)>;

  /// Finds other code that changes \p Place while \p Coroutine is suspended.
  std::optional<Interferer> find(const clang::FunctionDecl &Coroutine,
                                 const AccessPath &Place, Counts Change);

  /// Whether \p Function makes its changes without a lock: it takes none, and
  /// no visible caller may hold one.
  bool takesNoLock(const clang::FunctionDecl &Function);

  /// Whether \p Function makes its changes under locks, and all of them are
  /// other members or variables than the mutexes \p Held. No visible caller may
  /// hold one.
  bool takesOtherLock(const clang::FunctionDecl &Function,
                      const std::set<const clang::ValueDecl *> &Held);

  /// Whether \p Made, a change by \p Function, assigns the state only once for
  /// each object. A value that was seen before then never changes.
  bool isOnlyAssignment(const clang::FunctionDecl &Function,
                        const Access &Made);

  /// How a second call of \p Coroutine with the same \p Place may run while one
  /// is suspended. Nothing without evidence; `Open` is the weakest.
  std::optional<Reentry> reentry(const clang::FunctionDecl &Coroutine,
                                 const AccessPath &Place);

  /// Whether COROLINT_EXCLUSIVE is on the state, its enclosing object or its
  /// class, or \p Named contains the qualified name of one of these classes or
  /// members.
  bool isExclusive(const AccessPath &Place, const clang::FunctionDecl &In,
                   llvm::ArrayRef<llvm::StringRef> Named);

  /// The place of COROLINT_SHARED on the same.
  std::optional<clang::SourceLocation>
  declaredShared(const AccessPath &Place, const clang::FunctionDecl &In);

  /// A change of possibly shared state, and the function that makes it.
  struct Change {
    const clang::FunctionDecl *Function;
    Access What;
  };
  /// Visits every change that a function makes to members and global variables,
  /// in the order of the functions.
  void forEachChange(llvm::function_ref<void(const Change &)> Visit);

  /// Whether \p Way, a way into \p Function, starts it repeatedly on one
  /// object, without waiting for its end.
  bool startsRepeatedly(const WayIn &Way, const clang::FunctionDecl &Function);

  Callers &graph();

private:
  /// The definition of \p Function, if its callers cannot hold a lock: none is
  /// visible, and it is not declared to need one. Else null.
  const clang::FunctionDecl *
  calledWithoutLock(const clang::FunctionDecl &Function);
  SharedMembers &shared();
  void index();
  void indexFunction(const clang::FunctionDecl &Function);
  llvm::ArrayRef<Change> changesOf(const clang::ValueDecl *Key) const;
  bool onNewObject(const Change &Made);
  std::optional<AccessPath> objectOf(const WayIn &Way,
                                     const clang::FunctionDecl &Function);
  std::optional<Interferer::Kind>
  interferes(const clang::FunctionDecl &Coroutine,
             const clang::FunctionDecl &Other, bool OwnLocal);
  template <typename Visit>
  void forEachDeclaration(const AccessPath &Place,
                          const clang::FunctionDecl &In, Visit V);

  AccessAnalysis &Accesses;
  GuardClasses &Guards;
  Facts &Unit;
  const ContextMap &Contexts;
  std::unique_ptr<Callers> Graph;
  std::unique_ptr<SharedMembers> Shared;
  bool Indexed = false;
  llvm::MapVector<const clang::ValueDecl *, std::vector<Change>> ByKey;
};

/// The mutex that \p E names, a variable or data member that is an object of
/// its own. Null if it names none, or more than one.
const clang::ValueDecl *mutexNamedIn(const clang::Stmt &E, GuardClasses &Guards,
                                     Facts &Unit);

/// The class whose method \p Function is, or that of the method that contains
/// the lambda \p Function; null if there is none.
const clang::CXXRecordDecl *enclosingClass(const clang::FunctionDecl &Function);

} // namespace corolint

#endif // COROLINT_ACCESS_INTERFERENCE_H
