//===-- Members.cpp - Members of a class by name --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Members.h"
#include "Compat.h"
#include "clang/AST/ASTContext.h"

using namespace clang;

namespace corolint {

DeclContext::lookup_result membersNamed(const CXXRecordDecl &Class,
                                        StringRef Name) {
  return Class.lookup(&Class.getASTContext().Idents.get(Name));
}

DeclContext::lookup_result operatorsOf(const CXXRecordDecl &Class,
                                       OverloadedOperatorKind Operator) {
  return Class.lookup(
      Class.getASTContext().DeclarationNames.getCXXOperatorName(Operator));
}

DeclContext::lookup_result constructorsOf(const CXXRecordDecl &Class) {
  ASTContext &Context = Class.getASTContext();
  return Class.lookup(Context.DeclarationNames.getCXXConstructorName(
      Context.getCanonicalType(compat::typeOf(Class))));
}

} // namespace corolint
