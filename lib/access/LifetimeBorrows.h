//===-- LifetimeBorrows.h - What coroutines use that others own -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells which parameters, captures and `this` a coroutine uses when its caller
// may have gone on: after a point that can suspend, or at all if its task is
// lazy. Uses through local references, views and iterators count, and so does
// what the coroutine hands by reference to other coroutines that use it so.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMEBORROWS_H
#define COROLINT_ACCESS_LIFETIMEBORROWS_H

#include "access/KeptCallables.h"
#include "access/LifetimeReferents.h"
#include "access/TaskUses.h"
#include <map>

namespace corolint {

/// What a coroutine may use and does not own.
struct Borrowed {
  enum class Kind : uint8_t { Parameter, Captures, This };
  Kind What = Kind::Parameter;
  unsigned Index = 0; ///< Of the parameter.

  friend auto operator<=>(const Borrowed &, const Borrowed &) = default;
};

/// A parameter or object that a function hands to another task.
struct LentBorrow {
  Borrowed What;
  const clang::FunctionDecl *Callee = nullptr;
  Borrowed As; ///< What it is to the callee.
};

/// The first use when the owner may be gone.
struct BorrowUse {
  clang::SourceLocation Where;
  /// After which the use comes; null in a lazy coroutine's first part.
  const clang::Stmt *Suspension = nullptr;
  const clang::ValueDecl *Variable = nullptr; ///< Null for `this`.
  /// The use is of a local reference, view or iterator made earlier.
  bool IsDerived = false;
  /// The coroutine that the use is in, if not the one asked about.
  const clang::FunctionDecl *In = nullptr;
};

/// The borrows of one AST's coroutines. Not thread-safe.
class LifetimeBorrows {
public:
  LifetimeBorrows(Facts &Unit, TaskClasses &Classes, TaskUses &Uses,
                  KeptCallables &Kept)
      : Unit(Unit), Classes(Classes), Uses(Uses), Kept(Kept) {}

  /// How \p Function, which returns a task or hands a callable on that is kept,
  /// uses \p What late. Nothing if it does not, or its body cannot be seen.
  const std::optional<BorrowUse> &of(const clang::FunctionDecl &Function,
                                     Borrowed What) {
    return of(Function, What, 0);
  }

  /// Where \p Function, which does not use \p What late as far as its unit
  /// shows, hands it to tasks that may.
  llvm::SmallVector<LentBorrow, 1> lent(const clang::FunctionDecl &Function,
                                        Borrowed What);

private:
  /// The references to variables and `this` in one coroutine, in source order,
  /// each with the suspension point that control may have come by.
  struct Reference {
    const clang::Expr *Node;
    const clang::Stmt *Suspension;
  };
  struct Frame {
    bool Valid = false;
    std::vector<Reference> References;
    /// Local variables that refer to something, and what to.
    llvm::DenseMap<const clang::VarDecl *, Referent> Derived;
  };

  const std::optional<BorrowUse> &of(const clang::FunctionDecl &Function,
                                     Borrowed What, unsigned Depth);
  std::optional<BorrowUse> find(const clang::FunctionDecl &Function,
                                Borrowed What, unsigned Depth);
  std::optional<BorrowUse> findHandedOn(const clang::FunctionDecl &Function,
                                        Borrowed What, unsigned Depth);
  std::optional<BorrowUse>
  findInLaterCallable(const clang::FunctionDecl &Function, Borrowed What);
  std::optional<BorrowUse>
  findInLaterOperation(const clang::FunctionDecl &Function, Borrowed What);
  void forEachLent(const clang::FunctionDecl &Function, Borrowed What,
                   llvm::function_ref<bool(const LentBorrow &)> Visit);
  bool isUse(const clang::Expr &Node, const clang::FunctionDecl &Function,
             Borrowed What, const Frame &F, BorrowUse &Use);
  bool isOf(const Referent &Object, const clang::FunctionDecl &Function,
            Borrowed What);
  bool keepsItself(const clang::FunctionDecl &Function, const Frame &F);
  const Frame &frameOf(const clang::FunctionDecl &Function);
  void findReferences(const clang::FunctionDecl &Function, Frame &F);
  void findDerived(const clang::FunctionDecl &Function, Frame &F);

  Facts &Unit;
  TaskClasses &Classes;
  TaskUses &Uses;
  KeptCallables &Kept;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Frame>> Frames;
  std::map<std::pair<const clang::FunctionDecl *, Borrowed>,
           std::optional<BorrowUse>>
      Known;
};

/// The definition of \p Function if it is visible and not dependent.
const clang::FunctionDecl *visibleBody(const clang::FunctionDecl &Function);

/// The arguments and object of \p Call with the parameters they initialise.
struct BorrowedArgument {
  const clang::Expr *Argument;
  Borrowed As;
  const clang::ParmVarDecl *Parameter; ///< Null for the object.
};
llvm::SmallVector<BorrowedArgument, 4>
borrowedArguments(const clang::CallExpr &Call,
                  const clang::FunctionDecl &Callee, Facts &Unit);

/// The variable that \p Init, of a captured variable, copies, moves or names.
/// Null if it is made in another way.
const clang::ValueDecl *sourceOf(const clang::Expr &Init);

/// Whether \p Argument, of a call of the function that \p Entry describes, is a
/// callable that runs later than the call.
bool runsLater(const ModelIndex::FunctionEntry &Entry,
               const CallOperands &Operands, const clang::Expr &Argument);

/// What a buffer is made of that \p Argument passes; null if it passes none.
const clang::Expr *bufferedObject(const clang::Expr &Argument, Facts &Unit);

/// Whether \p Call of \p Callee begins something that a callable, which it is
/// handed, ends.
bool isLaterOperation(const clang::CallExpr &Call,
                      const clang::FunctionDecl &Callee, Facts &Unit);

/// Whether \p Call of \p Callee hands a buffer to such an operation.
bool handsBuffer(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
                 Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMEBORROWS_H
