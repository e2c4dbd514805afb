//===-- Guards.h - Objects that guard while they live -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides what an object of a class holds: a held lock, a no-yield region,
// pending work. The knowledge comes from annotations, from Clang's
// thread-safety attributes, from models, and, for a class that has neither,
// from its own constructors and destructor: one that unlocks a mutex in its
// destructor is a lock guard.
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
  /// Known by what its constructors and destructor do.
  bool IsInferred = false;
  /// A mutex whose `lock()` spins.
  bool IsSpinLock = false;
  /// Known by thread-safety attributes.
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

/// The guard classes of one AST, found on demand. Not thread-safe.
class GuardClasses {
public:
  explicit GuardClasses(Facts &Unit) : Unit(Unit) {}

  /// Null where objects of the class mean nothing to any check.
  const GuardClass *of(clang::QualType Type);
  const GuardClass *of(const clang::CXXRecordDecl &Class);

  /// Of \p Object, on which \p Method is called (null: it is unknown): its
  /// class may be a guard or a mutex where the base class that declares the
  /// method is none. Null if neither is.
  const GuardClass *ofObject(const clang::Expr *Object,
                             const clang::CXXMethodDecl &Method);

  /// What calling \p Method on an object of \p Guard does to it.
  std::optional<GuardAction> actionOf(const clang::CXXMethodDecl &Method,
                                      const GuardClass &Guard);

  /// Whether \p Function is the `lock` of a mutex, or a form of it: what it
  /// waits for is the lock.
  bool isLockOperation(const clang::FunctionDecl &Function);

  /// What calling \p Function does to the mutexes it is handed.
  const LockFunctionModel *lockFunction(const clang::FunctionDecl &Function);

  /// Whether \p Class is a library's guard that calls `lock()` and `unlock()`
  /// of a class of the user's: what it does, these do.
  bool locksUserMutex(const clang::CXXRecordDecl &Class);

  /// In which state a constructor of \p Guard (itself, not its parts) leaves
  /// the object.
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
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> SpinLocks;
};

} // namespace corolint

#endif // COROLINT_FLOW_GUARDS_H
