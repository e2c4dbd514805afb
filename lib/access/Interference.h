//===-- Interference.h - Who changes state meanwhile ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells who may change some state while a coroutine is suspended. A function
// interferes if it changes the state and something other than the coroutine's
// own call chain may start it: it shares no root with the coroutine. A second
// entry of the same coroutine interferes only on evidence.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_INTERFERENCE_H
#define COROLINT_ACCESS_INTERFERENCE_H

#include "access/Callers.h"
#include "flow/Guards.h"
#include "region/Contexts.h"

namespace corolint {

/// Code that may change state while a coroutine is suspended.
struct Interferer {
  enum class Kind : uint8_t {
    Function,  ///< Another function, called by an event.
    Coroutine, ///< Another coroutine.
    Callback,  ///< A lambda that was handed over.
    Again,     ///< A second call of the coroutine itself.
    Declared,  ///< COROLINT_SHARED.
  };
  Kind What = Kind::Function;
  const clang::FunctionDecl *Function = nullptr; ///< That changes the state.
  clang::SourceLocation Where; ///< The change; Again: what starts it twice.
};

/// Why a coroutine may be entered while an earlier call of it is suspended.
struct Reentry {
  enum class Why : uint8_t {
    Loop,   ///< Something starts it in a loop, without waiting for it.
    Twice,  ///< Something starts it at two places, on one object.
    Roots,  ///< It is called from two functions that others start.
    Locked, ///< Its class has a lock: it is meant for concurrent use.
    Open,   ///< Code that cannot be seen may call it.
  };
  Why Because = Why::Open;
  clang::SourceLocation Where;
};

/// The interference among the functions of one AST. Not thread-safe.
class Interference {
public:
  /// \p Contexts must have been scanned before a question is asked.
  Interference(AccessAnalysis &Accesses, GuardClasses &Guards,
               const ContextMap &Contexts)
      : Accesses(Accesses), Guards(Guards), Unit(Accesses.Unit),
        Contexts(Contexts) {}

  /// Whether a change counts, made by \p Function.
  using Counts = llvm::function_ref<bool(const clang::FunctionDecl &Function,
                                         const Access &Change)>;

  /// Who else changes \p Place while \p Coroutine is suspended.
  std::optional<Interferer> find(const clang::FunctionDecl &Coroutine,
                                 const AccessPath &Place, Counts Change);

  /// Whether \p Function changes what it changes without a lock: it takes none,
  /// and no caller that can be seen may hold one.
  bool takesNoLock(const clang::FunctionDecl &Function);

  /// How a second call of \p Coroutine may run while one is suspended, that has
  /// the same \p Place. Nothing without evidence; `Open` is the weakest.
  std::optional<Reentry> reentry(const clang::FunctionDecl &Coroutine,
                                 const AccessPath &Place);

  /// COROLINT_EXCLUSIVE on the state, what it is a part of, or its class; or
  /// one of the classes and members that \p Named names, qualified.
  bool isExclusive(const AccessPath &Place, const clang::FunctionDecl &In,
                   llvm::ArrayRef<llvm::StringRef> Named);

  /// COROLINT_SHARED on the same.
  std::optional<clang::SourceLocation>
  declaredShared(const AccessPath &Place, const clang::FunctionDecl &In);

  /// A change of some state that others may share, and who makes it.
  struct Change {
    const clang::FunctionDecl *Function;
    Access What;
  };
  /// Every change that a function makes to members and global variables, in the
  /// order of the functions.
  void forEachChange(llvm::function_ref<void(const Change &)> Visit);

  /// Whether \p Way, a way into \p Function, starts it on one object again and
  /// again, without waiting for its end.
  bool startsRepeatedly(const WayIn &Way, const clang::FunctionDecl &Function);

  Callers &graph();

private:
  void index();
  void indexFunction(const clang::FunctionDecl &Function);
  bool onNewObject(const Change &Made);
  std::optional<AccessPath> objectOf(const WayIn &Way,
                                     const clang::FunctionDecl &Function);
  std::optional<Interferer::Kind>
  interferes(const clang::FunctionDecl &Coroutine,
             const clang::FunctionDecl &Other);
  template <typename Visit>
  void forEachDeclaration(const AccessPath &Place,
                          const clang::FunctionDecl &In, Visit V);

  AccessAnalysis &Accesses;
  GuardClasses &Guards;
  Facts &Unit;
  const ContextMap &Contexts;
  std::unique_ptr<Callers> Graph;
  bool Indexed = false;
  llvm::MapVector<const clang::ValueDecl *, std::vector<Change>> ByKey;
};

/// The class whose method \p Function is, or the lambda in such a method; null
/// if there is none.
const clang::CXXRecordDecl *enclosingClass(const clang::FunctionDecl &Function);

} // namespace corolint

#endif // COROLINT_ACCESS_INTERFERENCE_H
