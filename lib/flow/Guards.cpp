//===-- Guards.cpp - Classes of guards and mutexes ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/Guards.h"
#include "code/Members.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSwitch.h"

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

const GuardClass *GuardClasses::ofObject(const Expr *Object,
                                         const CXXMethodDecl &Method) {
  const GuardClass *Class =
      Object ? of(Object->IgnoreParenImpCasts()->getType()) : nullptr;
  return Class ? Class : of(*Method.getParent());
}

namespace {

/// The effect of a method on a mutex, according to the standard's names for the
/// members of a lockable class.
std::optional<GuardAction> actionByName(const CXXMethodDecl &Method) {
  const IdentifierInfo *Name = Method.getIdentifier();
  if (!Name || Method.isStatic())
    return std::nullopt;
  return llvm::StringSwitch<std::optional<GuardAction>>(Name->getName())
      .Case("lock", GuardAction::Acquires)
      .Case("lock_shared", GuardAction::Acquires)
      .Case("unlock", GuardAction::Releases)
      .Case("unlock_shared", GuardAction::Releases)
      .Case("try_lock", GuardAction::Tries)
      .Case("try_lock_for", GuardAction::Tries)
      .Case("try_lock_until", GuardAction::Tries)
      .Case("try_lock_shared", GuardAction::Tries)
      .Case("try_lock_shared_for", GuardAction::Tries)
      .Case("try_lock_shared_until", GuardAction::Tries)
      .Default(std::nullopt);
}

using MethodTest = llvm::function_ref<bool(const CXXMethodDecl &)>;

/// Whether a method of \p Class named after locking is \p Wanted.
bool hasLocker(const CXXRecordDecl &Class, MethodTest Wanted) {
  return anyMember(membersNamed(Class, "lock"), Wanted) ||
         anyMember(membersNamed(Class, "lock_shared"), Wanted);
}

/// The same for unlocking.
bool hasUnlocker(const CXXRecordDecl &Class, MethodTest Wanted) {
  return anyMember(membersNamed(Class, "unlock"), Wanted) ||
         anyMember(membersNamed(Class, "unlock_shared"), Wanted);
}

/// Whether a method of \p Mutex, or of a base of it, waits for the lock in a
/// coroutine. Coroutines then hold the lock across suspension points, even if
/// other code locks it, too.
bool locksInCoroutines(const CXXRecordDecl &Mutex, const ModelIndex &Models) {
  bool Found = false;
  auto Look = [&](const CXXRecordDecl &Class) {
    for (const CXXMethodDecl *Method : Class.methods()) {
      const IdentifierInfo *Name = Method->getIdentifier();
      const CXXRecordDecl *Returned =
          Method->getReturnType()->getAsCXXRecordDecl();
      Found |= Name && Returned &&
               Name->getName().contains_insensitive("lock") &&
               (isAwaitable(*Returned) || Models.task(*Returned));
    }
  };
  Look(Mutex);
  Mutex.forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Found;
}

/// Whether \p Mutex may block a thread. A mutex that coroutines lock does not,
/// nor does one that has an `unlock()` and no `lock()`.
bool canStopThread(const CXXRecordDecl &Mutex, const ModelIndex &Models) {
  if (locksInCoroutines(Mutex, Models))
    return false;
  bool Locks = false, Unlocks = false;
  auto IsAny = [](const CXXMethodDecl &) { return true; };
  auto Look = [&](const CXXRecordDecl &Class) {
    Locks |= hasLocker(Class, IsAny);
    Unlocks |= hasUnlocker(Class, IsAny);
  };
  Look(Mutex);
  const bool Complete = Mutex.forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Locks || !Unlocks || !Complete;
}

} // namespace

/// The template arguments of \p Class, with packs expanded.
static llvm::SmallVector<TemplateArgument, 2>
templateArguments(const CXXRecordDecl &Class) {
  llvm::SmallVector<TemplateArgument, 2> Arguments;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Spec)
    return Arguments;
  for (const TemplateArgument &Argument : Spec->getTemplateArgs().asArray()) {
    if (Argument.getKind() == TemplateArgument::Pack)
      llvm::append_range(Arguments, Argument.getPackAsArray());
    else
      Arguments.push_back(Argument);
  }
  return Arguments;
}

bool GuardClasses::locksUserMutex(const CXXRecordDecl &Class) {
  const GuardModel *Model = Unit.Models.guard(Class);
  if (!Model || Model->Role != GuardRole::Lock)
    return false;
  return llvm::any_of(templateArguments(Class),
                      [&](const TemplateArgument &Argument) {
                        const CXXRecordDecl *Mutex =
                            Argument.getKind() == TemplateArgument::Type
                                ? Argument.getAsType()->getAsCXXRecordDecl()
                                : nullptr;
                        return Mutex && !Unit.Models.isLibrary(*Mutex) &&
                               !Unit.Models.guard(*Mutex);
                      });
}

/// The guard that \p Class, a guard, is made of: `std::unique_lock<M>` for
/// `LockedPtr<std::unique_lock<M>, Data>`. Null if it locks a mutex itself.
static const CXXRecordDecl *innerGuard(const CXXRecordDecl &Class,
                                       const ModelIndex &Models) {
  const auto Arguments = templateArguments(Class);
  const CXXRecordDecl *First =
      !Arguments.empty() && Arguments[0].getKind() == TemplateArgument::Type
          ? Arguments[0].getAsType()->getAsCXXRecordDecl()
          : nullptr;
  const GuardModel *Model = First ? Models.guard(*First) : nullptr;
  return Model && Model->Role == GuardRole::Lock ? First : nullptr;
}

/// Whether a lock of this class blocks the thread. A `std::unique_lock` of an
/// async mutex does not.
bool GuardClasses::locksThread(const CXXRecordDecl &Outer) {
  const CXXRecordDecl *Guard = &Outer;
  while (const CXXRecordDecl *Inner = innerGuard(*Guard, Unit.Models))
    Guard = Inner;
  const CXXRecordDecl &Class = *Guard;
  const CXXRecordDecl *Mutex = nullptr;
  for (const TemplateArgument &Argument : templateArguments(Class)) {
    Mutex = Argument.getKind() == TemplateArgument::Type
                ? Argument.getAsType()->getAsCXXRecordDecl()
                : nullptr;
    const GuardModel *Model = Mutex ? Unit.Models.guard(*Mutex) : nullptr;
    if (Model && Model->Role == GuardRole::AsyncMutex)
      continue;
    if (!Mutex || !Mutex->hasDefinition() || Unit.Models.isLibrary(*Mutex) ||
        Model || canStopThread(*Mutex->getDefinition(), Unit.Models))
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
      return false; // No check reports that it is held.
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
  if (Unit.Models.isLibrary(Class))
    return describeParts(Class, Result);
  if (isSpinLock(Class)) {
    Result.IsMutex = Result.IsSpinLock = true;
    return true;
  }
  if (unlocksInDestructor(Class)) {
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
  // A guard in an awaiter is the result that the awaiter will return.
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
  // Ignore the members of a library's class, except those whose types are the
  // user's: the members of a pair.
  bool OfLibrary = Unit.Models.isLibrary(Class);
  for (const FieldDecl *Field : Class.fields())
    if (!OfLibrary || isTemplateArgument(Field->getType(), Class))
      AddPart(*Field, Field->getType());
  return !Result.Parts.empty() || Result.IsMutex || Result.IsAsyncLock;
}

std::optional<GuardAction>
GuardClasses::directAction(const FunctionDecl &Function) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function)) {
    // Do not recurse into inferred guards: a mutex is known by its model, its
    // attributes or the loop in its `lock()`.
    const CXXRecordDecl *Class = Method->getParent();
    GuardClass Mutex;
    Mutex.Class = Class;
    Mutex.Model = Unit.Models.guard(*Class);
    Mutex.HasAttributes = !Mutex.Model && Class->hasAttr<CapabilityAttr>();
    Mutex.IsSpinLock =
        !Mutex.Model && !Mutex.HasAttributes && isSpinLock(*Class);
    if ((Mutex.Model && Mutex.Model->Role == GuardRole::Mutex) ||
        Mutex.HasAttributes || Mutex.IsSpinLock)
      return actionOf(*Method, Mutex);
  }
  if (const LockFunctionModel *Lock = lockFunction(Function))
    return Lock->Action;
  return std::nullopt;
}

/// The net effect of calling \p Function on mutexes: the action with which its
/// body, including the bodies that it calls, both begins and ends.
std::optional<GuardAction>
GuardClasses::netAction(const FunctionDecl &Function) {
  struct Frame {
    const FunctionDecl *Definition;
    size_t Next = 0;
  };
  llvm::SmallVector<Frame, 8> Stack;
  // Returns true on the first visit of the function.
  auto Enter = [&](const FunctionDecl &Callee) {
    const FunctionDecl *Definition = nullptr;
    if (!Callee.hasBody(Definition) || Definition->isDependentContext() ||
        isa<CoroutineBodyStmt>(Definition->getBody()) ||
        Unit.Models.isLibrary(*Definition) ||
        !NetActions.try_emplace(Definition, std::nullopt).second)
      return false;
    Stack.push_back({Definition});
    return true;
  };
  auto ActionOf = [&](const FunctionDecl &Callee) {
    if (std::optional<GuardAction> Direct = directAction(Callee))
      return Direct;
    const FunctionDecl *Definition = nullptr;
    return Callee.hasBody(Definition) ? NetActions.lookup(Definition)
                                      : std::nullopt;
  };
  Enter(Function);
  while (!Stack.empty()) {
    const FunctionDecl *Within = Stack.back().Definition;
    const Body &Walked = Unit.Bodies.of(*Within);
    if (Stack.back().Next == Walked.Sites.size()) {
      Stack.pop_back();
      std::optional<GuardAction> First, Last;
      for (const Site &S : Walked.Sites) {
        if (S.What != Site::Kind::Call || !S.Callee)
          continue;
        std::optional<GuardAction> Action = ActionOf(*S.Callee);
        if (Action != GuardAction::Acquires && Action != GuardAction::Releases)
          continue;
        Last = Action;
        if (!First)
          First = Action;
      }
      // The net effect of a function that locks and unlocks is neither.
      if (First == Last)
        NetActions[Within] = Last;
      continue;
    }
    const Site &S = Walked.Sites[Stack.back().Next++];
    if (S.What == Site::Kind::Call && S.Callee && !directAction(*S.Callee))
      Enter(*S.Callee);
  }
  const FunctionDecl *Definition = nullptr;
  return Function.hasBody(Definition) ? NetActions.lookup(Definition)
                                      : std::nullopt;
}

bool GuardClasses::unlocksInDestructor(const CXXRecordDecl &Class) {
  const CXXDestructorDecl *Destructor = Class.getDestructor();
  return Destructor && Destructor->isUserProvided() &&
         netAction(*Destructor) == GuardAction::Releases;
}

namespace {

/// Whether \p Function contains a loop.
bool hasLoop(const Stmt *Written) {
  llvm::SmallVector<const Stmt *, 16> Stack{Written};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isa<WhileStmt, DoStmt, ForStmt>(S))
      return true;
    Stack.append(S->child_begin(), S->child_end());
  }
  return false;
}

} // namespace

/// Whether \p Class is a hand-written mutex: it can be locked and unlocked, and
/// its `lock()` retries until it succeeds.
bool GuardClasses::isSpinLock(const CXXRecordDecl &Class) {
  const CXXRecordDecl *Definition = Class.getDefinition();
  if (!Definition || Definition->isLambda())
    return false;
  auto [It, Inserted] = SpinLocks.try_emplace(Definition, false);
  if (!Inserted)
    return It->second;
  auto TakesNothing = [](const CXXMethodDecl &Method) {
    return !Method.isStatic() && Method.getNumParams() == 0;
  };
  auto Spins = [&](const CXXMethodDecl &Method) {
    const FunctionDecl *Body = nullptr;
    return TakesNothing(Method) && Method.getReturnType()->isVoidType() &&
           Method.hasBody(Body) && !isa<CoroutineBodyStmt>(Body->getBody()) &&
           hasLoop(Body->getBody());
  };
  return SpinLocks[Definition] = hasUnlocker(*Definition, TakesNothing) &&
                                 hasLocker(*Definition, Spins) &&
                                 !locksInCoroutines(*Definition, Unit.Models);
}

bool GuardClasses::isLockOperation(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  const std::optional<GuardAction> Action =
      Method ? actionByName(*Method) : std::nullopt;
  return Action && *Action != GuardAction::Releases &&
         hasUnlocker(*Method->getParent(), [](const CXXMethodDecl &Other) {
           return !Other.isStatic();
         });
}

const LockFunctionModel *
GuardClasses::lockFunction(const FunctionDecl &Function) {
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(Function);
  return Entry ? Entry->Lock : nullptr;
}

/// Whether \p Function calls a method that has \p Action, by its name.
static bool callsByName(const FunctionDecl &Function, GuardAction Action,
                        Facts &Unit) {
  const FunctionDecl *Definition = nullptr;
  return Function.hasBody(Definition) && !Definition->isDependentContext() &&
         llvm::any_of(Unit.Bodies.of(*Definition).Sites, [&](const Site &S) {
           const auto *Method = S.What == Site::Kind::Call
                                    ? dyn_cast_or_null<CXXMethodDecl>(S.Callee)
                                    : nullptr;
           return Method && actionByName(*Method) == Action;
         });
}

bool GuardClasses::isReversed(const CXXRecordDecl &Class) {
  const CXXRecordDecl *Definition = Class.getDefinition();
  const CXXDestructorDecl *Destructor =
      Definition ? Definition->getDestructor() : nullptr;
  if (!Destructor || !Destructor->isUserProvided())
    return false;
  auto [It, Inserted] = Reversed.try_emplace(Definition, false);
  if (Inserted)
    It->second =
        callsByName(*Destructor, GuardAction::Acquires, Unit) &&
        anyMember<CXXConstructorDecl>(
            constructorsOf(*Definition), [&](const auto &Constructor) {
              return callsByName(Constructor, GuardAction::Releases, Unit);
            });
  return It->second;
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
  if (Guard.IsSpinLock)
    return actionByName(Method);
  if (!Guard.IsInferred || isa<CXXConstructorDecl, CXXDestructorDecl>(Method))
    return std::nullopt;
  return netAction(Method);
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
    // Without attributes on the constructor, the guard locks the mutexes it is
    // constructed from.
    return Constructor.hasAttr<AcquireCapabilityAttr>() || !Arguments.empty()
               ? GuardState::Held
               : GuardState::Empty;
  }
  if (!Guard.IsInferred)
    return GuardState::Held;
  const FunctionDecl *Definition = nullptr;
  if (!Constructor.hasBody(Definition))
    return Arguments.empty() ? GuardState::Empty : GuardState::Held;
  return netAction(*Definition) == GuardAction::Acquires ? GuardState::Held
                                                         : GuardState::Empty;
}

} // namespace corolint
