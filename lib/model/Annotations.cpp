//===-- Annotations.cpp - Annotations of declarations ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/Annotations.h"
#include "Compat.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace corolint {

namespace {

struct Spelling {
  llvm::StringLiteral Name;
  Annotation Value;
};

constexpr Spelling Spellings[] = {
#define COROLINT_ANNOTATION(Name, Spelled, Bit) {Spelled, Annotation::Name},
#include "model/Annotations.def"
};

/// Adds the annotations of this declaration only.
void addOwn(const Decl &D, Annotations &Result) {
  if (!D.hasAttrs())
    return;
  for (const auto *Attr : D.specific_attrs<AnnotateAttr>()) {
    llvm::StringRef Text = Attr->getAnnotation();
    if (!Text.consume_front("corolint::"))
      continue;
    std::optional<Annotation> Found = annotationByName(Text);
    if (!Found)
      continue;
    if (Result.Set == Annotation::None)
      Result.Where = D.getLocation();
    Result.Set |= *Found;
    if (*Found != Annotation::Blocking || Attr->args_size() == 0)
      continue;
    const auto *Reason =
        dyn_cast<StringLiteral>((*Attr->args_begin())->IgnoreParenImpCasts());
    if (Reason && Reason->isOrdinary())
      Result.BlockingReason = Reason->getString();
  }
}

template <typename DeclT>
void addRedeclarations(const DeclT &D, Annotations &Result) {
  for (const auto *Redecl : D.redecls())
    addOwn(*Redecl, Result);
}

void merge(const Annotations &From, Annotations &Into) {
  if (Into.Set == Annotation::None)
    Into.Where = From.Where;
  Into.Set |= From.Set;
  if (Into.BlockingReason.empty())
    Into.BlockingReason = From.BlockingReason;
}

/// The function whose annotations \p FD shares: the pattern from which it is
/// instantiated, or the template (member) that it specialises explicitly.
const FunctionDecl *patternOf(const FunctionDecl &FD) {
  if (const FunctionDecl *Pattern = FD.getTemplateInstantiationPattern())
    return Pattern;
  if (const FunctionTemplateDecl *Template = FD.getPrimaryTemplate())
    return Template->getTemplatedDecl();
  return FD.getInstantiatedFromMemberFunction();
}

const CXXRecordDecl *patternOf(const CXXRecordDecl &RD) {
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&RD))
    return Spec->getSpecializedTemplate()->getTemplatedDecl();
  return RD.getInstantiatedFromMemberClass();
}

} // namespace

std::optional<Annotation> annotationByName(llvm::StringRef Name) {
  for (const Spelling &S : Spellings)
    if (S.Name == Name)
      return S.Value;
  return std::nullopt;
}

llvm::StringRef nearestAnnotation(llvm::StringRef Name) {
  llvm::StringRef Best;
  unsigned BestDistance = 1 + Name.size() / 3;
  for (const Spelling &S : Spellings) {
    unsigned Distance = Name.edit_distance(S.Name);
    if (Distance > BestDistance)
      continue;
    Best = S.Name;
    BestDistance = Distance - (Distance > 0);
  }
  return Best;
}

Annotations AnnotationReader::of(const FunctionDecl &FD) {
  const Decl *Key = FD.getCanonicalDecl();
  if (auto It = Known.find(Key); It != Known.end())
    return It->second;

  Annotations Result;
  addRedeclarations(FD, Result);
  for (const FunctionDecl *Redecl : FD.redecls()) {
    std::optional<bool> Blocks = compat::blockingAttribute(Redecl->getType());
    if (!Blocks)
      continue;
    if (Result.Set == Annotation::None)
      Result.Where = Redecl->getLocation();
    Result.Set |= *Blocks ? Annotation::Blocking : Annotation::NonBlocking;
  }
  if (const FunctionDecl *Pattern = patternOf(FD);
      Pattern && Pattern->getCanonicalDecl() != Key)
    merge(of(*Pattern), Result);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&FD)) {
    // A method's own annotation refines the inherited one: an override may be
    // non-blocking even if its base blocks.
    bool OwnNonBlocking = Result.has(Annotation::NonBlocking);
    for (const CXXMethodDecl *Overridden : Method->overridden_methods()) {
      Annotations Inherited = of(*Overridden);
      if (OwnNonBlocking)
        Inherited.Set &= ~(Annotation::Blocking | Annotation::SyncWait);
      merge(Inherited, Result);
    }
  }
  return Known[Key] = Result;
}

Annotations AnnotationReader::of(const CXXRecordDecl &RD) {
  const Decl *Key = RD.getCanonicalDecl();
  if (auto It = Known.find(Key); It != Known.end())
    return It->second;

  Annotations Result;
  addRedeclarations(RD, Result);
  if (const CXXRecordDecl *Pattern = patternOf(RD);
      Pattern && Pattern->getCanonicalDecl() != Key)
    merge(of(*Pattern), Result);
  return Known[Key] = Result;
}

Annotations AnnotationReader::ofStorage(const ValueDecl &Storage) {
  Annotations Result;
  if (const auto *Param = dyn_cast<ParmVarDecl>(&Storage))
    return of(*Param);
  const auto *Variable = dyn_cast<VarDecl>(&Storage);
  if (!Variable) {
    addOwn(Storage, Result);
    return Result;
  }
  const VarDecl *const Sources[] = {
      Variable, Variable->getInstantiatedFromStaticDataMember(),
      Variable->getTemplateInstantiationPattern()};
  for (const VarDecl *From : Sources)
    if (From)
      addRedeclarations(*From, Result);
  return Result;
}

Annotations AnnotationReader::of(const ParmVarDecl &Param) {
  Annotations Result;
  addOwn(Param, Result);
  const auto *FD = dyn_cast_or_null<FunctionDecl>(Param.getDeclContext());
  if (!FD)
    return Result;
  unsigned Index = Param.getFunctionScopeIndex();
  auto AddFrom = [&](const FunctionDecl &From) {
    for (const FunctionDecl *Redecl : From.redecls())
      if (Index < Redecl->getNumParams())
        addOwn(*Redecl->getParamDecl(Index), Result);
  };
  AddFrom(*FD);
  if (const FunctionDecl *Pattern = patternOf(*FD)) {
    // The annotations of a parameter pack apply to each parameter of its
    // expansion.
    AddFrom(*Pattern);
    if (Index >= Pattern->getNumParams() && Pattern->getNumParams() > 0)
      addOwn(*Pattern->getParamDecl(Pattern->getNumParams() - 1), Result);
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD))
    for (const CXXMethodDecl *Overridden : Method->overridden_methods())
      if (Index < Overridden->getNumParams())
        merge(of(*Overridden->getParamDecl(Index)), Result);
  return Result;
}

} // namespace corolint
