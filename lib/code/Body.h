//===-- Body.h - The sites that a function executes -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over a function's body lists the sites that matter to every check:
// calls, constructions, destructions and suspension points, with the no-yield
// block around each. Code that is written in the function but not executed by
// it (bodies of lambdas and local classes, unevaluated operands, discarded
// branches) is left out. The walk keeps its own stack, so nesting depth is
// unlimited.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_BODY_H
#define COROLINT_CODE_BODY_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace corolint {

/// One operation that a function executes.
struct Site {
  enum class Kind : uint8_t {
    Call,      ///< A call, operator or conversion.
    Construct, ///< A constructor call.
    Destroy,   ///< The destructor of a local variable, temporary or subobject.
    Suspend,   ///< `co_await` or `co_yield`.
  };
  Kind What;
  /// The call, construction or await; the declaration or temporary destroyed.
  const clang::Stmt *Node = nullptr;
  /// The node of this function's own control flow that executes the site:
  /// `Node`, or the call whose default argument contains it.
  const clang::Stmt *Anchor = nullptr;
  /// The called function, if known.
  const clang::FunctionDecl *Callee = nullptr;
  /// The variable that is destroyed, or through which an unknown callable is
  /// called.
  const clang::VarDecl *Variable = nullptr;
  /// The offending token, where the site is reported.
  clang::SourceLocation Where;
  /// The innermost enclosing COROLINT_NO_YIELD_REGION.
  const clang::IfStmt *Region = nullptr;
  /// For code that an await runs implicitly: the await, and the part of it.
  const clang::CoroutineSuspendExpr *Await = nullptr;
  enum class AwaiterCall : uint8_t {
    None,
    Ready,
    Suspend,
    Resume
  } AwaitPart = AwaiterCall::None;
  /// Inside a `catch` handler, where `co_await` is not allowed.
  bool InHandler = false;
};

/// The sites of one function, in source order.
struct Body {
  const clang::FunctionDecl *Function = nullptr;
  std::vector<Site> Sites;
  /// The lambdas in the body; their own bodies belong to other functions.
  llvm::SmallVector<const clang::LambdaExpr *, 2> Lambdas;
  /// The classes defined in the body.
  llvm::SmallVector<const clang::CXXRecordDecl *, 1> LocalClasses;
  /// The variables that some path assigns to after their initialisation. All
  /// others can be treated as constants.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Modified;
  /// The variables that some path moves from: destroying a moved-from object
  /// has no effect.
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> Moved;
  /// Other objects that some path moves from: `*slot`, `queue[i]`.
  llvm::SmallVector<const clang::Expr *, 2> MovedObjects;
  /// The variable or member that receives the result of a call, possibly
  /// wrapped.
  llvm::DenseMap<const clang::Stmt *, const clang::ValueDecl *> AssignedTo;
  /// The function pointers in objects that receive a value, and the value.
  llvm::SmallVector<std::pair<const clang::FieldDecl *, const clang::Expr *>, 2>
      GivenPointers;
  /// The innermost `try` around each statement that has one.
  llvm::DenseMap<const clang::Stmt *, const clang::CXXTryStmt *> TryAround;
  llvm::DenseMap<const clang::VarDecl *, const clang::CXXTryStmt *> VariableTry;
  /// Variables of a range-for's init-statement, with the extent of the loop:
  /// Clang's control flow graph has no node for their end.
  llvm::DenseMap<const clang::VarDecl *, clang::SourceRange> RangeInits;
  bool IsCoroutine = false;
  bool Awaits = false;  ///< Has an explicit `co_await`.
  bool Yields = false;  ///< Has a `co_yield`.
  bool Returns = false; ///< Its promise takes the operand of `co_return`.
  bool HasTry = false;
  /// The source is a coroutine, but Clang did not build one, as after a fatal
  /// error: its behaviour is unknown.
  bool IsUnbuiltCoroutine = false;
  unsigned Depth = 0; ///< Greatest nesting of statements and expressions.

  /// A coroutine that runs on the stack of the code that iterates it: it
  /// yields, it awaits nothing, and its promise takes no result. A task that
  /// ends by `co_yield failure` returns a result, so it is not a generator.
  bool isSynchronousGenerator() const {
    return IsCoroutine && Yields && !Awaits && !Returns;
  }

  /// A coroutine whose caller is not waiting for it on the same stack.
  bool isAsynchronous() const {
    return IsCoroutine && !isSynchronousGenerator();
  }
};

/// Walks the body of \p Function, which must be a definition.
Body walkBody(const clang::FunctionDecl &Function);

/// Walks an expression that belongs to no function, such as the initialiser of
/// a namespace-scope variable, into a body without a function.
Body walkExpression(const clang::Expr &E, clang::ASTContext &Context);

/// Caches the walked bodies of one AST. Not thread-safe.
class BodyCache {
public:
  /// The body of \p Function, which must be a definition.
  const Body &of(const clang::FunctionDecl &Function);

private:
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Body>> Known;
};

/// The function's actual body. For a coroutine, the written part without the
/// statements of the promise.
const clang::Stmt *writtenBody(const clang::FunctionDecl &Function);

/// Whether this `if` is the expansion of COROLINT_NO_YIELD_REGION.
bool isNoYieldRegion(const clang::IfStmt &If);

/// The function that \p Call runs, devirtualised if the type is final, or null
/// if unknown.
const clang::FunctionDecl *calleeOf(const clang::CallExpr &Call);

/// The definition of \p Function, or null if its body is not visible.
const clang::FunctionDecl *definitionOf(const clang::FunctionDecl &Function);

/// What \p Function returns if its visible body is a single `return`; else
/// null.
const clang::Expr *onlyReturned(const clang::FunctionDecl &Function);

/// Whether the function that \p Call, a call of \p Callee, runs is chosen at
/// run time.
bool isDispatched(const clang::Expr &Call, const clang::FunctionDecl &Callee);
bool isDispatched(const Site &S);

/// Whether \p S destroys, by an explicit call of the destructor, an object that
/// \p Within moves from.
bool destroysMovedFrom(const Site &S, const Body &Within);

/// Where to report \p Call: the name of its callee.
clang::SourceLocation locationOf(const clang::CallExpr &Call);

/// Whether the user wrote the suspension point: those at the coroutine's start
/// and end are implicit.
bool isSuspensionPoint(const clang::Stmt &S);

/// The token at which to report a suspension point: `co_await` or `co_yield`.
clang::SourceLocation keywordOf(const clang::Stmt &Suspension);

} // namespace corolint

#endif // COROLINT_CODE_BODY_H
