//===-- QualifiedNames.cpp - Matches names in model files -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/QualifiedNames.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include <utility>

using namespace clang;

namespace corolint {

StringRef takeLast(StringRef &Qualified) {
  // Searching one character is much faster, and names contain no single colon.
  const size_t Colon = Qualified.rfind(':');
  if (Colon == StringRef::npos)
    return std::exchange(Qualified, {});
  const StringRef Last = Qualified.substr(Colon + 1);
  Qualified = Qualified.substr(0, Colon).drop_back();
  return Last;
}

/// Whether qualified names leave \p Context out.
static bool isTransparent(const DeclContext &Context) {
  if (const auto *Namespace = dyn_cast<NamespaceDecl>(&Context))
    return Namespace->isInline() || Namespace->isAnonymousNamespace();
  return !isa<RecordDecl>(Context) &&
         !(isa<EnumDecl>(Context) && cast<EnumDecl>(Context).isScoped());
}

/// Whether \p Name matches \p Component of a pattern.
static bool fitsComponent(StringRef Name, StringRef Component) {
  if (Component.consume_back("*"))
    return Name.starts_with(Component);
  return Name == Component;
}

/// Whether \p Names, innermost first, match \p Qualified, which may have
/// wildcards.
static bool fitsPattern(llvm::ArrayRef<StringRef> Names, StringRef Qualified) {
  while (!Qualified.empty()) {
    StringRef Component = takeLast(Qualified);
    if (Component == "**") {
      for (size_t Skipped = 0; Skipped <= Names.size(); ++Skipped)
        if (fitsPattern(Names.drop_front(Skipped), Qualified))
          return true;
      return false;
    }
    if (Names.empty() || !fitsComponent(Names.front(), Component))
      return false;
    Names = Names.drop_front();
  }
  return Names.empty();
}

bool hasScope(const DeclContext *Context, StringRef Qualified) {
  bool IsPattern = Qualified.contains('*');
  llvm::SmallVector<StringRef, 8> Names;
  for (; Context && !Context->isTranslationUnit();
       Context = Context->getParent()) {
    if (isTransparent(*Context))
      continue;
    const auto *Named = cast<NamedDecl>(Context);
    const IdentifierInfo *Identifier = Named->getIdentifier();
    if (IsPattern)
      Names.push_back(Identifier ? Identifier->getName() : StringRef());
    else if (Qualified.empty() || !Identifier ||
             Identifier->getName() != takeLast(Qualified))
      return false;
  }
  return IsPattern ? fitsPattern(Names, Qualified) : Qualified.empty();
}

const NamedDecl *outermostScope(const DeclContext &Context) {
  const NamedDecl *Result = nullptr;
  for (const DeclContext *Scope = &Context; !Scope->isTranslationUnit();
       Scope = Scope->getParent())
    if (!isTransparent(*Scope))
      Result = cast<NamedDecl>(Scope);
  return Result;
}

std::optional<OverloadedOperatorKind> operatorByName(StringRef Name) {
  if (!Name.consume_front("operator"))
    return std::nullopt;
  Name = Name.ltrim();
#define OVERLOADED_OPERATOR(Kind, Spelling, ...)                               \
  if (Name == Spelling)                                                        \
    return OO_##Kind;
#include "clang/Basic/OperatorKinds.def"
  return std::nullopt;
}

bool fitsQualifiedName(StringRef Name, const DeclContext *Scope,
                       StringRef Qualified) {
  if (Qualified.ends_with("::**"))
    return hasScope(Scope, Qualified);
  return fitsComponent(Name, takeLast(Qualified)) && hasScope(Scope, Qualified);
}

bool hasQualifiedName(const NamedDecl &D, StringRef Name) {
  const IdentifierInfo *Identifier = D.getIdentifier();
  return Identifier &&
         fitsQualifiedName(Identifier->getName(), D.getDeclContext(), Name);
}

bool mayBeDeclared(StringRef Qualified, const ASTContext &Context) {
  while (!Qualified.empty()) {
    StringRef Part = takeLast(Qualified);
    if (!Part.starts_with("operator") && !Part.contains('*') &&
        Context.Idents.find(Part) == Context.Idents.end())
      return false;
  }
  return true;
}

} // namespace corolint
