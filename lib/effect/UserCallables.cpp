//===-- UserCallables.cpp - Callbacks from library functions --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/UserCallables.h"
#include "Compat.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// Callables within callables within …: deeper types are not searched.
constexpr unsigned MaxTypeDepth = 6;

void collectCallables(llvm::ArrayRef<TemplateArgument> Arguments,
                      ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found);

/// Whether a library that knows only the type may call \p Method: to create,
/// destroy, compare or call an object, or by a name in the library's interface,
/// as a lock guard calls `lock()`.
bool isCalledByLibraries(const CXXMethodDecl &Method) {
  return isa<CXXConstructorDecl, CXXDestructorDecl>(Method) ||
         Method.isOverloadedOperator() || Method.isUsed();
}

void collectCallables(QualType Type, ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found) {
  if (Type.isNull() || Depth > MaxTypeDepth)
    return;
  Type = Type.getNonReferenceType();
  while (Type->isPointerType() && !Type->isFunctionPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Class =
      Type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  if (!Class)
    return;
  // Include the captures of a library's own lambdas.
  if (Class->isLambda() && Models.isLibrary(*Class)) {
    for (const FieldDecl *Capture : Class->fields())
      collectCallables(Capture->getType(), Models, Depth + 1, Found);
    return;
  }
  if (!Models.isLibrary(*Class)) {
    if (const FunctionTemplateDecl *Generic =
            Class->isLambda() ? Class->getDependentLambdaCallOperator()
                              : nullptr) {
      for (const FunctionDecl *Specialization : Generic->specializations())
        Found.push_back(Specialization);
      return;
    }
    if (Class->hasDefinition())
      for (const CXXMethodDecl *Method : Class->methods())
        if (isCalledByLibraries(*Method))
          Found.push_back(Method);
    return;
  }
  // An iterator's view contains the callables of the iterator.
  if (const auto *Outer = dyn_cast<CXXRecordDecl>(Class->getDeclContext()))
    collectCallables(compat::typeOf(*Outer), Models, Depth + 1, Found);
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  if (!Spec)
    return;
  collectCallables(Spec->getTemplateArgs().asArray(), Models, Depth + 1, Found);
}

void collectCallables(llvm::ArrayRef<TemplateArgument> Arguments,
                      ModelIndex &Models, unsigned Depth,
                      llvm::SmallVectorImpl<const FunctionDecl *> &Found) {
  for (const TemplateArgument &Argument : Arguments) {
    if (Argument.getKind() == TemplateArgument::Type)
      collectCallables(Argument.getAsType(), Models, Depth, Found);
    else if (Argument.getKind() == TemplateArgument::Pack)
      collectCallables(Argument.getPackAsArray(), Models, Depth, Found);
  }
}

} // namespace

llvm::SmallVector<const FunctionDecl *, 2>
userCallables(const FunctionDecl &Function, ModelIndex &Models) {
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  for (const ParmVarDecl *Param : Function.parameters())
    collectCallables(Param->getType(), Models, 0, Found);
  if (const TemplateArgumentList *Arguments =
          Function.getTemplateSpecializationArgs())
    collectCallables(Arguments->asArray(), Models, 0, Found);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    collectCallables(compat::typeOf(*Method->getParent()), Models, 0, Found);
  return Found;
}

/// Adds the classes among \p Arguments to \p Found.
static void addClasses(const TemplateArgumentList *Arguments,
                       llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Found) {
  if (!Arguments)
    return;
  for (const TemplateArgument &Argument : Arguments->asArray())
    if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class =
              Argument.getAsType().getNonReferenceType()->getAsCXXRecordDecl())
        Found.insert(Class->getCanonicalDecl());
}

bool erasesType(const CXXMethodDecl &Override, Facts &Unit) {
  const FunctionDecl *Definition = definitionOf(Override);
  if (!Definition || Definition->isDependentContext())
    return false;
  // The types for which the class is instantiated: its own template arguments,
  // or those of the enclosing function.
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Hidden;
  const CXXRecordDecl *Class = Override.getParent();
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class))
    addClasses(&Spec->getTemplateArgs(), Hidden);
  if (const FunctionDecl *Around = Class->isLocalClass())
    addClasses(Around->getTemplateSpecializationArgs(), Hidden);
  if (Hidden.empty())
    return false;
  return llvm::any_of(Unit.Bodies.of(*Definition).Sites, [&](const Site &S) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    return S.What == Site::Kind::Call && Method &&
           Hidden.contains(Method->getParent()->getCanonicalDecl());
  });
}

} // namespace corolint
