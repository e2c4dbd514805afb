//===-- LifetimeBorrows.h - Late uses of borrowed objects -------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the parameters, captures and `this` that a coroutine uses when its
// caller may have continued: after a point that can suspend, or at all if its
// task is lazy. Uses through local references, views and iterators count, and
// so do objects that the coroutine passes by reference to other coroutines that
// use them late.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMEBORROWS_H
#define COROLINT_ACCESS_LIFETIMEBORROWS_H

#include "access/KeptCallables.h"
#include "access/LifetimeReferents.h"
#include "access/TaskUses.h"
#include <map>

namespace corolint {

/// An object that a coroutine may use and does not own.
struct Borrowed {
  enum class Kind : uint8_t { Parameter, Captures, This };
  Kind What = Kind::Parameter;
  unsigned Index = 0; ///< Of the parameter.

  friend auto operator<=>(const Borrowed &, const Borrowed &) = default;
};

/// A parameter or object that a function passes to another task.
struct LentBorrow {
  Borrowed What;
  const clang::FunctionDecl *Callee = nullptr;
  Borrowed As; ///< Its role in the callee.
};

/// The first use at a time when the owner may be gone.
struct BorrowUse {
  clang::SourceLocation Where;
  /// The suspension before the use; null in the first part of a lazy coroutine.
  const clang::Stmt *Suspension = nullptr;
  const clang::ValueDecl *Variable = nullptr; ///< Null for `this`.
  /// The use is of a local reference, view or iterator made earlier.
  bool IsDerived = false;
  /// The coroutine that contains the use, if it is not the queried one.
  const clang::FunctionDecl *In = nullptr;
};

/// The borrows of one AST's coroutines. Not thread-safe.
class LifetimeBorrows {
public:
  LifetimeBorrows(Facts &Unit, TaskClasses &Classes, TaskUses &Uses,
                  KeptCallables &Kept)
      : Unit(Unit), Classes(Classes), Uses(Uses), Kept(Kept) {}

  /// How \p Function, which returns a task or passes on a callable that is
  /// kept, uses \p What late. Nothing if it does not, or if its body is not
  /// visible.
  const std::optional<BorrowUse> &of(const clang::FunctionDecl &Function,
                                     Borrowed What) {
    return of(Function, What, 0);
  }

  /// Where \p Function passes \p What to tasks that may use it late, if this
  /// unit does not show a late use.
  llvm::SmallVector<LentBorrow, 1> lent(const clang::FunctionDecl &Function,
                                        Borrowed What);

private:
  /// The references to variables and `this` in one coroutine, in source order,
  /// each with the suspension point that control may have passed.
  struct Reference {
    const clang::Expr *Node;
    const clang::Stmt *Suspension;
  };
  struct Frame {
    bool Valid = false;
    std::vector<Reference> References;
    /// Local variables that refer to objects, with these objects.
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

/// An argument or the object of \p Call, with the parameter that it
/// initialises.
struct BorrowedArgument {
  const clang::Expr *Argument;
  Borrowed As;
  const clang::ParmVarDecl *Parameter; ///< Null for the object.
};
llvm::SmallVector<BorrowedArgument, 4>
borrowedArguments(const clang::CallExpr &Call,
                  const clang::FunctionDecl &Callee, Facts &Unit);

/// The variable that \p Init, of a captured variable, copies, moves or names.
/// Null if it is initialised in another way.
const clang::ValueDecl *sourceOf(const clang::Expr &Init);

/// Whether \p Argument, of a call of the function that \p Entry describes, is a
/// callable that runs later than the call.
bool runsLater(const ModelIndex::FunctionEntry &Entry,
               const CallOperands &Operands, const clang::Expr &Argument);

/// The object behind the buffer that \p Argument passes; null if it passes
/// none.
const clang::Expr *bufferedObject(const clang::Expr &Argument, Facts &Unit);

/// Whether \p Call of \p Callee begins something that a callable, which it is
/// handed, ends.
bool isLaterOperation(const clang::CallExpr &Call,
                      const clang::FunctionDecl &Callee, Facts &Unit);

/// Whether \p Call of \p Callee hands a buffer to such an operation.
bool handsBuffer(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
                 Facts &Unit);

/// Whether \p Callee uses an operand of \p Call until it calls back.
bool handsOperand(const clang::CallExpr &Call,
                  const clang::FunctionDecl &Callee, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMEBORROWS_H
