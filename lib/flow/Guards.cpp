//===-- Guards.cpp - Classes whose objects mean something while they live -===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/Guards.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

const GuardClass *GuardClasses::of(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class ? of(*Class) : nullptr;
}

const GuardClass *GuardClasses::of(const CXXRecordDecl &Class) {
  const CXXRecordDecl *Key = Class.getCanonicalDecl();
  auto [It, Inserted] = Classes.try_emplace(Key, nullptr);
  if (!Inserted)
    return It->second.get();
  auto Result = std::make_unique<GuardClass>();
  const CXXRecordDecl *Definition = Class.getDefinition();
  Result->Class = Definition ? Definition : &Class;
  if (!describe(*Result->Class, *Result))
    return nullptr;
  const GuardClass *Found = Result.get();
  Classes[Key] = std::move(Result);
  return Found;
}

namespace {

/// Whether \p Mutex may stop a thread. One that has an `unlock()`, but no
/// `lock()` other than one to be awaited, does not.
bool canStopThread(const CXXRecordDecl &Mutex) {
  bool Stops = false, Unlocks = false;
  auto Look = [&](const CXXRecordDecl &Class) {
    for (const CXXMethodDecl *Method : Class.methods()) {
      const IdentifierInfo *Name = Method->getIdentifier();
      Unlocks |=
          Name && (Name->isStr("unlock") || Name->isStr("unlock_shared"));
      if (!Name || !(Name->isStr("lock") || Name->isStr("lock_shared")))
        continue;
      const CXXRecordDecl *Returned =
          Method->getReturnType()->getAsCXXRecordDecl();
      Stops |= !Returned || !isAwaitable(*Returned);
    }
  };
  Look(Mutex);
  const bool Complete = Mutex.forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Stops || !Unlocks || !Complete;
}

} // namespace

/// Whether a lock of this class is one on the thread: `std::unique_lock` of an
/// async mutex is not.
bool GuardClasses::locksThread(const CXXRecordDecl &Class) {
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Spec)
    return true;
  llvm::SmallVector<TemplateArgument, 2> Arguments;
  for (const TemplateArgument &Argument : Spec->getTemplateArgs().asArray()) {
    if (Argument.getKind() == TemplateArgument::Pack)
      llvm::append_range(Arguments, Argument.getPackAsArray());
    else
      Arguments.push_back(Argument);
  }
  const CXXRecordDecl *Mutex = nullptr;
  for (const TemplateArgument &Argument : Arguments) {
    Mutex = Argument.getKind() == TemplateArgument::Type
                ? Argument.getAsType()->getAsCXXRecordDecl()
                : nullptr;
    const GuardModel *Model = Mutex ? Unit.Models.guard(*Mutex) : nullptr;
    if (Model && Model->Role == GuardRole::AsyncMutex)
      continue;
    if (!Mutex || !Mutex->hasDefinition() || isInSystemHeader(*Mutex) ||
        Model || canStopThread(*Mutex->getDefinition()))
      return true;
  }
  return !Mutex;
}

bool GuardClasses::describe(const CXXRecordDecl &Class, GuardClass &Result) {
  Annotations Marks = Unit.Annotations.of(Class);
  Result.IsNoYield = Marks.has(Annotation::NoYieldScope);
  Result.IsAllowBlocking = Marks.has(Annotation::AllowBlocking);
  Result.IsAsyncLock = Marks.has(Annotation::HoldsAcrossAwait);
  Result.Model = Unit.Models.guard(Class);
  if (Result.Model) {
    switch (Result.Model->Role) {
    case GuardRole::Lock:
      (locksThread(Class) ? Result.IsLock : Result.IsAsyncLock) = true;
      break;
    case GuardRole::AsyncLock:
      Result.IsAsyncLock = true;
      break;
    case GuardRole::Mutex:
      Result.IsMutex = true;
      break;
    case GuardRole::NoYield:
      Result.IsNoYield = true;
      break;
    case GuardRole::AllowBlocking:
      Result.IsAllowBlocking = true;
      break;
    case GuardRole::PendingWork:
      Result.IsPendingWork = true;
      break;
    case GuardRole::AsyncMutex:
    case GuardRole::Hold:
      return false; // Neither stops a thread nor must it not be held.
    }
  } else if (Class.hasAttr<ScopedLockableAttr>()) {
    Result.IsLock = Result.HasAttributes = true;
  } else if (Class.hasAttr<CapabilityAttr>()) {
    Result.IsMutex = Result.HasAttributes = true;
  }
  if (Result.IsAsyncLock)
    Result.IsLock = false;
  if (Result.isRaii() || Result.IsMutex || Result.IsAsyncLock)
    return true;

  if (const WrapperModel *Wrapper = Unit.Models.wrapper(Class)) {
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
    if (!Spec || Spec->getTemplateArgs().size() == 0 ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return false;
    Result.Wrapper = Wrapper;
    Result.Element = of(Spec->getTemplateArgs()[0].getAsType());
    return Result.Element && !Result.Element->IsMutex &&
           !Result.Element->IsAsyncLock;
  }
  if (!Class.hasDefinition())
    return false;
  if (!isInSystemHeader(Class) && unlocksInDestructor(Class)) {
    Result.IsLock = Result.IsInferred = true;
    return true;
  }
  return describeParts(Class, Result);
}

namespace {

bool isTemplateArgument(QualType Type, const CXXRecordDecl &Class) {
  Type = Class.getASTContext().getBaseElementType(Type);
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  return Spec &&
         llvm::any_of(Spec->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Argument) {
                        return Argument.getKind() == TemplateArgument::Type &&
                               Class.getASTContext().hasSameType(
                                   Argument.getAsType(), Type);
                      });
}

} // namespace

bool GuardClasses::describeParts(const CXXRecordDecl &Class,
                                 GuardClass &Result) {
  // The guard in an awaiter is the result that it will hand over.
  if (isAwaitable(Class))
    return false;
  auto AddPart = [&](const Decl &Subobject, QualType Type) {
    if (Type->isReferenceType() || Type->isPointerType())
      return;
    const GuardClass *Guard = of(Type);
    if (!Guard || Guard->IsMutex || Guard->IsAsyncLock)
      return;
    Result.Parts.push_back({&Subobject, Guard});
  };
  for (const CXXBaseSpecifier &Base : Class.bases()) {
    const CXXRecordDecl *BaseClass = Base.getType()->getAsCXXRecordDecl();
    if (!BaseClass)
      continue;
    const GuardClass *Guard = of(*BaseClass);
    if (!Guard)
      continue;
    if (Guard->IsMutex || Guard->IsAsyncLock) {
      // A class derived from a mutex is one.
      Result.IsMutex |= Guard->IsMutex;
      Result.IsAsyncLock |= Guard->IsAsyncLock;
      Result.Model = Guard->Model;
      Result.HasAttributes = Guard->HasAttributes;
      continue;
    }
    Result.Parts.push_back({BaseClass, Guard});
  }
  // The members of a library's class are its own business, but for those that
  // are what the user put in: a pair's halves.
  bool OfLibrary = isInSystemHeader(Class);
  for (const FieldDecl *Field : Class.fields())
    if (!OfLibrary || isTemplateArgument(Field->getType(), Class))
      AddPart(*Field, Field->getType());
  return !Result.Parts.empty() || Result.IsMutex || Result.IsAsyncLock;
}

std::optional<GuardAction>
GuardClasses::directAction(const FunctionDecl &Function) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function)) {
    // No recursion into inferred guards: a mutex is a mutex by its model or
    // its attributes.
    const CXXRecordDecl *Class = Method->getParent();
    const GuardModel *Model = Unit.Models.guard(*Class);
    if ((Model && Model->Role == GuardRole::Mutex) ||
        Class->hasAttr<CapabilityAttr>()) {
      GuardClass Mutex;
      Mutex.Class = Class;
      Mutex.Model = Model;
      Mutex.HasAttributes = !Model;
      return actionOf(*Method, Mutex);
    }
  }
  if (const LockFunctionModel *Lock = lockFunction(Function))
    return Lock->Action;
  return std::nullopt;
}

bool GuardClasses::unlocksInDestructor(const CXXRecordDecl &Class) {
  const CXXDestructorDecl *Destructor = Class.getDestructor();
  const FunctionDecl *Definition = nullptr;
  if (!Destructor || !Destructor->isUserProvided() ||
      !Destructor->hasBody(Definition))
    return false;
  for (const Site &S : Unit.Bodies.of(*Definition).Sites)
    if (S.What == Site::Kind::Call && S.Callee &&
        directAction(*S.Callee) == GuardAction::Releases)
      return true;
  return false;
}

const LockFunctionModel *
GuardClasses::lockFunction(const FunctionDecl &Function) {
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(Function);
  return Entry ? Entry->Lock : nullptr;
}

namespace {

std::string methodName(const CXXMethodDecl &Method) {
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(&Method))
    return Conversion->getConversionType()->isBooleanType() ? "operator bool"
                                                            : "operator";
  return Method.getNameAsString();
}

} // namespace

std::optional<GuardAction> GuardClasses::actionOf(const CXXMethodDecl &Method,
                                                  const GuardClass &Guard) {
  if (Unit.Annotations.of(Method).has(Annotation::NoYieldEnd))
    return GuardAction::Releases;
  llvm::ArrayRef<MethodModel> Methods;
  if (Guard.Model)
    Methods = Guard.Model->Methods;
  else if (Guard.Wrapper)
    Methods = Guard.Wrapper->Methods;
  if (!Methods.empty()) {
    std::string Name = methodName(Method);
    for (const MethodModel &M : Methods)
      if (M.Method == Name)
        return M.Action;
  }
  if (Guard.HasAttributes) {
    if (Method.hasAttr<ReleaseCapabilityAttr>())
      return GuardAction::Releases;
    if (Method.hasAttr<AcquireCapabilityAttr>())
      return GuardAction::Acquires;
    if (Method.hasAttr<TryAcquireCapabilityAttr>())
      return GuardAction::Tries;
  }
  if (!Guard.IsInferred || isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return std::nullopt;
  const FunctionDecl *Definition = nullptr;
  if (!Method.hasBody(Definition))
    return std::nullopt;
  std::optional<GuardAction> Result;
  for (const Site &S : Unit.Bodies.of(*Definition).Sites) {
    if (S.What != Site::Kind::Call || !S.Callee)
      continue;
    std::optional<GuardAction> Action = directAction(*S.Callee);
    if (Action == GuardAction::Acquires || Action == GuardAction::Releases)
      Result = Action;
  }
  return Result;
}

GuardState GuardClasses::stateAfter(const CXXConstructorDecl &Constructor,
                                    llvm::ArrayRef<const Expr *> Arguments,
                                    const GuardClass &Guard) {
  if (Guard.Model) {
    unsigned Written = llvm::count_if(
        Arguments, [](const Expr *E) { return !isa<CXXDefaultArgExpr>(E); });
    for (const ConstructorModel &Rule : Guard.Model->Constructors) {
      if (Rule.Count >= 0 && unsigned(Rule.Count) != Written)
        continue;
      if (!Rule.ArgumentType.empty() &&
          llvm::none_of(Arguments, [&](const Expr *E) {
            const TagDecl *Tag =
                E->getType().getNonReferenceType()->getAsTagDecl();
            return Tag && hasQualifiedName(*Tag, Rule.ArgumentType);
          }))
        continue;
      return Rule.State;
    }
    return GuardState::Held;
  }
  if (Guard.HasAttributes) {
    if (Constructor.hasAttr<TryAcquireCapabilityAttr>())
      return GuardState::Maybe;
    if (Constructor.hasAttr<RequiresCapabilityAttr>())
      return GuardState::Adopted;
    // Without attributes of its own: what a guard is made of, it locks.
    return Constructor.hasAttr<AcquireCapabilityAttr>() || !Arguments.empty()
               ? GuardState::Held
               : GuardState::Empty;
  }
  if (!Guard.IsInferred)
    return GuardState::Held;
  const FunctionDecl *Definition = nullptr;
  if (!Constructor.hasBody(Definition))
    return Arguments.empty() ? GuardState::Empty : GuardState::Held;
  for (const Site &S : Unit.Bodies.of(*Definition).Sites)
    if (S.What == Site::Kind::Call && S.Callee &&
        directAction(*S.Callee) == GuardAction::Acquires)
      return GuardState::Held;
  return GuardState::Empty;
}

} // namespace corolint
