//===-- DeclaredNames.h - Declarations by their names -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Finds the declarations of headers by the qualified names of model files.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_TEST_MODEL_DECLAREDNAMES_H
#define COROLINT_TEST_MODEL_DECLAREDNAMES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>
#include <string>

namespace corolint {

using Contexts = llvm::SmallVector<const clang::DeclContext *, 4>;
using Declarations = llvm::SmallVector<const clang::NamedDecl *, 8>;

/// The pattern of a template, or the class itself; null for other types.
const clang::CXXRecordDecl *recordOf(clang::QualType Type);

/// The function, or the pattern of the function template; null for other
/// declarations.
const clang::FunctionDecl *asFunction(const clang::NamedDecl *D);

/// Splits "std::a::b" into "std::a" and "b".
std::pair<llvm::StringRef, llvm::StringRef>
splitLast(llvm::StringRef Qualified);

/// Finds declarations by the qualified names that models use. Aliases are not
/// followed, because the checks ignore them.
class Names {
public:
  explicit Names(clang::ASTContext &Context) : Context(Context) {}

  Contexts classes(llvm::StringRef Qualified) const;
  Declarations functions(llvm::StringRef Qualified) const;
  Declarations variables(llvm::StringRef Qualified) const;
  Declarations fields(llvm::StringRef Qualified) const;
  /// The value of an enumerator or constant.
  std::optional<llvm::APSInt> constant(llvm::StringRef Qualified) const;
  /// The type for which \p Qualified is an alias, or "".
  std::string aliased(llvm::StringRef Qualified) const;
  bool isEnum(llvm::StringRef Qualified) const;

  Contexts scopes(llvm::StringRef Qualified) const;

private:
  Contexts inside(const Contexts &Outer, llvm::StringRef Name) const;
  clang::DeclContext::lookup_result lookup(const clang::DeclContext &Scope,
                                           llvm::StringRef Name) const;
  void
  addMethods(const clang::CXXRecordDecl *Class, llvm::StringRef Name,
             Declarations &Found,
             llvm::SmallPtrSetImpl<const clang::CXXRecordDecl *> &Seen) const;

  clang::ASTContext &Context;
};

} // namespace corolint

#endif // COROLINT_TEST_MODEL_DECLAREDNAMES_H
