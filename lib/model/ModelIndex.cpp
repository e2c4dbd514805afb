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
#include "clang/Basic/CharInfo.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace clang;

namespace corolint {

ModelIndex::ModelIndex(ASTContext &Context,
                       llvm::ArrayRef<const ModelTables *> AllTables)
    : Context(Context) {
  // Later tables are the user's. They are added first, so that they take
  // precedence.
  for (const ModelTables *Tables : llvm::reverse(AllTables))
    addTables(*Tables);
}

namespace {

/// The name under which an entry is indexed, which is its first field.
/// Readiness tests are indexed by their method.
template <typename T> StringRef keyOf(const T &Entry) {
  if constexpr (std::is_same_v<T, ReadinessModel>)
    return Entry.Method;
  else if constexpr (requires { Entry.Class; })
    return Entry.Class;
  else if constexpr (requires { Entry.Function; })
    return Entry.Function;
  else
    return Entry.Name;
}

} // namespace

void ModelIndex::addTables(const ModelTables &Tables) {
  using Kind = Candidate::Kind;
#define COROLINT_MODEL_TABLE(Type, Name, Key)                                  \
  for (const Type &M : Tables.Name)                                            \
    add(Kind::Name, keyOf(M), &M, &Tables);
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  for (StringRef Each : Tables.Name)                                           \
    add(Kind::Name, Each, nullptr, &Tables);
#include "model/ModelTables.def"
  KnowsYields = KnowsYields ||
                llvm::any_of(Tables.Functions,
                             [&](const FunctionModel &M) {
                               return M.Effect == EffectKind::Yields &&
                                      mayBeDeclared(M.Name, Context);
                             }) ||
                llvm::any_of(Tables.YieldingArguments, [&](StringRef Class) {
                  return mayBeDeclared(Class, Context);
                });
  for (const GuardModel &M : Tables.Guards)
    for (StringRef Function : M.AcquiredBy)
      add(Kind::AcquiredBy, Function, &M, &Tables);
  for (const WrapperModel &M : Tables.Wrappers)
    for (StringRef Function : M.Factories)
      add(Kind::Factory, Function, &M, &Tables);
  for (const WouldBlockModel &M : Tables.WouldBlock)
    WouldBlock.push_back(&M);
  Described.add(Tables.Opaque);
  llvm::append_range(LogWords, Tables.LogWords);
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
  bool IsPrefix = Last.ends_with("*"); // Operators are handled above.
  const bool IsInner = IsPrefix && Name.starts_with("**");
  if (IsInner)
    Last = takeLast(Scope);
  else if (IsPrefix)
    Last = Scope.split("::").first;
  // A translation unit cannot call an identifier that it does not contain.
  auto It = Context.Idents.find(Last);
  if (It == Context.Idents.end())
    return;
  const IdentifierInfo *Identifier = It->getValue();
  if (IsPrefix) {
    (IsInner ? InnerPatterns : Patterns)[Identifier].push_back(Entry);
    return;
  }
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

/// The classes that may contain the model of \p FD when it is called on
/// \p Object: from the object's class up to the declaring one.
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

/// Whether \p FD may be the C function of its name. A C++ function can only be
/// declared in its place: never defined, with a signature possible in C, and
/// without overloads.
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
  if (Qualified.ends_with("*") && !Qualified.ends_with("operator*")) {
    // A constructor has the name of its class; an operator has none.
    const IdentifierInfo *Identifier =
        isa<CXXConstructorDecl>(FD)
            ? cast<CXXConstructorDecl>(FD).getParent()->getIdentifier()
            : FD.getIdentifier();
    return Identifier && llvm::any_of(Scopes, [&](const DeclContext *Scope) {
             return fitsQualifiedName(Identifier->getName(), Scope, Qualified);
           });
  }
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

const ModelIndex::FunctionEntry *ModelIndex::find(const FieldDecl &Field) {
  return collect(Field, nullptr,
                 [&](StringRef Name) { return hasQualifiedName(Field, Name); });
}

void ModelIndex::addTo(FunctionEntry &Entry, const Candidate &Found) {
  using Kind = Candidate::Kind;
  auto Add = [&]<typename T>(llvm::SmallVector<const T *, 1> &List) {
    List.push_back(static_cast<const T *>(Found.Model));
  };
  auto Set = [&]<typename T>(const T *&Slot) {
    if (!Slot)
      Slot = static_cast<const T *>(Found.Model);
  };
  Entry.IsEmpty = false;
  switch (Found.What) {
  case Kind::Functions:
    if (!Entry.EffectsFrom)
      Entry.EffectsFrom = Found.From;
    if (Entry.EffectsFrom == Found.From)
      Add(Entry.Effects);
    return;
  case Kind::Callables:
    return Add(Entry.Callables);
  case Kind::Resumes:
    return Add(Entry.Resumes);
  case Kind::Binds:
    return Add(Entry.Binds);
  case Kind::KeepsAlive:
    return Add(Entry.KeepsAlive);
  case Kind::Descriptors:
    return Add(Entry.Descriptors);
  case Kind::LockFunctions:
    return Set(Entry.Lock);
  case Kind::Contexts:
    return Set(Entry.Context);
  case Kind::TaskFunctions:
    return Set(Entry.Task);
  case Kind::PredicateWaits:
    return Set(Entry.PredicateWait);
  case Kind::Factory:
    Entry.MakesWrapper = true;
    return;
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  case Kind::Name:                                                             \
    Entry.Name = true;                                                         \
    return;
#include "model/ModelTables.def"
  default:
    return;
  }
}

const ModelIndex::FunctionEntry *
ModelIndex::collect(const NamedDecl &D, const CXXRecordDecl *Object,
                    llvm::function_ref<bool(StringRef Name)> Fits) {
  const Candidates *Possible = candidates(D);
  const auto [Outer, Inner] = patterns(*D.getDeclContext());
  if (!Possible && !Outer && !Inner)
    return nullptr;
  auto [It, Inserted] =
      Found.try_emplace({D.getCanonicalDecl(), Object}, nullptr);
  if (!Inserted)
    return It->second.get();

  auto Entry = std::make_unique<FunctionEntry>();
  for (const Candidates *List : {Possible, Outer, Inner})
    if (List)
      for (const Candidate &C : *List)
        if (Fits(C.Name))
          addTo(*Entry, C);
  if (Entry->IsEmpty)
    return nullptr;
  It->second = std::move(Entry);
  return It->second.get();
}

ModelIndex::ScopeCandidates
ModelIndex::patterns(const DeclContext &Scope) const {
  if (Patterns.empty() && InnerPatterns.empty())
    return {};
  auto [It, Inserted] =
      ScopePatterns.try_emplace(Scope.getPrimaryContext(), ScopeCandidates());
  if (!Inserted)
    return It->second;
  auto Find = [](const auto &Map, const NamedDecl *Scope) {
    auto Named = Scope ? Map.find(Scope->getIdentifier()) : Map.end();
    return Named == Map.end() ? nullptr : &Named->second;
  };
  It->second = {Find(Patterns, outermostScope(Scope)),
                Find(InnerPatterns, dyn_cast<CXXRecordDecl>(&Scope))};
  return It->second;
}

bool ModelIndex::anyOfClass(
    const CXXRecordDecl &RD, Candidate::Kind What,
    llvm::function_ref<bool(const Candidate &)> Found) const {
  if (!RD.getIdentifier())
    return false;
  auto [Known, Inserted] = OfClasses.try_emplace(&RD);
  auto &Fitting = Known->second;
  if (Inserted) {
    auto It = ByIdentifier.find(RD.getIdentifier());
    const Candidates *Named = It == ByIdentifier.end() ? nullptr : &It->second;
    const auto [Outer, Inner] = patterns(*RD.getDeclContext());
    for (const Candidates *List : {Named, Outer, Inner})
      if (List)
        for (const Candidate &C : *List)
          if (hasQualifiedName(RD, C.Name))
            Fitting.push_back(&C);
  }
  return llvm::any_of(Fitting, [&](const Candidate *C) {
    return C->What == What && Found(*C);
  });
}

template <typename T>
const T *ModelIndex::findClass(const CXXRecordDecl &RD,
                               Candidate::Kind What) const {
  const T *Result = nullptr;
  anyOfClass(RD, What, [&](const Candidate &C) {
    Result = static_cast<const T *>(C.Model);
    return true;
  });
  return Result;
}

const GuardModel *ModelIndex::guard(const CXXRecordDecl &RD) const {
  return findClass<GuardModel>(RD, Candidate::Kind::Guards);
}

const WrapperModel *ModelIndex::wrapper(const CXXRecordDecl &RD) const {
  return findClass<WrapperModel>(RD, Candidate::Kind::Wrappers);
}

const ContextModel *ModelIndex::context(const CXXRecordDecl &RD,
                                        ContextBy By) const {
  const ContextModel *Result = nullptr;
  anyOfClass(RD, Candidate::Kind::Contexts, [&](const Candidate &C) {
    const auto *Model = static_cast<const ContextModel *>(C.Model);
    if (Model->By == By)
      Result = Model;
    return Result != nullptr;
  });
  return Result;
}

const ExecutorModel *ModelIndex::executor(const CXXRecordDecl &RD) const {
  return findClass<ExecutorModel>(RD, Candidate::Kind::Executors);
}

const ResumeModel *ModelIndex::resume(const CXXRecordDecl &RD) const {
  return findClass<ResumeModel>(RD, Candidate::Kind::Resumes);
}

const TaskModel *ModelIndex::task(const CXXRecordDecl &RD) const {
  return findClass<TaskModel>(RD, Candidate::Kind::Tasks);
}

const ContainerModel *ModelIndex::container(const CXXRecordDecl &RD) const {
  return findClass<ContainerModel>(RD, Candidate::Kind::Containers);
}

bool ModelIndex::isListed(const CXXRecordDecl &RD, NameList List) const {
  auto Of = [](NameList List) {
    switch (List) {
#define COROLINT_MODEL_NAMES(Name, Key)                                        \
  case NameList::Name:                                                         \
    return Candidate::Kind::Name;
#include "model/ModelTables.def"
    }
    llvm_unreachable("not a list of names");
  };
  return anyOfClass(RD, Of(List), [](const Candidate &) { return true; });
}

/// Whether the last word of \p Name, in camel case or with underscores, is
/// \p Word, which is in lower case.
static bool endsInWord(StringRef Name, StringRef Word) {
  Name = Name.rtrim('_');
  if (!Name.ends_with_insensitive(Word))
    return false;
  const StringRef Before = Name.drop_back(Word.size());
  return Before.empty() || Before.back() == '_' ||
         isUppercase(Name[Before.size()]);
}

bool ModelIndex::writesLog(const FunctionDecl &Function) const {
  for (const DeclContext *Scope = Function.getDeclContext(); Scope;
       Scope = Scope->getParent()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(Scope);
    if (!Class || !Class->getIdentifier())
      continue;
    std::string WithMethod = Class->getName().str();
    if (Class == Function.getParent() && Function.getIdentifier())
      WithMethod += "::" + Function.getName().str();
    if (llvm::any_of(LogWords, [&](StringRef Word) {
          return endsInWord(Class->getName(), Word) ||
                 (Word.contains("::") && endsInWord(WithMethod, Word));
        }))
      return true;
  }
  return false;
}

const ReadinessModel *ModelIndex::readiness(const FunctionDecl &Function,
                                            const CXXRecordDecl *Object,
                                            ReadinessMeaning Means,
                                            const NamedDecl *Value) const {
  const Candidates *Possible = candidates(Function);
  if (!Possible)
    return nullptr;
  for (const Candidate &C : *Possible) {
    if (C.What != Candidate::Kind::Readiness)
      continue;
    const auto *Model = static_cast<const ReadinessModel *>(C.Model);
    if (Model->Means != Means ||
        (Value &&
         (Model->Ready.empty() || !hasQualifiedName(*Value, Model->Ready))))
      continue;
    for (const DeclContext *Scope : scopesOf(Function, Object))
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
