//===-- LifetimeReferents.h - Referents of expressions ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds, for an expression that refers to an object (an lvalue, a pointer, a
// view, a reference wrapper), the object that must stay alive.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMEREFERENTS_H
#define COROLINT_ACCESS_LIFETIMEREFERENTS_H

#include "code/Facts.h"

namespace corolint {

/// The object that an expression refers to.
struct Referent {
  enum class Kind : uint8_t {
    Unknown,   ///< Not known, or it outlives the function.
    Temporary, ///< Ends with the full-expression.
    Local,     ///< A local variable.
    Parameter, ///< A parameter taken by value.
    Capture,   ///< The enclosing lambda's capture by copy.
    This,      ///< The object of the enclosing method.
    Reference, ///< The target of a reference parameter, pointer or view.
    Closure,   ///< The captured `this` or reference of the enclosing lambda.
  };
  Kind What = Kind::Unknown;
  const clang::Expr *Root = nullptr; ///< The innermost expression.
  const clang::ValueDecl *Variable = nullptr;
  bool Moved = false; ///< Through `std::move` or a cast to an rvalue.
  /// Through a smart pointer, at \p Root, that may have copies elsewhere.
  bool Shared = false;
  /// Through a smart pointer, which may be moved without moving the object.
  bool Owned = false;
};

/// The object to which \p E, in function \p Within, refers. A prvalue of a
/// class type refers to an object only if the class is a view.
Referent referentOf(const clang::Expr *E, Facts &Unit,
                    const clang::FunctionDecl *Within);

/// Whether an object of \p Type refers to an object of another owner:
/// references, pointers to objects, views and reference wrappers.
bool refersToOthers(clang::QualType Type, Facts &Unit);

/// The variables that a lambda in \p E, the argument for a parameter, captures
/// by reference.
llvm::SmallVector<const clang::VarDecl *, 2>
capturedByReference(const clang::Expr *E);

/// The lambda expression that \p Argument passes: the initialiser if it is a
/// local variable that holds a lambda, else \p Argument itself.
const clang::Expr *closureOf(const clang::Expr *Argument);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMEREFERENTS_H
