//===-- TaskUses.h - Finds out how a task is used ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tree of one function's statements with links to their parents, and the uses
// of tasks that it shows: a task is awaited in the full-expression that creates
// it, stored in a variable, returned, passed on or dropped. Nested lambdas are
// separate functions; only their captures belong to the tree.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKUSES_H
#define COROLINT_ACCESS_TASKUSES_H

#include "access/TaskClasses.h"

namespace corolint {

/// The statements of one function and their parents.
class StatementTree {
public:
  /// Builds the tree of the written body of \p Function, a definition.
  explicit StatementTree(const clang::FunctionDecl &Function);

  const clang::FunctionDecl &function() const { return Function; }

  /// The parent of \p S, or null for the outermost statement.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }

  /// The variable that \p E, a child of a declaration, initialises.
  const clang::VarDecl *initialised(const clang::Stmt *E) const;

  /// The statement that declares \p Variable, or null for parameters.
  const clang::Stmt *declaration(const clang::VarDecl &Variable) const {
    return Declarations.lookup(&Variable);
  }

  /// The uses of \p Variable, including captures, in source order.
  llvm::ArrayRef<const clang::DeclRefExpr *>
  references(const clang::ValueDecl &Variable) const;

  /// The block, loop or selection at whose end \p Variable is destroyed, or
  /// null for parameters.
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

/// The use of a task that an expression creates.
struct TaskUse {
  enum class Kind : uint8_t {
    Unknown,   ///< Passed to code that is not visible.
    Awaited,   ///< In the full-expression that creates it.
    Waited,    ///< Blocked for, in that full-expression.
    Discarded, ///< Not used.
    Meant,     ///< Discarded by a cast to void.
    Tested,    ///< Converted to bool and discarded.
    Stored,    ///< In a local variable.
    Returned,
    Started,   ///< By a function that lets it run independently.
    Collected, ///< In a local or other object that holds several.
  };
  Kind What = Kind::Unknown;
  /// Stored: the variable. Collected: the local variable, if it is one.
  const clang::VarDecl *Variable = nullptr;
  /// Collected: the variable or member that is the container.
  const clang::ValueDecl *Holder = nullptr;
  /// The outermost expression whose value is still the task.
  const clang::Expr *Outermost = nullptr;
  /// The statement or call that decides the use.
  const clang::Stmt *At = nullptr;
};

/// Follows tasks through the functions of one AST. Not thread-safe.
class TaskUses {
public:
  TaskUses(Facts &Unit, TaskClasses &Classes) : Unit(Unit), Classes(Classes) {}

  /// The use of the value of \p Made, in \p Tree.
  TaskUse of(const clang::Expr &Made, const StatementTree &Tree) {
    return of(Made, Tree, 0);
  }

  /// The use of the task in \p Variable, combined over all references: Unknown
  /// if they differ in kind, Discarded if there are none.
  TaskUse ofVariable(const clang::VarDecl &Variable, const StatementTree &Tree);

  const StatementTree &treeOf(const clang::FunctionDecl &Function);

private:
  class Climb;
  bool acts(const clang::FunctionDecl &Test);
  TaskUse of(const clang::Expr &Made, const StatementTree &Tree,
             unsigned Depth);
  bool climbCall(const clang::CallExpr &Call, const clang::Stmt *From,
                 bool &Handed, TaskUse &Result, unsigned Depth);
  TaskUse ofParameter(const clang::FunctionDecl &Callee, unsigned Index,
                      unsigned Depth);

  Facts &Unit;
  TaskClasses &Classes;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<StatementTree>>
      Trees;
  llvm::DenseMap<std::pair<const clang::FunctionDecl *, unsigned>, TaskUse>
      OfParameters;
};

/// The call that creates the task of \p E, without implicit wrappers, or null.
const clang::CallExpr *taskCall(const clang::Expr *E);

} // namespace corolint

#endif // COROLINT_ACCESS_TASKUSES_H
