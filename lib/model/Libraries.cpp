//===-- Libraries.cpp - The code of described libraries -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Libraries.h"
#include "model/QualifiedNames.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

/// Whether \p D, in a system header, belongs to the C library or the compiler:
/// it has C linkage or a name reserved by the standard.
static bool isOfImplementation(const Decl &D) {
  const auto *Named = dyn_cast<NamedDecl>(&D);
  return D.getDeclContext()->isExternCContext() ||
         (Named && Named->getIdentifier() &&
          Named->getName().starts_with("__"));
}

bool Libraries::contains(const Decl &D) {
  auto [It, Inserted] = Known.try_emplace(&D, false);
  if (Inserted)
    It->second = judge(D);
  return It->second;
}

bool Libraries::judge(const Decl &D) {
  const SourceManager &Sources = D.getASTContext().getSourceManager();
  const bool InSystemHeader =
      Sources.isInSystemHeader(Sources.getExpansionLoc(D.getLocation()));
  if (InSystemHeader && isOfImplementation(D))
    return true;
  const DeclContext *Innermost = dyn_cast<CXXRecordDecl>(&D);
  for (const DeclContext *Scope = Innermost ? Innermost : D.getDeclContext();
       Scope; Scope = Scope->getParent()) {
    // Users may specialise a library's templates for their own classes.
    if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Scope);
        Class && Class->isExplicitSpecialization() && !InSystemHeader)
      return false;
    const auto *Namespace = dyn_cast<NamespaceDecl>(Scope);
    if (!Namespace || !Namespace->getIdentifier())
      continue;
    auto [It, Inserted] =
        OpaqueNamespaces.try_emplace(Namespace->getCanonicalDecl(), false);
    if (Inserted)
      It->second = llvm::any_of(Opaque, [&](StringRef Name) {
        return hasQualifiedName(*Namespace, Name);
      });
    if (It->second)
      return true;
  }
  return false;
}

} // namespace corolint
