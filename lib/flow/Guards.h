//===-- Guards.h - Classes of guards and mutexes ----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides what an object of a class holds: a lock, a no-yield region, pending
// work. The sources are annotations, Clang's thread-safety attributes, models,
// and, for a class without any of these, its own constructors and destructor: a
// class that unlocks a mutex in its destructor is a lock guard.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FLOW_GUARDS_H
#define COROLINT_FLOW_GUARDS_H

#include "code/Facts.h"
#include <memory>

namespace corolint {

/// What objects of one class hold.
struct GuardClass {
  const clang::CXXRecordDecl *Class = nullptr;
  bool IsLock = false;
  bool IsNoYield = false;
  bool IsAllowBlocking = false;
  bool IsPendingWork = false;
  bool IsMutex = false;
  /// Made to be held across `co_await`.
  bool IsAsyncLock = false;
  /// Inferred from its constructors and destructor.
  bool IsInferred = false;
  /// A mutex whose `lock()` spins.
  bool IsSpinLock = false;
  /// Derived from thread-safety attributes.
  bool HasAttributes = false;
  const GuardModel *Model = nullptr;
  /// A wrapper (`std::optional`) of at most one object of this class.
  const GuardClass *Element = nullptr;
  const WrapperModel *Wrapper = nullptr;
  /// Members and bases that are guards.
  struct Part {
    const clang::Decl *Subobject; ///< FieldDecl, or the base's CXXRecordDecl.
    const GuardClass *Guard;
  };
  llvm::SmallVector<Part, 1> Parts;

  bool isRaii() const {
    return IsLock || IsNoYield || IsAllowBlocking || IsPendingWork;
  }
};

/// The guard classes of one AST, computed on demand. Not thread-safe.
class GuardClasses {
public:
  explicit GuardClasses(Facts &Unit) : Unit(Unit) {}

  /// The guard class of \p Type, or null if its objects are irrelevant to all
  /// checks.
  const GuardClass *of(clang::QualType Type);
  const GuardClass *of(const clang::CXXRecordDecl &Class);

  /// The guard class of \p Object, on which \p Method is called (null:
  /// unknown). Its class may be a guard or a mutex even if the base that
  /// declares the method is not. Null if neither is.
  const GuardClass *ofObject(const clang::Expr *Object,
                             const clang::CXXMethodDecl &Method);

  /// The effect of calling \p Method on an object of \p Guard.
  std::optional<GuardAction> actionOf(const clang::CXXMethodDecl &Method,
                                      const GuardClass &Guard);

  /// Whether \p Function is the `lock` of a mutex or a variant of it, which
  /// waits only for the lock.
  bool isLockOperation(const clang::FunctionDecl &Function);

  /// The effect of calling \p Function on the mutexes passed to it.
  const LockFunctionModel *lockFunction(const clang::FunctionDecl &Function);

  /// Whether \p Class is a library's guard that calls `lock()` and `unlock()`
  /// of a user's class. Its effects are those of these functions.
  bool locksUserMutex(const clang::CXXRecordDecl &Class);

  /// Whether objects of \p Class unlock what they are constructed from, and
  /// lock it again at their end: `unlock_guard`, `reverse_lock`.
  bool isReversed(const clang::CXXRecordDecl &Class);

  /// The state in which a constructor of \p Guard leaves the object itself, not
  /// its parts.
  GuardState stateAfter(const clang::CXXConstructorDecl &Constructor,
                        llvm::ArrayRef<const clang::Expr *> Arguments,
                        const GuardClass &Guard);

private:
  bool describe(const clang::CXXRecordDecl &Class, GuardClass &Result);
  bool locksThread(const clang::CXXRecordDecl &Class);
  bool describeParts(const clang::CXXRecordDecl &Class, GuardClass &Result);
  bool unlocksInDestructor(const clang::CXXRecordDecl &Class);
  bool isSpinLock(const clang::CXXRecordDecl &Class);
  std::optional<GuardAction> directAction(const clang::FunctionDecl &Function);
  std::optional<GuardAction> netAction(const clang::FunctionDecl &Function);

  Facts &Unit;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::unique_ptr<GuardClass>>
      Classes;
  llvm::DenseMap<const clang::FunctionDecl *, std::optional<GuardAction>>
      NetActions;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> SpinLocks, Reversed;
};

} // namespace corolint

#endif // COROLINT_FLOW_GUARDS_H
