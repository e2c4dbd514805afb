//===-- Containers.h - Classes that own state -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the models of containers, owning pointers and optionals as accesses.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_ACCESS_CONTAINERS_H
#define COROLINT_ACCESS_CONTAINERS_H

#include "access/Access.h"

namespace corolint {

/// What calling one method of a container does to it.
struct ContainerAccess {
  llvm::SmallVector<AccessKind, 2> Kinds;
  bool IsKeyed = false; ///< The first argument selects the element.
};

/// Nothing where no model describes \p Method, called on \p Object.
std::optional<ContainerAccess>
containerAccess(const clang::CXXMethodDecl &Method, const clang::Expr &Object,
                Facts &Unit);

/// Whether a model describes \p Type as a container, owning pointer or
/// optional.
bool isContainer(clang::QualType Type, Facts &Unit);

/// What an access of \p Kind does to iterators and references into a \p Type.
Invalidation containerInvalidation(clang::QualType Type, AccessKind Kind,
                                   Facts &Unit);

/// What \p Init, of a view, is a view of; null if that cannot be told.
const clang::Expr *viewedBy(const clang::Expr &Init);

/// The argument of a call that selects the element; null if none does.
const clang::Expr *keyOf(const clang::Expr &Call);

/// The predicate that a call of \p Callee waits for, if the waiting coroutine
/// is resumed some time after the predicate held. Null for any other call.
const clang::Expr *predicateOf(const clang::FunctionDecl &Callee,
                               const CallOperands &Operands, Facts &Unit);

/// Whether objects of \p Class only refer to what others own: by a model, or
/// because they keep a pointer into what they are implicitly made from.
bool isViewClass(const clang::CXXRecordDecl &Class, Facts &Unit);

/// Whether objects of \p Type only refer to what others own: a view.
bool isView(clang::QualType Type, Facts &Unit);

} // namespace corolint

#endif // COROLINT_ACCESS_CONTAINERS_H
