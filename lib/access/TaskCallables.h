//===-- TaskCallables.h - Uses of handed callables --------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tells how long a function keeps a callable that it is handed, and what it
// does with the tasks that the callable returns: from annotations and models,
// or from its body.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_TASKCALLABLES_H
#define COROLINT_ACCESS_TASKCALLABLES_H

#include "access/TaskUses.h"
#include "clang/AST/StmtCXX.h"

namespace corolint {

/// What a function does with one callable.
struct CallableUse {
  enum class Life : uint8_t {
    Unknown,  ///< Stored, or handed to code that cannot be seen.
    Kept,     ///< Until the task is finished.
    Borrowed, ///< It is the caller's object, and is only called.
    Owned,    ///< It is the function's object and ends with the call.
    Invoked,  ///< It is destroyed as soon as it was called.
    Unused,
  };
  Life Lives = Life::Unknown;
  bool DropsResult = false;      ///< What it returns is discarded.
  bool ReturnsResult = false;    ///< What it returns is the function's result.
  bool Catches = false;          ///< What it throws, by type.
  clang::SourceLocation Dropped; ///< Where, unless a cast shows intent.
};

/// The innermost `try` block around \p S, in \p Tree, that catches exceptions
/// by type; null if there is none.
const clang::CXXTryStmt *catcherOf(const clang::Stmt &S,
                                   const StatementTree &Tree);

/// The uses of callables in one AST. Not thread-safe.
class TaskCallables {
public:
  TaskCallables(Facts &Unit, TaskUses &Uses) : Unit(Unit), Uses(Uses) {}

  /// What calling \p Callee by \p Call does with its argument \p Index.
  CallableUse of(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
                 unsigned Index);

  /// Whether argument \p Index of \p Call, a call or construction, lives until
  /// the task that it starts is finished, by an annotation or a model.
  bool keepsAlive(const clang::Expr &Call, const clang::FunctionDecl &Callee,
                  unsigned Index);

private:
  std::pair<const clang::CallExpr *, const clang::Stmt *>
  callWith(const clang::DeclRefExpr &Ref, const StatementTree &Tree);
  bool endsWithHolder(const clang::Stmt *Operand, const StatementTree &Tree);
  CallableUse inBody(const clang::FunctionDecl &Function, unsigned Index,
                     unsigned Depth);

  Facts &Unit;
  TaskUses &Uses;
};

} // namespace corolint

#endif // COROLINT_ACCESS_TASKCALLABLES_H
