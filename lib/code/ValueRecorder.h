//===-- ValueRecorder.h - What a body does to values ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Records in a Body which variables are changed, which objects are moved from,
// where the results of calls go, and which temporaries become the objects that
// they initialise.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_CODE_VALUERECORDER_H
#define COROLINT_CODE_VALUERECORDER_H

#include "code/Body.h"
#include "clang/AST/ExprCXX.h"

namespace corolint {

/// One recorder serves one walk over a body; the body must outlive it.
class ValueRecorder {
public:
  explicit ValueRecorder(Body &Result) : Result(Result) {}

  /// Whether a moved-from object of this type may have nothing to destroy.
  static bool canBeMovedFrom(clang::QualType Type);

  /// A temporary that initialises an object directly is that object. Its owner
  /// destroys it.
  void elide(const clang::Expr *Init);

  /// The callee owns an argument passed by value, and may move from a temporary
  /// passed by rvalue reference.
  template <typename CallT>
  void elideArguments(const clang::FunctionDecl &Callee, const CallT &Call) {
    const unsigned First = firstArgument(Callee, Call);
    for (unsigned I = First; I < Call.getNumArgs(); ++I)
      if (I - First < Callee.getNumParams())
        elideArgument(*Callee.getParamDecl(I - First), *Call.getArg(I));
  }

  /// Whether \p Temporary became the object that it initialises.
  bool isElided(const clang::Stmt &Temporary) const {
    return Elided.contains(&Temporary);
  }

  /// An argument passed by non-const reference may be modified.
  void modifyArguments(const clang::FunctionDecl &Callee,
                       const clang::CallExpr &Call);

  void assign(const clang::BinaryOperator &Assignment);
  void changeByOperator(const clang::UnaryOperator &Operator);
  void moveFrom(const clang::Expr *Source);
  void modify(const clang::Expr *Target);

  /// Records that \p Target receives the result of the call in \p Value,
  /// possibly wrapped: `Descriptor fd(check(socket(…)))`.
  void noteAssigned(const clang::Expr *Value, const clang::ValueDecl &Target);

  /// Records the function pointers that \p List stores in an object:
  /// `struct handler h = {"name", on_event};`.
  void noteGivenPointers(const clang::InitListExpr &List);

private:
  /// The first argument of \p Call that a parameter of \p Callee takes: the
  /// object is an argument, too, where an operator is a method.
  static unsigned firstArgument(const clang::FunctionDecl &Callee,
                                const clang::Expr &Call);

  void elideArgument(const clang::ParmVarDecl &Param, const clang::Expr &Given);

  Body &Result;
  llvm::SmallPtrSet<const clang::Stmt *, 8> Elided;
};

} // namespace corolint

#endif // COROLINT_CODE_VALUERECORDER_H
