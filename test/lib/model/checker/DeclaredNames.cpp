//===-- DeclaredNames.cpp - Declarations by their names -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeclaredNames.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

const CXXRecordDecl *recordOf(QualType Type) {
  if (const CXXRecordDecl *Record = Type->getAsCXXRecordDecl())
    return Record;
  const auto *Specialization = Type->getAs<TemplateSpecializationType>();
  if (!Specialization)
    return nullptr;
  const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
      Specialization->getTemplateName().getAsTemplateDecl());
  return Template ? Template->getTemplatedDecl() : nullptr;
}

const FunctionDecl *asFunction(const NamedDecl *D) {
  if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
    return Template->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

/// The unqualified name of \p Function in a model.
static std::string spelledName(const FunctionDecl &Function) {
  const auto *Parent = dyn_cast<CXXRecordDecl>(Function.getDeclContext());
  if (isa<CXXConstructorDecl>(Function))
    return Parent->getName().str();
  if (isa<CXXDestructorDecl>(Function))
    return ("~" + Parent->getName()).str();
  return Function.getNameAsString();
}

std::pair<StringRef, StringRef> splitLast(StringRef Qualified) {
  size_t Operator = Qualified.find("operator");
  size_t Colons = Qualified.substr(0, Operator).rfind("::");
  if (Colons == StringRef::npos)
    return {"", Qualified};
  return {Qualified.substr(0, Colons), Qualified.substr(Colons + 2)};
}

DeclContext::lookup_result Names::lookup(const DeclContext &Scope,
                                         StringRef Name) const {
  if (Name.consume_front("operator")) {
#define OVERLOADED_OPERATOR(Kind, Spelling, ...)                               \
  if (Name == Spelling)                                                        \
    return Scope.lookup(Context.DeclarationNames.getCXXOperatorName(OO_##Kind));
#include "clang/Basic/OperatorKinds.def"
    return {};
  }
  return Scope.lookup(&Context.Idents.get(Name));
}

Contexts Names::inside(const Contexts &Outer, StringRef Name) const {
  Contexts Result;
  auto Add = [&](const DeclContext *Scope) {
    if (!is_contained(Result, Scope))
      Result.push_back(Scope);
  };
  for (const DeclContext *Scope : Outer) {
    for (const NamedDecl *D : lookup(*Scope, Name)) {
      if (const auto *Template = dyn_cast<ClassTemplateDecl>(D)) {
        if (const CXXRecordDecl *Pattern =
                Template->getTemplatedDecl()->getDefinition())
          Add(Pattern);
        llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
        const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(
            Partial);
        for (const CXXRecordDecl *Special : Partial)
          if (Special->hasDefinition())
            Add(Special->getDefinition());
        for (const CXXRecordDecl *Special : Template->specializations())
          if (Special->hasDefinition())
            Add(Special->getDefinition());
      } else if (const auto *Record = dyn_cast<CXXRecordDecl>(D)) {
        if (Record->hasDefinition())
          Add(Record->getDefinition());
      } else if (isa<NamespaceDecl, EnumDecl>(D)) {
        Add(cast<DeclContext>(D));
      }
    }
  }
  return Result;
}

Contexts Names::scopes(StringRef Qualified) const {
  Contexts Result{Context.getTranslationUnitDecl()};
  while (!Qualified.empty()) {
    auto [First, Rest] = Qualified.split("::");
    Result = inside(Result, First);
    Qualified = Rest;
  }
  return Result;
}

Contexts Names::classes(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  Contexts Result = inside(scopes(Scope), Name);
  llvm::erase_if(Result,
                 [](const DeclContext *D) { return !isa<CXXRecordDecl>(D); });
  return Result;
}

bool Names::isEnum(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  return any_of(inside(scopes(Scope), Name),
                [](const DeclContext *D) { return isa<EnumDecl>(D); });
}

/// The methods of \p Class and of its bases that are called \p Name.
void Names::addMethods(
    const CXXRecordDecl *Class, StringRef Name, Declarations &Found,
    llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Seen) const {
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class || !Seen.insert(Class).second)
    return;
  for (const Decl *D : Class->decls()) {
    const auto *Named = dyn_cast<NamedDecl>(D);
    const FunctionDecl *Function = Named ? asFunction(Named) : nullptr;
    if (Function && spelledName(*Function) == Name)
      Found.push_back(Named);
  }
  for (const CXXBaseSpecifier &Base : Class->bases())
    addMethods(recordOf(Base.getType()), Name, Found, Seen);
}

Declarations Names::functions(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  Declarations Found;
  for (const DeclContext *Where : scopes(Scope)) {
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Where)) {
      llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
      addMethods(Class, Name, Found, Seen);
      continue;
    }
    for (const NamedDecl *D : lookup(*Where, Name))
      if (asFunction(D))
        Found.push_back(D);
  }
  return Found;
}

Declarations Names::fields(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  Declarations Found;
  for (const DeclContext *Where : scopes(Scope))
    for (const NamedDecl *D : lookup(*Where, Name))
      if (isa<FieldDecl>(D))
        Found.push_back(D);
  return Found;
}

Declarations Names::variables(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  Declarations Found;
  for (const DeclContext *Where : scopes(Scope))
    for (const NamedDecl *D : lookup(*Where, Name))
      if (isa<VarDecl>(D))
        Found.push_back(D);
  return Found;
}

std::optional<llvm::APSInt> Names::constant(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  for (const DeclContext *Where : scopes(Scope)) {
    for (const NamedDecl *D : lookup(*Where, Name)) {
      if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(D))
        return Enumerator->getInitVal();
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable || !Variable->hasInit())
        continue;
      if (const APValue *Value = Variable->evaluateValue();
          Value && Value->isInt())
        return Value->getInt();
    }
  }
  return std::nullopt;
}

std::string Names::aliased(StringRef Qualified) const {
  auto [Scope, Name] = splitLast(Qualified);
  for (const DeclContext *Where : scopes(Scope)) {
    for (const NamedDecl *D : lookup(*Where, Name)) {
      if (const auto *Shadow = dyn_cast<UsingShadowDecl>(D))
        return Shadow->getTargetDecl()->getQualifiedNameAsString();
      if (const auto *Typedef = dyn_cast<TypedefNameDecl>(D))
        if (const CXXRecordDecl *Record =
                recordOf(Typedef->getUnderlyingType()))
          return Record->getQualifiedNameAsString();
    }
  }
  return {};
}

} // namespace corolint
