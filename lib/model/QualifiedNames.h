//===-- QualifiedNames.h - Matches names in model files ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model names a declaration by its qualified name: "ns::Class::method".
// Inline and anonymous namespaces and template arguments are omitted. A `*` at
// the end of a component matches the rest of an identifier, a component `**`
// any number of scopes.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_QUALIFIEDNAMES_H
#define COROLINT_MODEL_QUALIFIEDNAMES_H

#include "clang/AST/Decl.h"
#include "clang/Basic/OperatorKinds.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint {

/// Removes the last component from \p Qualified and returns it: "std::a::b"
/// returns "b" and leaves "std::a". Operators do not contain "::".
llvm::StringRef takeLast(llvm::StringRef &Qualified);

/// Whether the named contexts around a declaration are exactly \p Qualified.
bool hasScope(const clang::DeclContext *Context, llvm::StringRef Qualified);

/// Whether \p Qualified, which may have wildcards, matches \p Name in \p Scope.
/// A `**` at the end matches the name and any scopes around it.
bool fitsQualifiedName(llvm::StringRef Name, const clang::DeclContext *Scope,
                       llvm::StringRef Qualified);

/// Whether the qualified name of \p D is \p Name, without template arguments.
/// Inline and unnamed namespaces are ignored on both sides.
bool hasQualifiedName(const clang::NamedDecl &D, llvm::StringRef Name);

/// Whether the translation unit contains every identifier in \p Qualified.
/// Otherwise it cannot use the name.
bool mayBeDeclared(llvm::StringRef Qualified, const clang::ASTContext &Context);

/// The outermost named scope around the declarations of \p Context, or null at
/// the top level.
const clang::NamedDecl *outermostScope(const clang::DeclContext &Context);

/// The operator that \p Name ("operator==") overloads, if any.
std::optional<clang::OverloadedOperatorKind>
operatorByName(llvm::StringRef Name);

} // namespace corolint

#endif // COROLINT_MODEL_QUALIFIEDNAMES_H
