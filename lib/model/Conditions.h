//===-- Conditions.h - Conditions of models on calls ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides the conditions of models at one call: `poll(fds, n, 0)` does not
// block.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_CONDITIONS_H
#define COROLINT_MODEL_CONDITIONS_H

#include "model/Model.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

namespace corolint {

/// The operands of one call, construction or operator.
struct CallOperands {
  const clang::Expr *Node = nullptr;
  const clang::Expr *Object = nullptr; ///< Of a method; else null.
  /// Without defaulted ones at the end whose parameters have no name.
  llvm::SmallVector<const clang::Expr *, 4> Arguments;

  /// Of a CallExpr or CXXConstructExpr; of anything else (null, too), none.
  static CallOperands of(const clang::Stmt *Node);

  /// Those that a model means by \p Position: one from 0 on,
  /// `Condition::Last`, or `CallableModel::AnyArgument`. None if there is none.
  llvm::ArrayRef<const clang::Expr *> at(int Position) const;

  /// What the call is about: the object of a method, else the first argument.
  /// Null if there is neither.
  const clang::Expr *subject() const;

  /// The class of the object, for a method.
  const clang::CXXRecordDecl *objectClass() const;
};

/// Decides conditions in one AST. Not thread-safe.
class ConditionEvaluator {
public:
  explicit ConditionEvaluator(clang::ASTContext &Context) : Context(Context) {}

  /// Whether \p C holds of a call in \p Enclosing (null outside functions).
  bool holds(const Condition &C, const CallOperands &Call,
             const clang::FunctionDecl *Enclosing);

  /// Whether \p Model has its effect at the call.
  bool applies(const FunctionModel &Model, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing);

  /// Whether \p Model applies to the callables that are handed over in the
  /// call.
  bool applies(const CallableModel &Model, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing);

  /// Whether \p Function, or a helper that it hands an error to, compares
  /// something with the macro or enumerator \p Name, or with a constant of the
  /// project's own with that value.
  bool tests(const clang::FunctionDecl &Function, llvm::StringRef Name);

  /// Whether \p Function hands `errno` to a function of the project whose body
  /// cannot be seen, and uses what that makes of it.
  bool handsErrorToUnseen(const clang::FunctionDecl &Function) {
    return scan(Function).HandsErrorToUnseen;
  }

private:
  struct Scan {
    llvm::StringSet<> Macros; ///< Compared with.
    llvm::SmallPtrSet<const clang::ValueDecl *, 4> Constants; ///< Likewise.
    /// Objects on which a method was called with a first argument of true.
    llvm::SmallVector<std::pair<std::string, const clang::Expr *>, 2> Switched;
    llvm::SmallPtrSet<const clang::ValueDecl *, 8> Modified;
    /// Variables with members, and what is assigned to a member.
    llvm::SmallVector<std::pair<const clang::ValueDecl *, const clang::Expr *>,
                      2>
        MemberValues;
    /// Variables that hold what a call returned, or left in them.
    llvm::SmallPtrSet<const clang::ValueDecl *, 4> Results;
    bool HandsErrorToUnseen = false;
  };
  const Scan &scan(const clang::FunctionDecl &Function);

  bool isZero(const clang::Expr *E, const clang::FunctionDecl *Enclosing);
  bool hasFlag(const clang::Expr &E, const Condition &C,
               const clang::FunctionDecl *Enclosing);
  bool flagIsInside(const clang::Expr &Pointer, const Condition &C,
                    const clang::FunctionDecl *Enclosing);
  std::optional<int64_t> valueOf(const clang::Expr *E,
                                 const clang::FunctionDecl *Enclosing);
  const clang::Expr *constantInit(const clang::Expr *E,
                                  const clang::FunctionDecl *Enclosing);
  void noteTested(const clang::Expr *E, Scan &Result);
  void noteTestedBy(const clang::CallExpr &Call, Scan &Result);
  void noteComparison(const clang::Stmt *S, Scan &Result);
  void noteSwitched(const clang::CXXMemberCallExpr &Call, Scan &Result);
  void noteResult(const clang::Stmt *S, Scan &Result);

  clang::ASTContext &Context;
  unsigned HelperDepth = 0;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Scan>> Scans;
};

} // namespace corolint

#endif // COROLINT_MODEL_CONDITIONS_H
