//===-- TaskUses.h - What becomes of a task ---------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tree of one function's statements that leads from an expression to its
// surroundings, and what it shows of the tasks made there: awaited in the
// full-expression that makes them, kept in a variable, returned, handed on or
// dropped. Nested lambdas are functions of their own; only what they capture
// belongs to the tree.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKUSES_H
#define COROLINT_ACCESS_TASKUSES_H

#include "access/TaskClasses.h"

namespace corolint {

/// The statements of one function and their parents.
class StatementTree {
public:
  /// Of the written body of \p Function, a definition.
  explicit StatementTree(const clang::FunctionDecl &Function);

  const clang::FunctionDecl &function() const { return Function; }

  /// Null for the outermost statement.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }

  /// The variable that \p E, a child of a declaration, initialises.
  const clang::VarDecl *initialised(const clang::Stmt *E) const;

  /// The statement that declares \p Variable; null for parameters.
  const clang::Stmt *declaration(const clang::VarDecl &Variable) const {
    return Declarations.lookup(&Variable);
  }

  /// The uses of \p Variable, in source order. Captures count.
  llvm::ArrayRef<const clang::DeclRefExpr *>
  references(const clang::ValueDecl &Variable) const;

  /// The block, loop or selection at whose end \p Variable is destroyed; null
  /// for parameters.
  const clang::Stmt *scopeOf(const clang::VarDecl &Variable) const;

  /// Whether \p Inner is \p Outer or within it.
  bool isWithin(const clang::Stmt *Inner, const clang::Stmt *Outer) const;

  /// All statements and expressions, parents before children.
  llvm::ArrayRef<const clang::Stmt *> all() const { return Order; }

private:
  void add(const clang::Stmt *S, llvm::SmallVectorImpl<const clang::Stmt *> &);

  const clang::FunctionDecl &Function;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Declarations;
  llvm::DenseMap<const clang::ValueDecl *,
                 llvm::SmallVector<const clang::DeclRefExpr *, 4>>
      References;
  std::vector<const clang::Stmt *> Order;
};

/// What becomes of a task that an expression makes.
struct TaskUse {
  enum class Kind : uint8_t {
    Unknown,   ///< Handed to code that cannot be seen.
    Awaited,   ///< In the full-expression that makes it.
    Waited,    ///< Blocked for, in that full-expression.
    Discarded, ///< Nothing is done with it.
    Meant,     ///< Discarded by a cast to void.
    Tested,    ///< Converted to bool and discarded.
    Stored,    ///< In a local variable.
    Returned,
    Started,   ///< By a function that lets it run on by itself.
    Collected, ///< In a local or other object that holds several.
  };
  Kind What = Kind::Unknown;
  /// Stored: the variable. Collected: the local variable, if it is one.
  const clang::VarDecl *Variable = nullptr;
  /// Collected: the variable or member that is the container.
  const clang::ValueDecl *Holder = nullptr;
  /// The outermost expression whose value is still the task.
  const clang::Expr *Outermost = nullptr;
  /// The statement or call that decides.
  const clang::Stmt *At = nullptr;
};

/// Follows tasks through the functions of one AST. Not thread-safe.
class TaskUses {
public:
  TaskUses(Facts &Unit, TaskClasses &Classes) : Unit(Unit), Classes(Classes) {}

  /// What becomes of the value of \p Made, in \p Tree.
  TaskUse of(const clang::Expr &Made, const StatementTree &Tree) {
    return of(Made, Tree, 0);
  }

  /// What becomes of the task in \p Variable, taken over all its uses: Unknown
  /// if they differ in kind, Discarded if there are none.
  TaskUse ofVariable(const clang::VarDecl &Variable, const StatementTree &Tree);

  const StatementTree &treeOf(const clang::FunctionDecl &Function);

private:
  class Climb;
  TaskUse of(const clang::Expr &Made, const StatementTree &Tree,
             unsigned Depth);
  bool climbCall(const clang::CallExpr &Call, const clang::Stmt *From,
                 bool &Handed, TaskUse &Result, unsigned Depth);
  bool startsParameter(const clang::FunctionDecl &Callee, unsigned Index,
                       unsigned Depth);

  Facts &Unit;
  TaskClasses &Classes;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<StatementTree>>
      Trees;
  llvm::DenseMap<std::pair<const clang::FunctionDecl *, unsigned>, bool> Starts;
};

/// The task made by \p E, without the forms around it: a call. Null if it is
/// none.
const clang::CallExpr *taskCall(const clang::Expr *E);

} // namespace corolint

#endif // COROLINT_ACCESS_TASKUSES_H
