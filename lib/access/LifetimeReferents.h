//===-- LifetimeReferents.h - Objects referred to ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Leads from an expression that refers to something (an lvalue, a pointer, a
// view, a reference wrapper) to the object that must stay alive for it.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_LIFETIMEREFERENTS_H
#define COROLINT_ACCESS_LIFETIMEREFERENTS_H

#include "code/Facts.h"

namespace corolint {

/// The object that an expression refers to.
struct Referent {
  enum class Kind : uint8_t {
    Unknown,   ///< Nothing can be told, or it outlives the function.
    Temporary, ///< Ends with the full-expression.
    Local,     ///< A local variable.
    Parameter, ///< A parameter taken by value.
    Capture,   ///< What the enclosing lambda captured by copy.
    This,      ///< The object of the enclosing method.
    Reference, ///< What a reference parameter, pointer or view refers to.
    Closure,   ///< The captured `this` or reference of the enclosing lambda.
  };
  Kind What = Kind::Unknown;
  const clang::Expr *Root = nullptr; ///< The innermost expression.
  const clang::ValueDecl *Variable = nullptr;
  bool Moved = false; ///< Through `std::move` or a cast to an rvalue.
  /// Through a smart pointer, at \p Root, that others may have copies of.
  bool Shared = false;
};

/// The object that \p E, in function \p Within, refers to. A prvalue of a class
/// type refers to something only if the class is a view.
Referent referentOf(const clang::Expr *E, Facts &Unit,
                    const clang::FunctionDecl *Within);

/// Whether an object of \p Type refers to what others own: references,
/// pointers to objects, views and reference wrappers.
bool refersToOthers(clang::QualType Type, Facts &Unit);

/// The variables that a lambda in \p E, which becomes a parameter's value,
/// captures by reference.
llvm::SmallVector<const clang::VarDecl *, 2>
capturedByReference(const clang::Expr *E);

/// What \p Argument passes, if that is a local variable that holds a lambda:
/// the expression that the variable was initialised with. Else \p Argument.
const clang::Expr *closureOf(const clang::Expr *Argument);

} // namespace corolint

#endif // COROLINT_ACCESS_LIFETIMEREFERENTS_H
