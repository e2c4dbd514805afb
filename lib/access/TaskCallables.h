//===-- TaskCallables.h - How functions use callable arguments --*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Determines how long a function keeps a callable argument, and what it does
// with the tasks that the callable returns: from annotations and models, or
// from its body.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKCALLABLES_H
#define COROLINT_ACCESS_TASKCALLABLES_H

#include "access/TaskUses.h"
#include "clang/AST/StmtCXX.h"

namespace corolint {

/// The use of one callable by a function.
struct CallableUse {
  enum class Life : uint8_t {
    Unknown,  ///< Stored, or passed to code that is not visible.
    Kept,     ///< Until the task is finished.
    Borrowed, ///< It is the caller's object, and is only called.
    Owned,    ///< It is the function's object and ends with the call.
    Invoked,  ///< It is destroyed right after it is called.
    Unused,
  };
  Life Lives = Life::Unknown;
  bool DropsResult = false;      ///< Its result is discarded.
  bool ReturnsResult = false;    ///< Its result is the function's result.
  bool Catches = false;          ///< Its exceptions, by type.
  clang::SourceLocation Dropped; ///< Where, unless a cast shows intent.
};

/// The innermost `try` block around \p S, in \p Tree, that catches exceptions
/// by type, or null.
const clang::CXXTryStmt *catcherOf(const clang::Stmt &S,
                                   const StatementTree &Tree);

/// The uses of callables in one AST. Not thread-safe.
class TaskCallables {
public:
  TaskCallables(Facts &Unit, TaskUses &Uses) : Unit(Unit), Uses(Uses) {}

  /// How the call \p Call of \p Callee uses its argument \p Index.
  CallableUse of(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
                 unsigned Index);

  /// Whether an annotation or a model declares that argument \p Index of
  /// \p Call, a call or construction, lives until the task that it starts is
  /// finished.
  bool keepsAlive(const clang::Expr &Call, const clang::FunctionDecl &Callee,
                  unsigned Index);

private:
  std::pair<const clang::CallExpr *, const clang::Stmt *>
  callWith(const clang::DeclRefExpr &Ref, const StatementTree &Tree);
  bool endsWithHolder(const clang::Stmt *Operand, const StatementTree &Tree);
  CallableUse handedOn(const clang::CallExpr &Call, const clang::Stmt *Operand,
                       bool InLibrary, unsigned Depth);
  CallableUse inBody(const clang::FunctionDecl &Function, unsigned Index,
                     unsigned Depth);

  Facts &Unit;
  TaskUses &Uses;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKCALLABLES_H
