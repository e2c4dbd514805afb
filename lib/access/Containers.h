//===-- Containers.h - Accesses to containers -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Converts calls to accesses according to the models of containers, owning
// pointers and optionals.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_CONTAINERS_H
#define COROLINT_ACCESS_CONTAINERS_H

#include "access/Access.h"

namespace corolint {

/// The effect of one method of a container on it.
struct ContainerAccess {
  llvm::SmallVector<AccessKind, 2> Kinds;
  bool IsKeyed = false; ///< The first argument selects the element.
};

/// The access of calling \p Method on \p Object, or nothing if no model
/// describes it.
std::optional<ContainerAccess>
containerAccess(const clang::CXXMethodDecl &Method, const clang::Expr &Object,
                Facts &Unit);

/// Whether a model describes \p Type as a container, owning pointer or
/// optional.
bool isContainer(clang::QualType Type, Facts &Unit);

/// Whether a model describes \p Type as a container whose elements are
/// numbered: its subscript does not insert.
bool isNumbered(clang::QualType Type, Facts &Unit);

/// The iterators and references into a \p Type that an access of \p Kind
/// invalidates.
Invalidation containerInvalidation(clang::QualType Type, AccessKind Kind,
                                   Facts &Unit);

/// The object viewed by \p Init, an initialiser of a view, or null if unknown.
const clang::Expr *viewedBy(const clang::Expr &Init);

/// The argument of a call that selects the element, or null.
const clang::Expr *keyOf(const clang::Expr &Call);

/// The predicate for which a call of \p Callee waits, if the waiting coroutine
/// is resumed some time after the predicate held. Null for any other call.
const clang::Expr *predicateOf(const clang::FunctionDecl &Callee,
                               const CallOperands &Operands, Facts &Unit);

/// Whether objects of \p Class only refer to objects of other owners, according
/// to a model, or because they keep a pointer into the argument of an implicit
/// constructor.
bool isViewClass(const clang::CXXRecordDecl &Class, Facts &Unit);

/// Whether \p Type is a view: its objects only refer to objects of other
/// owners.
bool isView(clang::QualType Type, Facts &Unit);

/// Whether \p Type is a library's owner of at most one view:
/// `std::optional<std::reference_wrapper<T>>`.
bool holdsView(clang::QualType Type, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_CONTAINERS_H
