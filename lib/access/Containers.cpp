//===-- Containers.cpp - Accesses to containers ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Containers.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Members.h"

using namespace clang;

namespace corolint {

namespace {

/// The model of \p Class or of one of its bases.
const ContainerModel *modelOf(const CXXRecordDecl *Class, Facts &Unit) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Open{Class};
  while (!Open.empty()) {
    const CXXRecordDecl *Next = Open.pop_back_val();
    if (!Next)
      continue;
    if (const ContainerModel *Model = Unit.Models.container(*Next))
      return Model;
    if (Next->hasDefinition())
      for (const CXXBaseSpecifier &Base : Next->bases())
        Open.push_back(Base.getType()->getAsCXXRecordDecl());
  }
  return nullptr;
}

const ContainerModel *modelOf(QualType Type, Facts &Unit) {
  return Type.isNull()
             ? nullptr
             : modelOf(Type.getNonReferenceType()->getAsCXXRecordDecl(), Unit);
}

/// The bits of ContainerAction for \p Method; 0 if it is unknown.
uint8_t actionsOf(const CXXMethodDecl &Method, const ContainerModel &Model) {
  const IdentifierInfo *Identifier = Method.getIdentifier();
  // `operator basic_string_view<char>`, `operator bool`.
  const std::string Spelled =
      Identifier ? std::string() : Method.getNameAsString();
  const StringRef Name = Identifier ? Identifier->getName() : Spelled;
  for (const ContainerMethod &Each : Model.Methods)
    if (Each.Method == Name)
      return Each.Actions;
  return isa<CXXConversionDecl>(Method) ? uint8_t(ReadsState) : 0;
}

} // namespace

std::optional<ContainerAccess>
containerAccess(const CXXMethodDecl &Method, const Expr &Object, Facts &Unit) {
  // Use the named class, not the base that declares the method.
  const ContainerModel *Model =
      modelOf(classOf(Object.IgnoreParenImpCasts()->getType()), Unit);
  if (!Model)
    Model = modelOf(Method.getParent(), Unit);
  const uint8_t Actions = Model ? actionsOf(Method, *Model) : 0;
  if (!Actions)
    return std::nullopt;
  ContainerAccess Result;
  if (Actions & AtOnce)
    Result.Kinds.push_back(AccessKind::AtOnce);
  if (Actions & (ReadsState | TestsState))
    Result.Kinds.push_back(AccessKind::Read);
  // A reference into the state needs an existing element; an iterator or
  // pointer may be past the end or null, and is tested.
  if (Actions & LooksUp && !(Actions & InsertsState))
    Result.Kinds.push_back(Method.getReturnType()->isReferenceType() ||
                                   Method.getOverloadedOperator() == OO_Arrow
                               ? AccessKind::Use
                               : AccessKind::Read);
  if (Actions & InsertsState)
    Result.Kinds.push_back(AccessKind::Insert);
  if (Actions & ErasesState)
    Result.Kinds.push_back(AccessKind::Erase);
  if (Actions & ReplacesState)
    Result.Kinds.push_back(AccessKind::Replace);
  Result.IsKeyed = Method.getNumParams() > 0;
  return Result;
}

bool isContainer(QualType Type, Facts &Unit) {
  return modelOf(Type, Unit) != nullptr;
}

bool isNumbered(QualType Type, Facts &Unit) {
  const ContainerModel *Model = modelOf(Type, Unit);
  return Model && llvm::any_of(Model->Methods, [](const ContainerMethod &Each) {
           return Each.Method == "operator[]" && Each.Actions & LooksUp &&
                  !(Each.Actions & InsertsState);
         });
}

Invalidation containerInvalidation(QualType Type, AccessKind Kind,
                                   Facts &Unit) {
  switch (Kind) {
  case AccessKind::Insert:
    if (const ContainerModel *Model = modelOf(Type, Unit))
      return Model->OnInsert == Invalidates::All ? Invalidation::All
             : Model->OnInsert == Invalidates::Nothing
                 ? Invalidation::None
                 : Invalidation::Iterators;
    return Invalidation::None;
  // The kept element may be the erased one.
  case AccessKind::Erase:
  case AccessKind::Replace:
  case AccessKind::Write:
    return Invalidation::All;
  default:
    return Invalidation::None;
  }
}

/// Whether \p Constructor implicitly makes an object that points into its
/// argument, which is an owner.
static bool pointsIntoArgument(const CXXConstructorDecl &Constructor) {
  if (Constructor.isExplicit() || Constructor.getNumParams() != 1 ||
      Constructor.isCopyOrMoveConstructor() || !Constructor.hasBody())
    return false;
  const auto *Definition =
      cast<CXXConstructorDecl>(Constructor.getDefinition());
  const ParmVarDecl *Param = Definition->getParamDecl(0);
  QualType Type = Param->getType();
  const CXXRecordDecl *Owner = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Type->isLValueReferenceType() ||
      !Type->getPointeeType().isConstQualified() || !Owner ||
      !Owner->hasDefinition() || Owner->hasTrivialDestructor())
    return false;
  return llvm::any_of(Definition->inits(), [&](const CXXCtorInitializer *Init) {
    const FieldDecl *Field = Init->getMember();
    if (!Field || !Init->getInit() ||
        !(Field->getType()->isPointerType() ||
          Field->getType()->isReferenceType()))
      return false;
    bool Mentions = false;
    forEachEvaluated(*Init->getInit(), [&](const Stmt &S) {
      const auto *Ref = dyn_cast<DeclRefExpr>(&S);
      Mentions |= Ref && Ref->getDecl() == Param;
      return !Mentions;
    });
    return Mentions;
  });
}

bool isViewClass(const CXXRecordDecl &Class, Facts &Unit) {
  if (Unit.Models.isListed(Class, NameList::Views))
    return true;
  return Class.hasDefinition() && Class.hasTrivialDestructor() &&
         !Class.isLambda() &&
         anyMember<CXXConstructorDecl>(constructorsOf(Class),
                                       pointsIntoArgument);
}

bool isView(QualType Type, Facts &Unit) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && isViewClass(*Class, Unit);
}

bool holdsView(QualType Type, Facts &Unit) {
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  return Class && Class->hasDefinition() && isPointerLike(*Class) &&
         Unit.Models.isLibrary(*Class) && Class->getTemplateArgs().size() > 0 &&
         Class->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         isView(Class->getTemplateArgs()[0].getAsType(), Unit);
}

const Expr *viewedBy(const Expr &Init) {
  const Expr *E = innermostOf(&Init);
  for (unsigned Steps = 0; E && Steps < 8; ++Steps) {
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (Construct->getNumArgs() == 0)
        return nullptr;
      E = innermostOf(Construct->getArg(0));
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
               Call &&
               isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl())) {
      E = innermostOf(Call->getImplicitObjectArgument());
    } else {
      return E;
    }
  }
  return nullptr;
}

const Expr *keyOf(const Expr &Call) {
  const auto *Inner = dyn_cast_or_null<CallExpr>(innermostOf(&Call));
  if (const auto *Construct =
          dyn_cast_or_null<CXXConstructExpr>(innermostOf(&Call));
      Construct && Construct->getNumArgs() == 1)
    Inner = dyn_cast_or_null<CallExpr>(innermostOf(Construct->getArg(0)));
  const CallOperands Operands = CallOperands::of(Inner);
  return Operands.Object && !Operands.Arguments.empty()
             ? Operands.Arguments.front()
             : nullptr;
}

const Expr *predicateOf(const FunctionDecl &Callee,
                        const CallOperands &Operands, Facts &Unit) {
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(Callee, Operands);
  const PredicateWaitModel *Model = Entry ? Entry->PredicateWait : nullptr;
  if (!Model || !Model->ResumesLater)
    return nullptr;
  llvm::ArrayRef<const Expr *> Arguments = Operands.at(Model->Predicate);
  return Arguments.empty() ? nullptr : Arguments.front();
}

} // namespace corolint
