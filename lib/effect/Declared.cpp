//===-- Declared.cpp - Declared effects -----------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Declared.h"
#include "Compat.h"
#include "code/Members.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// Whether resuming through a handle of this type runs a generator on the
/// caller's stack, and not another waiting coroutine.
bool resumesGenerator(const CXXRecordDecl *Handle) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Handle);
  if (!Spec || Spec->getTemplateArgs().size() != 1 ||
      Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const CXXRecordDecl *Promise =
      Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  if (!Promise || !Promise->hasDefinition())
    return false;
  bool Yields = false;
  auto Look = [&](const CXXRecordDecl &Class) {
    Yields |= !membersNamed(Class, "yield_value").empty();
  };
  Look(*Promise);
  Promise->forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Yields;
}

/// The effects that the type of a called function pointer declares.
DeclaredEffects declaredByType(const Site &S) {
  DeclaredEffects Result;
  const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
  const Expr *Called = Call ? Call->getCallee() : nullptr;
  QualType Type = Called ? Called->getType() : QualType();
  if (!Type.isNull() && Type->isPointerType() &&
      compat::blockingAttribute(Type->getPointeeType()) == true) {
    Result.Known = OnThread;
    Result.Effects = DeclaredBlocking;
  }
  return Result;
}

/// Adds the effects that models declare and annotations do not.
void addModelled(DeclaredEffects &Result, const Site &S,
                 const FunctionDecl *Enclosing, Facts &Unit,
                 DescriptorEvidence &Descriptors, PassedArguments &Passed) {
  const CallOperands Operands = CallOperands::of(S.Node);
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(*S.Callee, Operands);
  if (!Entry)
    return;
  const EffectSet Annotated = Result.Known;
  for (const FunctionModel *Model : Entry->Effects) {
    EffectSet Effects = 0;
    switch (Model->Effect) {
    case EffectKind::None:
      Result.Known |= AllEffects & ~Annotated;
      continue;
    case EffectKind::Yields:
      Result.Known |= Yields & ~Annotated;
      Effects = Yields;
      break;
    case EffectKind::Blocks:
      Result.Known |= OnThread & ~Annotated;
      Effects = bit(Model->Kind);
      break;
    case EffectKind::SyncWaits:
      Result.Known |= OnThread & ~Annotated;
      Effects = SyncWaits;
      break;
    }
    Effects &= ~Annotated;
    if (!Effects || !Unit.Conditions.applies(*Model, Operands, Enclosing))
      continue;
    if (Effects == Yields && resumesGenerator(Operands.objectClass()))
      continue;
    if (Enclosing && (Descriptors.isNonblocking(*Model, S, *Enclosing) ||
                      Passed.isVoided(*Model, S, *Enclosing)))
      continue;
    Result.Effects |= Effects;
    (Effects == Yields ? Result.YieldModel : Result.BlockingModel) = Model;
  }
}

} // namespace

DeclaredEffects annotatedEffects(const FunctionDecl &Function,
                                 AnnotationReader &Reader) {
  DeclaredEffects Result;
  Result.Marks = Reader.of(Function);
  const Annotations &Marks = Result.Marks;
  if (Marks.has(Annotation::NonBlocking)) {
    Result.Known |= OnThread;
  } else if (Marks.has(Annotation::SyncWait)) {
    Result.Known |= OnThread;
    Result.Effects |= SyncWaits;
  } else if (Marks.has(Annotation::Blocking)) {
    Result.Known |= OnThread;
    Result.Effects |= DeclaredBlocking;
  }
  if (Marks.has(Annotation::Yields)) {
    Result.Known |= Yields;
    Result.Effects |= Yields;
  }
  return Result;
}

DeclaredEffects declaredEffects(const Site &S, const FunctionDecl *Enclosing,
                                Facts &Unit, DescriptorEvidence &Descriptors,
                                PassedArguments &Passed) {
  if (!S.Callee)
    return declaredByType(S);
  DeclaredEffects Result = annotatedEffects(*S.Callee, Unit.Annotations);
  if (Result.Known == AllEffects)
    return Result;
  addModelled(Result, S, Enclosing, Unit, Descriptors, Passed);
  // A call that is a declared sync wait is reported only as that.
  if (Result.Effects & SyncWaits)
    Result.Effects &= ~AnyBlocking;
  return Result;
}

const GuardModel *pendingWorkAt(const Site &S, const FunctionDecl &Function,
                                FlowAnalysis &Flows) {
  const auto *Destructor = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (S.What != Site::Kind::Destroy || !Destructor || !S.Node)
    return nullptr;
  const GuardClass *Class = Flows.Guards.of(*Destructor->getParent());
  if (!Class ||
      (!Class->IsPendingWork && !Class->Element && Class->Parts.empty()))
    return nullptr;
  for (const PendingDestruction &Pending :
       Flows.of(Function).pendingDestructions())
    if (Pending.Variable ? Pending.Variable == S.Variable
                         : Pending.Temporary == S.Node)
      return Pending.Class->Model;
  return nullptr;
}

} // namespace corolint
