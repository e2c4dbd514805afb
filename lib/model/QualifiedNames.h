//===-- QualifiedNames.h - Names as models write them -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model names a declaration by its qualified name: "ns::Class::method".
// Inline and anonymous namespaces are left out, and so are template arguments.
// A `*` at the end of a component fits any rest of an identifier, a component
// `**` any number of scopes.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_MODEL_QUALIFIEDNAMES_H
#define COROLINT_MODEL_QUALIFIEDNAMES_H

#include "clang/AST/Decl.h"
#include "clang/Basic/OperatorKinds.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace corolint {

/// Splits the last component off \p Qualified: "std::a::b" gives "b" and leaves
/// "std::a". Operators contain no "::" themselves.
llvm::StringRef takeLast(llvm::StringRef &Qualified);

/// Whether the named contexts around a declaration are exactly \p Qualified.
bool hasScope(const clang::DeclContext *Context, llvm::StringRef Qualified);

/// Whether \p Qualified, which may have wildcards, fits \p Name in \p Scope. A
/// `**` at the end fits the name and any scopes around it.
bool fitsQualifiedName(llvm::StringRef Name, const clang::DeclContext *Scope,
                       llvm::StringRef Qualified);

/// Whether \p D is called \p Name: qualified, without template arguments, with
/// inline and unnamed namespaces left out on both sides.
bool hasQualifiedName(const clang::NamedDecl &D, llvm::StringRef Name);

/// Whether the translation unit has seen every identifier in \p Qualified. What
/// it has not seen it cannot use.
bool mayBeDeclared(llvm::StringRef Qualified, const clang::ASTContext &Context);

/// The outermost named scope around the declarations of \p Context; null at the
/// top level.
const clang::NamedDecl *outermostScope(const clang::DeclContext &Context);

/// The operator that \p Name ("operator==") overloads, if it is one's.
std::optional<clang::OverloadedOperatorKind>
operatorByName(llvm::StringRef Name);

} // namespace corolint

#endif // COROLINT_MODEL_QUALIFIEDNAMES_H
