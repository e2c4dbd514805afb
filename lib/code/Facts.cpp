//===-- Facts.cpp - Shared facts about one translation unit ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Facts.h"
#include "code/Members.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

const ModelIndex::FunctionEntry *Facts::modelOf(const FunctionDecl &Callee,
                                                const CallOperands &Operands) {
  if (const auto *Entry = Models.find(Callee, Operands.objectClass()))
    return Entry;
  if (Callee.getOverloadedOperator() != OO_Call || !Operands.Object)
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Operands.Object->IgnoreParenImpCasts());
  const auto *Object = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Object && Object->hasGlobalStorage() ? Models.find(*Object) : nullptr;
}

/// The model of the class of \p Executor, or of a base class.
static const ExecutorModel *executorModel(const Expr &Executor,
                                          ModelIndex &Models) {
  const CXXRecordDecl *Class = classOf(Executor.getType());
  // An owner of an owner is not treated as an executor.
  if (const auto *Owner =
          dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
      Owner && Models.wrapper(*Owner) && Owner->getTemplateArgs().size() > 0 &&
      Owner->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    Class = Owner->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  if (!Class)
    return nullptr;
  const ExecutorModel *Found = Models.executor(*Class);
  if (!Found && Class->hasDefinition())
    Class->forallBases([&](const CXXRecordDecl *Base) {
      if (!Found)
        Found = Models.executor(*Base);
      return true;
    });
  return Found;
}

std::optional<ContextKind> executorContext(const Expr &Executor,
                                           ModelIndex &Models) {
  // As written, an object may tell more than the handle that it becomes.
  for (const Expr *Of :
       {Executor.IgnoreUnlessSpelledInSource(), Executor.IgnoreParenImpCasts()})
    if (const ExecutorModel *Found = executorModel(*Of, Models))
      return Found->Runs;
  return std::nullopt;
}

bool isAwaitable(const CXXRecordDecl &Class) {
  auto IsFunction = [](const NamedDecl *D) {
    return isa<CXXMethodDecl, FunctionTemplateDecl>(D);
  };
  auto SaysNothing = [&](const CXXRecordDecl *RD) {
    return llvm::none_of(membersNamed(*RD, "await_ready"), IsFunction) &&
           llvm::none_of(operatorsOf(*RD, OO_Coawait), IsFunction);
  };
  const CXXRecordDecl *Definition = Class.getDefinition();
  if (!Definition)
    return false;
  bool Found = !SaysNothing(Definition);
  Definition->forallBases([&](const CXXRecordDecl *Base) {
    Found |= !SaysNothing(Base);
    return true;
  });
  return Found;
}

bool isInSystemHeader(const Decl &D) {
  const SourceManager &Sources = D.getASTContext().getSourceManager();
  return Sources.isInSystemHeader(Sources.getExpansionLoc(D.getLocation()));
}

const CXXRecordDecl *classOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  while (const auto *Array = Type->getAsArrayTypeUnsafe())
    Type = Array->getElementType();
  return Type->getAsCXXRecordDecl();
}

bool isDeclared(StringRef QualifiedName, ASTContext &Context) {
  const DeclContext *Scope = Context.getTranslationUnitDecl();
  while (Scope) {
    auto [Name, Rest] = QualifiedName.split("::");
    auto It = Context.Idents.find(Name);
    if (It == Context.Idents.end())
      return false;
    DeclContext::lookup_result Found = Scope->lookup(It->getValue());
    if (Found.empty())
      return false;
    if (Rest.empty())
      return true;
    const NamedDecl *D = Found.front();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
      D = Alias->getNamespace();
    Scope = dyn_cast<DeclContext>(D);
    QualifiedName = Rest;
  }
  return false;
}

} // namespace corolint
