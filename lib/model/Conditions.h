//===-- Conditions.h - Conditions of models on calls ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Decides whether the conditions of models hold at one call. For example,
// `poll(fds, n, 0)` does not block.
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
  const clang::Expr *Object = nullptr; ///< For a method; else null.
  /// Without trailing defaulted arguments whose parameters have no name.
  llvm::SmallVector<const clang::Expr *, 4> Arguments;

  /// The operands of a CallExpr or CXXConstructExpr; none for any other node or
  /// null.
  static CallOperands of(const clang::Stmt *Node);

  /// The arguments that \p Position denotes in a model: an index from 0,
  /// `Condition::Last`, or `CallableModel::AnyArgument`. May be empty.
  llvm::ArrayRef<const clang::Expr *> at(int Position) const;

  /// The object of a method, else the first argument. Null if there is neither.
  const clang::Expr *subject() const;

  /// The class of the object, for a method.
  const clang::CXXRecordDecl *objectClass() const;
};

/// Whether \p Text, which may be null, is a literal with a network address in
/// digits: looking it up asks no server.
bool isNumericAddress(const clang::Expr *Text);

/// Decides conditions in one AST. Not thread-safe.
class ConditionEvaluator {
public:
  explicit ConditionEvaluator(clang::ASTContext &Context) : Context(Context) {}

  /// Whether \p C holds for a call in \p Enclosing (null outside functions).
  bool holds(const Condition &C, const CallOperands &Call,
             const clang::FunctionDecl *Enclosing);

  /// Whether \p Model has its effect at the call.
  bool applies(const FunctionModel &Model, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing);

  /// Whether the call keeps the argument that \p Model names.
  bool applies(const KeepAliveModel &Model, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing) {
    return applies(Model.OnlyIf, Model.Unless, Call, Enclosing);
  }

  /// Whether \p Model applies to the callables that the call passes.
  bool applies(const CallableModel &Model, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing);

  /// The literal or the variable from which \p E, a string, takes its text.
  /// Null for any other expression.
  const clang::Expr *textOf(const clang::Expr *E,
                            const clang::FunctionDecl *Enclosing);

  /// Whether \p Function, or a helper to which it passes an error, compares
  /// something with the macro or enumerator \p Name, or with one of the
  /// project's constants that has that value.
  bool tests(const clang::FunctionDecl &Function, llvm::StringRef Name);

  /// Whether \p Function passes `errno` to a function of the project whose body
  /// is not visible, and uses the result, or asks such a function, without
  /// arguments, why a call failed.
  bool handsErrorToUnseen(const clang::FunctionDecl &Function) {
    return scan(Function).HandsErrorToUnseen;
  }

private:
  struct Scan {
    llvm::StringSet<> Macros; ///< Compared with.
    llvm::SmallPtrSet<const clang::ValueDecl *, 4> Constants; ///< Likewise.
    /// Objects whose method was called with `true` as the first argument.
    llvm::SmallVector<std::pair<std::string, const clang::Expr *>, 2> Switched;
    llvm::SmallPtrSet<const clang::ValueDecl *, 8> Modified;
    /// Variables with members, and the value assigned to a member.
    llvm::SmallVector<std::pair<const clang::ValueDecl *, const clang::Expr *>,
                      2>
        MemberValues;
    /// Variables that hold the result of a call, or that a call filled.
    llvm::SmallPtrSet<const clang::ValueDecl *, 4> Results;
    bool HandsErrorToUnseen = false;
  };
  const Scan &scan(const clang::FunctionDecl &Function);

  bool applies(llvm::ArrayRef<Condition> OnlyIf,
               llvm::ArrayRef<Condition> Unless, const CallOperands &Call,
               const clang::FunctionDecl *Enclosing);
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
