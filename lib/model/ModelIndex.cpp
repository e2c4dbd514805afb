//===-- ModelIndex.cpp - Finds the model of a declaration -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/ModelIndex.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/CXXInheritance.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/OperatorKinds.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

namespace {

/// Splits the last component off \p Qualified: "std::a::b" gives "b" and leaves
/// "std::a". Operators contain no "::" themselves.
StringRef takeLast(StringRef &Qualified) {
  size_t Colons = Qualified.rfind("::");
  StringRef Last = Qualified;
  if (Colons == StringRef::npos) {
    Qualified = {};
  } else {
    Last = Qualified.substr(Colons + 2);
    Qualified = Qualified.substr(0, Colons);
  }
  return Last;
}

bool isTransparent(const DeclContext &Context) {
  if (const auto *Namespace = dyn_cast<NamespaceDecl>(&Context))
    return Namespace->isInline() || Namespace->isAnonymousNamespace();
  return !isa<RecordDecl>(Context) &&
         !(isa<EnumDecl>(Context) && cast<EnumDecl>(Context).isScoped());
}

/// Whether the named contexts around a declaration are exactly \p Qualified.
bool hasScope(const DeclContext *Context, StringRef Qualified) {
  for (; Context && !Context->isTranslationUnit();
       Context = Context->getParent()) {
    if (isTransparent(*Context))
      continue;
    const auto *Named = cast<NamedDecl>(Context);
    const IdentifierInfo *Identifier = Named->getIdentifier();
    if (Qualified.empty() || !Identifier ||
        Identifier->getName() != takeLast(Qualified))
      return false;
  }
  return Qualified.empty();
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

} // namespace

bool hasQualifiedName(const NamedDecl &D, StringRef Name) {
  StringRef Last = takeLast(Name);
  const IdentifierInfo *Identifier = D.getIdentifier();
  return Identifier && Identifier->getName() == Last &&
         hasScope(D.getDeclContext(), Name);
}

ModelIndex::ModelIndex(ASTContext &Context,
                       llvm::ArrayRef<const ModelTables *> AllTables)
    : Context(Context) {
  using Kind = Candidate::Kind;
  // Later tables are the user's: they come first, so that they win.
  for (const ModelTables *Tables : llvm::reverse(AllTables)) {
    for (const FunctionModel &M : Tables->Functions)
      add(Kind::Function, M.Name, &M, Tables);
    for (const CallableModel &M : Tables->Callables)
      add(Kind::Callable, M.Function, &M, Tables);
    for (const LockFunctionModel &M : Tables->LockFunctions)
      add(Kind::LockFunction, M.Function, &M, Tables);
    for (const GuardModel &M : Tables->Guards) {
      add(Kind::Guard, M.Class, &M, Tables);
      for (StringRef Function : M.AcquiredBy)
        add(Kind::AcquiredBy, Function, &M, Tables);
    }
    for (const WrapperModel &M : Tables->Wrappers) {
      add(Kind::Wrapper, M.Class, &M, Tables);
      for (StringRef Function : M.Factories)
        add(Kind::Factory, Function, &M, Tables);
    }
    for (const ReadinessModel &M : Tables->Readiness)
      add(Kind::Readiness, M.Method, &M, Tables);
    for (StringRef Name : Tables->PassThrough)
      add(Kind::PassThrough, Name, nullptr, Tables);
    for (StringRef Name : Tables->NeverSuspends)
      add(Kind::NeverSuspends, Name, nullptr, Tables);
    llvm::append_range(Opaque, Tables->Opaque);
  }
}

void ModelIndex::add(Candidate::Kind What, StringRef Name, const void *Model,
                     const ModelTables *From) {
  StringRef Scope = Name;
  StringRef Last = takeLast(Scope);
  Candidate Entry{What, Name, Model, From};

  if (std::optional<OverloadedOperatorKind> Operator = operatorByName(Last)) {
    ByOperator[*Operator].push_back(Entry);
    return;
  }
  if (Last.starts_with("operator ")) {
    Conversions.push_back(Entry);
    return;
  }
  bool IsDestructor = Last.consume_front("~");
  // An identifier that this translation unit never saw cannot be called in it.
  auto It = Context.Idents.find(Last);
  if (It == Context.Idents.end())
    return;
  const IdentifierInfo *Identifier = It->getValue();
  if (IsDestructor) {
    Destructors[Identifier].push_back(Entry);
    return;
  }
  if (takeLast(Scope) == Last)
    Constructors[Identifier].push_back(Entry);
  ByIdentifier[Identifier].push_back(Entry);
}

const ModelIndex::Candidates *ModelIndex::candidates(const NamedDecl &D) const {
  auto Lookup = [](const auto &Map, const auto &Key) -> const Candidates * {
    auto It = Map.find(Key);
    return It == Map.end() ? nullptr : &It->second;
  };
  DeclarationName Name = D.getDeclName();
  switch (Name.getNameKind()) {
  case DeclarationName::Identifier:
    return Lookup(ByIdentifier, Name.getAsIdentifierInfo());
  case DeclarationName::CXXConstructorName:
    return Lookup(Constructors,
                  cast<NamedDecl>(D.getDeclContext())->getIdentifier());
  case DeclarationName::CXXDestructorName:
    return Lookup(Destructors,
                  cast<NamedDecl>(D.getDeclContext())->getIdentifier());
  case DeclarationName::CXXOperatorName:
    return Lookup(ByOperator, unsigned(Name.getCXXOverloadedOperator()));
  case DeclarationName::CXXConversionFunctionName:
    return Conversions.empty() ? nullptr : &Conversions;
  default:
    return nullptr;
  }
}

namespace {

/// The classes whose method \p FD counts as when called on \p Object: from the
/// object's class up to the declaring one.
llvm::SmallVector<const DeclContext *, 2>
scopesOf(const FunctionDecl &FD, const CXXRecordDecl *Object) {
  llvm::SmallVector<const DeclContext *, 2> Scopes{FD.getDeclContext()};
  const auto *Method = dyn_cast<CXXMethodDecl>(&FD);
  if (!Method || !Object || !Object->hasDefinition())
    return Scopes;
  const CXXRecordDecl *Declaring = Method->getParent()->getCanonicalDecl();
  if (Object->getCanonicalDecl() == Declaring)
    return Scopes;
  Scopes.push_back(Object);
  Object->forallBases([&](const CXXRecordDecl *Base) {
    if (Base->getCanonicalDecl() != Declaring &&
        Base->isDerivedFrom(Method->getParent()))
      Scopes.push_back(Base);
    return true;
  });
  return Scopes;
}

/// Whether \p FD can be the C function whose name it has. A C++ function can
/// only be a stand-in for it: declared, never defined, with a signature C could
/// have, and the only one of the name.
bool maybeCFunction(const FunctionDecl &FD) {
  if (FD.isExternC() || !FD.getASTContext().getLangOpts().CPlusPlus)
    return true;
  const SourceManager &Sources = FD.getASTContext().getSourceManager();
  if (Sources.isInSystemHeader(FD.getLocation()))
    return true;
  auto IsOfC = [](QualType Type) {
    return Type->isScalarType() || Type->isVoidType();
  };
  if (FD.hasBody() || FD.isTemplated() || FD.isTemplateInstantiation() ||
      !IsOfC(FD.getReturnType()) ||
      !llvm::all_of(FD.parameters(), [&](const ParmVarDecl *Param) {
        return IsOfC(Param->getType());
      }))
    return false;
  return llvm::none_of(
      FD.getDeclContext()->getRedeclContext()->lookup(FD.getDeclName()),
      [&](const NamedDecl *Other) {
        return isa<FunctionDecl, FunctionTemplateDecl>(Other) &&
               Other->getCanonicalDecl() != FD.getCanonicalDecl();
      });
}

bool nameFits(const FunctionDecl &FD, StringRef Qualified,
              llvm::ArrayRef<const DeclContext *> Scopes) {
  StringRef Last = takeLast(Qualified);
  if (isa<CXXConversionDecl>(FD)) {
    QualType To = cast<CXXConversionDecl>(FD).getConversionType();
    if (!Last.consume_front("operator ") ||
        To.getUnqualifiedType().getAsString(
            FD.getASTContext().getPrintingPolicy()) != Last)
      return false;
  }
  if (Qualified.empty() && !maybeCFunction(FD))
    return false;
  return llvm::any_of(Scopes, [&](const DeclContext *Scope) {
    return hasScope(Scope, Qualified);
  });
}

} // namespace

const ModelIndex::FunctionEntry *ModelIndex::find(const FunctionDecl &FD,
                                                  const CXXRecordDecl *Object) {
  llvm::SmallVector<const DeclContext *, 2> Scopes;
  return collect(FD, Object, [&](StringRef Name) {
    if (Scopes.empty())
      Scopes = scopesOf(FD, Object);
    return nameFits(FD, Name, Scopes);
  });
}

const ModelIndex::FunctionEntry *ModelIndex::find(const VarDecl &Object) {
  return collect(Object, nullptr, [&](StringRef Name) {
    return hasQualifiedName(Object, Name);
  });
}

const ModelIndex::FunctionEntry *
ModelIndex::collect(const NamedDecl &D, const CXXRecordDecl *Object,
                    llvm::function_ref<bool(StringRef Name)> Fits) {
  const Candidates *Possible = candidates(D);
  if (!Possible)
    return nullptr;
  auto [It, Inserted] =
      Found.try_emplace({D.getCanonicalDecl(), Object}, nullptr);
  if (!Inserted)
    return It->second.get();

  auto Entry = std::make_unique<FunctionEntry>();
  for (const Candidate &C : *Possible) {
    if (!Fits(C.Name))
      continue;
    switch (C.What) {
    case Candidate::Kind::Function:
      if (!Entry->EffectsFrom)
        Entry->EffectsFrom = C.From;
      if (Entry->EffectsFrom == C.From)
        Entry->Effects.push_back(static_cast<const FunctionModel *>(C.Model));
      break;
    case Candidate::Kind::Callable:
      Entry->Callables.push_back(static_cast<const CallableModel *>(C.Model));
      break;
    case Candidate::Kind::LockFunction:
      if (!Entry->Lock)
        Entry->Lock = static_cast<const LockFunctionModel *>(C.Model);
      break;
    case Candidate::Kind::PassThrough:
      Entry->PassThrough = true;
      break;
    case Candidate::Kind::NeverSuspends:
      Entry->NeverSuspends = true;
      break;
    case Candidate::Kind::Factory:
      Entry->MakesWrapper = true;
      break;
    default:
      break;
    }
  }
  if (Entry->empty())
    return nullptr;
  It->second = std::move(Entry);
  return It->second.get();
}

template <typename T>
const T *ModelIndex::findClass(const CXXRecordDecl &RD,
                               Candidate::Kind What) const {
  if (!RD.getIdentifier())
    return nullptr;
  auto It = ByIdentifier.find(RD.getIdentifier());
  if (It == ByIdentifier.end())
    return nullptr;
  for (const Candidate &C : It->second)
    if (C.What == What && hasQualifiedName(RD, C.Name))
      return static_cast<const T *>(C.Model);
  return nullptr;
}

const GuardModel *ModelIndex::guard(const CXXRecordDecl &RD) const {
  return findClass<GuardModel>(RD, Candidate::Kind::Guard);
}

const WrapperModel *ModelIndex::wrapper(const CXXRecordDecl &RD) const {
  return findClass<WrapperModel>(RD, Candidate::Kind::Wrapper);
}

bool ModelIndex::neverSuspends(const CXXRecordDecl &RD) const {
  if (!RD.getIdentifier())
    return false;
  auto It = ByIdentifier.find(RD.getIdentifier());
  return It != ByIdentifier.end() &&
         llvm::any_of(It->second, [&](const Candidate &C) {
           return C.What == Candidate::Kind::NeverSuspends &&
                  hasQualifiedName(RD, C.Name);
         });
}

bool ModelIndex::isLibrary(const Decl &D) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Sources.isInSystemHeader(Sources.getExpansionLoc(D.getLocation())))
    return true;
  for (const DeclContext *Scope = D.getDeclContext(); Scope;
       Scope = Scope->getParent()) {
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

const ReadinessModel *ModelIndex::readiness(const CXXMethodDecl &Method,
                                            const CXXRecordDecl *Object) const {
  if (!Method.getIdentifier())
    return nullptr;
  auto It = ByIdentifier.find(Method.getIdentifier());
  if (It == ByIdentifier.end())
    return nullptr;
  for (const Candidate &C : It->second) {
    if (C.What != Candidate::Kind::Readiness)
      continue;
    const auto *Model = static_cast<const ReadinessModel *>(C.Model);
    for (const DeclContext *Scope : scopesOf(Method, Object))
      if (hasScope(Scope, Model->Class))
        return Model;
  }
  return nullptr;
}

const GuardModel *ModelIndex::startsPendingWork(const FunctionDecl &FD) const {
  const Candidates *Possible = candidates(FD);
  if (!Possible)
    return nullptr;
  for (const Candidate &C : *Possible)
    if (C.What == Candidate::Kind::AcquiredBy &&
        nameFits(FD, C.Name, FD.getDeclContext()))
      return static_cast<const GuardModel *>(C.Model);
  return nullptr;
}

} // namespace corolint
