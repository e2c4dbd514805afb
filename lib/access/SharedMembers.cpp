//===-- SharedMembers.cpp - Members that refer to one object --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/SharedMembers.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

/// Whether \p Type refers to an object, other than a pointer.
static bool refers(QualType Type) {
  return (Type->isLValueReferenceType() || Type->isPointerType()) &&
         !Type->getPointeeType()->isAnyPointerType() &&
         !Type->getPointeeType()->isFunctionType();
}

/// The type of the object that a variable or member of \p Type denotes or
/// refers to.
static QualType objectType(QualType Type, const ASTContext &Context) {
  if (Type->isReferenceType() || Type->isPointerType())
    Type = Type->getPointeeType();
  return Context.getCanonicalType(Type).getUnqualifiedType();
}

bool SharedMembers::isObject(const AccessPath &Path) {
  const ValueDecl *Key = Path.key();
  const bool IsBehind = !Path.Steps.empty() && !Path.Steps.back();
  return Key && IsBehind == Key->getType()->isPointerType();
}

bool SharedMembers::changesObject(const Access &Made) {
  // A container's method that is called through a pointer.
  return isObject(Made.Path) || Made.Kind == AccessKind::Insert ||
         Made.Kind == AccessKind::Erase;
}

SharedMembers::SharedMembers(AccessAnalysis &Accesses,
                             llvm::ArrayRef<const FunctionDecl *> Functions)
    : Accesses(Accesses), Unit(Accesses.Unit) {
  llvm::DenseSet<const CXXRecordDecl *> Seen;
  for (const FunctionDecl *Function : Functions) {
    if (Function->isDependentContext() || !writtenBody(*Function))
      continue;
    scan(*Function);
    // Initialisers of members, which every constructor may use.
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    const CXXRecordDecl *Class =
        Method ? Method->getParent()->getDefinition() : nullptr;
    if (!Class || !Seen.insert(Class).second)
      continue;
    for (const FieldDecl *Field : Class->fields())
      if (const Expr *Init = Field->getInClassInitializer())
        if (const auto *Construct =
                dyn_cast_or_null<CXXConstructExpr>(innermostOf(Init)))
          construct(*Construct->getConstructor(),
                    {Construct->getArgs(), Construct->getNumArgs()},
                    Unit.Bodies.of(*Function));
  }
}

void SharedMembers::scan(const FunctionDecl &Function) {
  const Body &Walked = Unit.Bodies.of(Function);
  auto Visit = [&](const Stmt &S) {
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S))
      construct(*Construct->getConstructor(),
                {Construct->getArgs(), Construct->getNumArgs()}, Walked);
    else if (const auto *Call = dyn_cast<CallExpr>(&S))
      make(*Call, Walked);
    return true;
  };
  forEachEvaluated(*writtenBody(Function), Visit);
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function);
  if (!Constructor)
    return;
  for (const CXXCtorInitializer *Init : Constructor->inits()) {
    if (!Init->getInit())
      continue;
    forEachEvaluated(*Init->getInit(), Visit);
    if (const FieldDecl *Field = Init->getMember())
      bind(*Field, *Init->getInit(), Walked);
  }
}

void SharedMembers::construct(const CXXConstructorDecl &Constructor,
                              llvm::ArrayRef<const Expr *> Arguments,
                              const Body &Walked) {
  const FunctionDecl *Definition = Accesses.visible(Constructor);
  if (!Definition)
    return;
  for (unsigned I = 0; I < Arguments.size() && I < Definition->getNumParams();
       ++I)
    bind(*Definition->getParamDecl(I), *Arguments[I], Walked);
}

/// `std::make_unique<T>(…)`: a library passes the arguments on to a constructor
/// with as many parameters, of their types.
void SharedMembers::make(const CallExpr &Call, const Body &Walked) {
  const FunctionDecl *Callee = Call.getDirectCallee();
  const ModelIndex::FunctionEntry *Entry =
      Callee ? Unit.Models.find(*Callee) : nullptr;
  if (!Entry || !Entry->MakesWrapper)
    return;
  const TemplateArgumentList *Of = Callee->getTemplateSpecializationArgs();
  const CXXRecordDecl *Class =
      Of && Of->size() > 0 && Of->get(0).getKind() == TemplateArgument::Type
          ? Of->get(0).getAsType()->getAsCXXRecordDecl()
          : nullptr;
  if (!Class || !Class->hasDefinition())
    return;
  llvm::SmallVector<const Expr *, 4> Arguments(Call.arguments());
  auto Takes = [&](const CXXConstructorDecl &Constructor) {
    for (unsigned I = 0; I < Arguments.size(); ++I) {
      QualType Param = Constructor.getParamDecl(I)->getType();
      if (refers(Param) &&
          objectType(Param, Unit.Context) !=
              objectType(Arguments[I]->getType(), Unit.Context))
        return false;
    }
    return true;
  };
  for (const CXXConstructorDecl *Constructor : Class->ctors())
    if (Constructor->getNumParams() == Arguments.size() && Takes(*Constructor))
      construct(*Constructor, Arguments, Walked);
}

void SharedMembers::bind(const ValueDecl &To, const Expr &Value,
                         const Body &Walked) {
  if (!refers(To.getType()))
    return;
  const std::optional<AccessPath> Path = Accesses.pathOf(&Value, Walked);
  if (!Path || !Path->key())
    return;
  const ValueDecl *Source = Path->key();
  // An element of a container is one of many objects.
  const CXXRecordDecl *Owner = Source->getType()->getAsCXXRecordDecl();
  if (!isWhole(*Path) && !Source->getType()->isPointerType() &&
      !(Owner && isPointerLike(*Owner)))
    return;
  Bound[cast<ValueDecl>(To.getCanonicalDecl())].insert(
      cast<ValueDecl>(Source->getCanonicalDecl()));
}

/// \p Member and everything to which it is bound, directly or through others.
SharedMembers::Set SharedMembers::sourcesOf(const ValueDecl &Member) const {
  Set Found;
  Found.insert(&Member);
  for (unsigned I = 0; I < Found.size(); ++I)
    if (auto It = Bound.find(Found[I]); It != Bound.end())
      Found.insert(It->second.begin(), It->second.end());
  return Found;
}

const SharedMembers::Set &SharedMembers::others(const ValueDecl &Member) {
  auto [It, Inserted] = Others.try_emplace(&Member);
  if (!Inserted)
    return It->second;
  const QualType Type = objectType(Member.getType(), Unit.Context);
  const Set Own = sourcesOf(Member);
  Set &Found = It->second;
  auto Add = [&](const ValueDecl &Other) {
    if (&Other != &Member && !isa<ParmVarDecl>(Other) &&
        objectType(Other.getType(), Unit.Context) == Type)
      Found.insert(&Other);
  };
  for (const ValueDecl *Source : Own)
    Add(*Source);
  for (const auto &[Other, Sources] : Bound)
    if (llvm::any_of(sourcesOf(*Other), [&](const ValueDecl *Source) {
          return Own.contains(Source);
        }))
      Add(*Other);
  return Found;
}

} // namespace corolint
