//===-- Interference.cpp - Finds code that interferes ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Interference.h"
#include "access/RunsOnce.h"
#include "access/StateChange.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace corolint {

const CXXRecordDecl *enclosingClass(const FunctionDecl &Function) {
  const DeclContext *Scope = &Function;
  while (Scope && !Scope->isTranslationUnit()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Scope);
    if (Method && !Method->getParent()->isLambda())
      return Method->getParent();
    Scope = Scope->getParent();
  }
  return nullptr;
}

/// Whether the last step of \p Path is a member of a member.
static bool isNested(const AccessPath &Path) {
  return Path.Steps.size() > 1 && Path.Steps.back() &&
         Path.Steps[Path.Steps.size() - 2];
}

/// Whether \p Type owns the object that it points to, or its elements. What is
/// owned cannot be a member of another object.
static bool isOwner(QualType Type) {
  Type = Type.getNonReferenceType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && !Class->hasTrivialDestructor() &&
         !isIndirect(Type);
}

/// Whether step \p Index of \p Path leads to a member of an object.
static bool isMemberObject(const AccessPath &Path, size_t Index) {
  return Path.Steps[Index] && !Path.Steps[Index]->getType()->isReferenceType();
}

/// Whether step \p Index of \p Path leads from an owner to what it owns.
static bool leadsToOwned(const AccessPath &Path, size_t Index) {
  if (Path.Steps[Index])
    return false;
  const ValueDecl *Owner = Index ? Path.Steps[Index - 1] : Path.Root;
  return Owner && isOwner(Owner->getType());
}

/// Whether \p Changed may be the state \p Place. Members of objects of one
/// class are distinguished by the members that contain the objects.
static bool mayBeSame(const AccessPath &Changed, const AccessPath &Place) {
  size_t Theirs = Changed.Steps.size(), Ours = Place.Steps.size();
  for (; Theirs && Ours; --Theirs, --Ours) {
    const FieldDecl *TheirStep = Changed.Steps[Theirs - 1];
    const FieldDecl *OurStep = Place.Steps[Ours - 1];
    // Through a pointer or reference, it may be any object, except that no
    // owner has a member of another object.
    if (!TheirStep || !OurStep)
      return !(leadsToOwned(Changed, Theirs - 1) &&
               isMemberObject(Place, Ours - 1)) &&
             !(leadsToOwned(Place, Ours - 1) &&
               isMemberObject(Changed, Theirs - 1));
    if (TheirStep != OurStep)
      return Ours != Place.Steps.size() &&
             (TheirStep->getType()->isReferenceType() ||
              OurStep->getType()->isReferenceType());
  }
  // For a method that changes its own object, the callers name the member,
  // unless the member only refers to the object.
  return !Ours || !Place.Steps[Ours - 1] || Ours == Place.Steps.size() ||
         Place.Steps[Ours - 1]->getType()->isReferenceType();
}

Callers &Interference::graph() {
  if (!Graph)
    Graph = std::make_unique<Callers>(Accesses, Contexts.functions());
  return *Graph;
}

SharedMembers &Interference::shared() {
  if (!Shared)
    Shared = std::make_unique<SharedMembers>(Accesses, Contexts.functions());
  return *Shared;
}

void Interference::indexFunction(const FunctionDecl &Function) {
  auto Add = [&](const Access &Each) {
    if (!isChange(Each.Kind))
      return;
    if (const ValueDecl *Key = Each.Path.key();
        Key && !(isa<ParmVarDecl>(Key) &&
                 !cast<ParmVarDecl>(Key)->getType()->isReferenceType()))
      ByKey[Key].push_back({&Function, Each});
  };
  for (const Access &Each : Accesses.direct(Function))
    Add(Each);
  // A callee's change of its parameters is a change of this function's
  // arguments.
  for (const Access &Each : Accesses.summary(Function)) {
    const auto *Method = Each.Through;
    const ValueDecl *Key = Each.Path.key();
    if (Method && Key && !isa<ParmVarDecl>(Key) && isChange(Each.Kind)) {
      const std::vector<Change> &Known = ByKey[Key];
      bool Elsewhere = llvm::any_of(
          Known, [&](const Change &Made) { return Made.Function == Method; });
      bool Direct =
          llvm::any_of(Accesses.direct(*Method), [&](const Access &Inner) {
            return Inner.Kind == Each.Kind && Inner.Path.key() == Key;
          });
      if ((!Elsewhere && !Direct) || isNested(Each.Path))
        Add(Each);
    }
  }
}

void Interference::index() {
  if (std::exchange(Indexed, true))
    return;
  for (const FunctionDecl *Function : Contexts.functions())
    if (!Function->isDependentContext() && !isa<CXXConstructorDecl>(Function) &&
        !isa<CXXDestructorDecl>(Function))
      indexFunction(*Function);
}

llvm::ArrayRef<Interference::Change>
Interference::changesOf(const ValueDecl *Key) const {
  auto It = Key ? ByKey.find(Key) : ByKey.end();
  if (It == ByKey.end())
    return {};
  return It->second;
}

/// Whether the change is to an object that the function created, or received by
/// value: it is not shared.
bool Interference::onNewObject(const Change &Made) {
  const auto *Root = dyn_cast_or_null<VarDecl>(Made.What.Path.Root);
  if (!Root || Root->hasGlobalStorage() || Root->getType()->isReferenceType() ||
      Made.What.Path.key() == Root)
    return false;
  const bool Indirect = llvm::is_contained(Made.What.Path.Steps, nullptr);
  if (!Indirect)
    return Root->getDeclContext() == Made.Function;
  if (isa<ParmVarDecl>(Root) || !Root->getInit())
    return false;
  const Expr *Init = innermostOf(Root->getInit());
  return !isa_and_nonnull<UnaryOperator>(Init) && isNewObject(Init, Unit);
}

void Interference::forEachChange(
    llvm::function_ref<void(const Change &)> Visit) {
  index();
  for (const auto &[Key, Changes] : ByKey) {
    const auto *Variable = dyn_cast<VarDecl>(Key);
    // Others are names of structured bindings, which are local.
    if (!isa<FieldDecl>(Key) && !(Variable && Variable->hasGlobalStorage()))
      continue;
    for (const Change &Made : Changes)
      if (Variable || !onNewObject(Made))
        Visit(Made);
  }
}

std::optional<Interferer::Kind>
Interference::interferes(const FunctionDecl &Coroutine,
                         const FunctionDecl &Other, bool OwnLocal) {
  // Copies, because computing roots may invalidate earlier results.
  const Callers::Set Own = graph().roots(Coroutine);
  // Another call of the coroutine has locals of its own.
  const Callers::Set Its =
      OwnLocal ? graph().rootsExcept(Other, Coroutine) : graph().roots(Other);
  const auto Root =
      findInterferingRoot(graph(), Coroutine.getCanonicalDecl(), Own, Its);
  if (!Root)
    return std::nullopt;
  if (isLambdaCallOperator(*Root))
    return Interferer::Kind::Callback;
  const FunctionDecl *Definition = nullptr;
  return (*Root)->hasBody(Definition) &&
                 isa_and_nonnull<CoroutineBodyStmt>(Definition->getBody())
             ? Interferer::Kind::Coroutine
             : Interferer::Kind::Function;
}

const FunctionDecl *
Interference::calledWithoutLock(const FunctionDecl &Function) {
  const FunctionDecl *Definition = Function.getDefinition();
  const bool IsUnlocked = Definition && graph().isOpen(Function) &&
                          graph().entries(Function).empty() &&
                          !Definition->hasAttr<RequiresCapabilityAttr>();
  return IsUnlocked ? Definition : nullptr;
}

bool Interference::takesNoLock(const FunctionDecl &Function) {
  const FunctionDecl *Definition = calledWithoutLock(Function);
  if (!Definition || isAsynchronousCall(*Definition, Unit))
    return false;
  auto IsLock = [&](QualType Type) {
    const GuardClass *Guard = Guards.of(Type);
    const CXXRecordDecl *Class = classOf(Type);
    return Guard || (Class && Unit.Models.guard(*Class));
  };
  bool Takes = false;
  forEachEvaluated(*Definition->getBody(), [&](const Stmt &S) {
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      Takes |= IsLock(Member->getType());
    else if (const auto *Declared = dyn_cast<DeclStmt>(&S))
      for (const Decl *D : Declared->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          Takes |= IsLock(Variable->getType());
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      if (const FunctionDecl *Callee = calleeOf(*Call))
        Takes |= isAsynchronousCall(*Callee, Unit);
    return !Takes;
  });
  return !Takes;
}

/// The mutex that \p S names, not what it contains. Null if it names none, or
/// one that may be another one: an element, a parameter, a reference.
static const ValueDecl *mutexIn(const Stmt &S, GuardClasses &Guards,
                                Facts &Unit) {
  const ValueDecl *Named = namedBy(&S);
  const CXXRecordDecl *Class = Named ? classOf(Named->getType()) : nullptr;
  if (!Class || isa<ParmVarDecl>(Named))
    return nullptr;
  const GuardClass *Guard = Guards.of(Named->getType());
  const GuardModel *Model = Unit.Models.guard(*Class);
  const bool IsMutex = (Guard && Guard->IsMutex) ||
                       (Model && (Model->Role == GuardRole::AsyncMutex ||
                                  Model->Role == GuardRole::Mutex));
  return IsMutex ? cast<ValueDecl>(Named->getCanonicalDecl()) : nullptr;
}

/// Whether \p Mutex is an object of its own.
static bool isOwnMutex(const ValueDecl &Mutex) {
  const auto *Variable = dyn_cast<VarDecl>(&Mutex);
  return !Mutex.getType()->isReferenceType() &&
         !Mutex.getType()->isAnyPointerType() &&
         Mutex.getType()->isRecordType() &&
         (isa<FieldDecl>(Mutex) || (Variable && Variable->hasGlobalStorage()));
}

const ValueDecl *mutexNamedIn(const Stmt &E, GuardClasses &Guards,
                              Facts &Unit) {
  const ValueDecl *Found = nullptr;
  bool Several = false;
  forEachEvaluated(E, [&](const Stmt &S) {
    if (const ValueDecl *Mutex = mutexIn(S, Guards, Unit)) {
      Several |= Found && Found != Mutex;
      Found = Mutex;
    }
    return true;
  });
  return Found && !Several && isOwnMutex(*Found) ? Found : nullptr;
}

bool Interference::takesOtherLock(const FunctionDecl &Function,
                                  const std::set<const ValueDecl *> &Held) {
  const FunctionDecl *Definition = calledWithoutLock(Function);
  if (!Definition)
    return false;
  bool Takes = false, Known = true;
  forEachEvaluated(*writtenBody(*Definition), [&](const Stmt &S) {
    if (const ValueDecl *Mutex = mutexIn(S, Guards, Unit)) {
      Takes = true;
      Known &= isOwnMutex(*Mutex) && !Held.contains(Mutex);
    } else if (const auto *Declared = dyn_cast<DeclStmt>(&S)) {
      // A guard whose mutex a helper chooses.
      for (const Decl *D : Declared->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D);
            Variable && Variable->getInit() && Guards.of(Variable->getType()))
          Known &= mutexNamedIn(*Variable->getInit(), Guards, Unit) != nullptr;
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(&S)) {
      // A method of the same object may take the lock.
      Known &= !isa<CXXThisExpr>(
          Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
    }
    return Known;
  });
  return Takes && Known;
}

bool Interference::isOnlyAssignment(const FunctionDecl &Function,
                                    const Access &Made) {
  const StateChange Assigned = changeOf(Made, Unit);
  if (Assigned.Kind != AccessKind::Write || !Assigned.IsWhole ||
      Assigned.Constant == 0 || isa_and_nonnull<VarDecl>(Made.Path.Root))
    return false;
  index();
  auto Changes = [&](const ValueDecl &Member, auto Visit) {
    if (auto It = ByKey.find(&Member); It != ByKey.end())
      for (const Change &Each : It->second)
        Visit(*Each.Function, Each.What);
  };
  return RunsOnce(Accesses, graph(), Changes).isOnce(Function, Made.Where);
}

/// The object, or the owner of the object, whose member \p Path is. Nothing at
/// an element of a container, or at the end.
static std::optional<AccessPath> outer(AccessPath Path) {
  if (Path.Steps.size() < 2)
    return std::nullopt;
  Path.Steps.pop_back();
  if (Path.Steps.back())
    return Path;
  Path.Steps.pop_back();
  const ValueDecl *Owner = Path.key();
  const CXXRecordDecl *Class = !Path.Steps.empty() && Path.Steps.back()
                                   ? Owner->getType()->getAsCXXRecordDecl()
                                   : nullptr;
  if (!Class || !isPointerLike(*Class) || !isOwner(Owner->getType()))
    return std::nullopt;
  return Path;
}

/// Whether \p Made gives the whole \p State another value, or none.
static bool replaces(const Access &Made, const AccessPath &State) {
  return (Made.Kind == AccessKind::Write || Made.Kind == AccessKind::Replace) &&
         isWhole(Made.Path) == isWhole(State);
}

std::optional<Interferer> Interference::find(const FunctionDecl &Coroutine,
                                             const AccessPath &Place,
                                             Counts Change) {
  index();
  // Only code that is not visible calls it, and knows who shares the argument.
  if (isa_and_nonnull<ParmVarDecl>(Place.Root) &&
      graph().roots(Coroutine).empty())
    return std::nullopt;
  std::optional<Interferer> Best;
  // Own changes, and changes of other objects, are not interference. \p What is
  // the change, as one of `Place`.
  auto Consider = [&](const struct Change &Made, const Access &What) {
    const ValueDecl *Key = Made.What.Path.key();
    const bool Local = isa<VarDecl>(Key);
    const bool OwnLocal =
        Local && !cast<VarDecl>(Key)->hasGlobalStorage() &&
        cast<VarDecl>(Key)->getDeclContext()->Equals(&Coroutine);
    if (Made.Function == &Coroutine || (!Local && onNewObject(Made)) ||
        !Change(*Made.Function, What))
      return;
    std::optional<Interferer::Kind> Kind =
        interferes(Coroutine, *Made.Function, OwnLocal);
    if (Kind && (!Best || *Kind < Best->What))
      Best = Interferer{*Kind, Made.Function, Made.What.Where};
  };
  for (const struct Change &Made : changesOf(Place.key()))
    if (mayBeSame(Made.What.Path, Place))
      Consider(Made, Made.What);
  auto AsOfPlace = [&](const struct Change &Made) {
    Access What = Made.What;
    What.Path = Place;
    return What;
  };
  // Assigning an object assigns its members, and assigning an owning pointer
  // leads to those of another object.
  for (std::optional<AccessPath> Around = outer(Place); Around;
       Around = outer(*Around))
    for (const struct Change &Made : changesOf(Around->key()))
      if (replaces(Made.What, *Around) && mayBeSame(Made.What.Path, *Around)) {
        Access What = AsOfPlace(Made);
        What.Value = nullptr;
        Consider(Made, What);
      }
  // Another member may refer to the same object.
  if (Place.key() && SharedMembers::isObject(Place))
    for (const ValueDecl *Other : shared().others(*Place.key()))
      for (const struct Change &Made : changesOf(Other))
        if (SharedMembers::changesObject(Made.What))
          Consider(Made, AsOfPlace(Made));
  return Best;
}

/// The object on which \p Way enters \p Function. Nothing if unknown, as when a
/// method is only named.
std::optional<AccessPath> Interference::objectOf(const WayIn &Way,
                                                 const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (!Method || Method->isStatic() || Method->getParent()->isLambda())
    return AccessPath{};
  const auto *Call = dyn_cast<CallExpr>(Way.Node);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  const CallOperands Operands = CallOperands::of(Way.Node);
  // Compare names, because it may be an overridden method.
  if (!Callee || Callee->getDeclName() != Function.getDeclName() ||
      !Operands.Object)
    return std::nullopt;
  return Accesses.pathOf(Operands.Object, Unit.Bodies.of(*Way.Caller));
}

/// Whether \p Way always leads to the same \p Object, which is neither a local
/// of the loop nor an element.
static bool isOneObject(const WayIn &Way, const AccessPath &Object) {
  const auto *Local = dyn_cast_or_null<VarDecl>(Object.Root);
  const bool Varies =
      Local && Local->isLocalVarDecl() && Way.Loop &&
      Way.Loop->getSourceRange().fullyContains(Local->getSourceRange());
  return !Varies && !llvm::is_contained(Object.Steps, nullptr);
}

bool Interference::startsRepeatedly(const WayIn &Way,
                                    const FunctionDecl &Function) {
  if (!Way.Started || !Way.Loop)
    return false;
  const std::optional<AccessPath> Object = objectOf(Way, Function);
  return Object && isOneObject(Way, *Object);
}

/// Whether no object is made by both \p A and \p B: two constructors, of which
/// neither calls another one.
static bool areAlternatives(const FunctionDecl &A, const FunctionDecl &B) {
  const auto *First = dyn_cast<CXXConstructorDecl>(&A);
  const auto *Second = dyn_cast<CXXConstructorDecl>(&B);
  return First && Second &&
         First->getCanonicalDecl() != Second->getCanonicalDecl() &&
         !First->isDelegatingConstructor() &&
         !Second->isDelegatingConstructor();
}

/// Whether \p A and \p B are one start of the lambda \p Start: one function
/// creates it, and another one hands it on, perhaps through `std::forward`.
static bool areOneStart(const FunctionDecl &Start, const WayIn &A,
                        const WayIn &B) {
  return isLambdaCallOperator(&Start) &&
         (A.Caller != B.Caller ||
          A.Node->getSourceRange().fullyContains(B.Node->getSourceRange()) ||
          B.Node->getSourceRange().fullyContains(A.Node->getSourceRange()));
}

std::optional<Reentry> Interference::reentry(const FunctionDecl &Coroutine,
                                             const AccessPath &Place) {
  const Callers::Set Own = graph().roots(Coroutine);
  const auto *Root = dyn_cast_or_null<VarDecl>(Place.Root);
  // A local that no lambda shares is new in every call.
  if (Root && Root->isLocalVarDecl() && Root->getDeclContext() == &Coroutine)
    return std::nullopt;
  const bool Global = Root && Root->hasGlobalStorage();
  for (const FunctionDecl *Start : Own) {
    llvm::SmallVector<std::pair<const WayIn *, AccessPath>, 4> Starts;
    const llvm::SmallVector<WayIn, 4> Ways = graph().entries(*Start);
    for (const WayIn &Way : Ways) {
      if (!Way.Started)
        continue;
      const std::optional<AccessPath> Object = objectOf(Way, *Start);
      if (!Object)
        continue;
      const bool Element = llvm::is_contained(Object->Steps, nullptr);
      // A local of the function around a lambda, created before the loop.
      const bool Captured =
          Root && !Global && Way.Loop &&
          !Root->getDeclContext()->Equals(&Coroutine) &&
          !Way.Loop->getSourceRange().fullyContains(Root->getSourceRange());
      if (Way.Loop &&
          (Global || Captured || (!Root && isOneObject(Way, *Object))))
        return Reentry{Reentry::Why::Loop, Way.Node->getBeginLoc()};
      for (const auto &[Other, Path] : Starts)
        if (Path == *Object && !Element && Other->Node != Way.Node &&
            !areAlternatives(*Other->Caller, *Way.Caller) &&
            !areOneStart(*Start, *Other, Way))
          return Reentry{Reentry::Why::Twice, Way.Node->getBeginLoc()};
      Starts.push_back({&Way, *Object});
    }
  }
  // Instances of templates use objects of their own.
  auto AreSeveral = [](const Callers::Set &Roots) {
    return llvm::count_if(Roots, [](const FunctionDecl *Start) {
             return !Start->isTemplateInstantiation();
           }) > 1;
  };
  if (AreSeveral(Own) &&
      (Place.Root || AreSeveral(graph().ownRoots(Coroutine))))
    return Reentry{Reentry::Why::Roots, Own.back()->getLocation()};
  const CXXRecordDecl *Class = enclosingClass(Coroutine);
  const bool Entered = Own.contains(Coroutine.getCanonicalDecl()) ||
                       (Own.size() == 1 && graph().isOpen(*Own.front()));
  if (Class && !Place.Root && Entered && Class->hasDefinition())
    for (const FieldDecl *Field : Class->getDefinition()->fields()) {
      const GuardClass *Guard = Guards.of(Field->getType());
      const CXXRecordDecl *Lock = classOf(Field->getType());
      const GuardModel *Model = Lock ? Unit.Models.guard(*Lock) : nullptr;
      if ((Guard && Guard->IsMutex) ||
          (Model && Model->Role == GuardRole::AsyncMutex))
        return Reentry{Reentry::Why::Locked, Field->getLocation()};
    }
  // If there are visible callers, they are the evidence.
  if (graph().isOpen(Coroutine) && graph().entries(Coroutine).empty() &&
      (!Place.Root || Root->hasGlobalStorage() || isa<ParmVarDecl>(Root)))
    return Reentry{Reentry::Why::Open, Coroutine.getLocation()};
  return std::nullopt;
}

template <typename Visit>
void Interference::forEachDeclaration(const AccessPath &Place,
                                      const FunctionDecl &In, Visit V) {
  auto OnValue = [&](const ValueDecl &Value) {
    V(Unit.Annotations.ofStorage(Value), Value);
    if (const CXXRecordDecl *Class = classOf(Value.getType()))
      V(Unit.Annotations.of(*Class), *Class);
  };
  if (Place.Root)
    OnValue(*Place.Root);
  else if (const CXXRecordDecl *Class = enclosingClass(In))
    V(Unit.Annotations.of(*Class), *Class);
  for (const FieldDecl *Step : Place.Steps)
    if (Step) {
      OnValue(*Step);
      if (const auto *Class = dyn_cast<CXXRecordDecl>(Step->getParent()))
        V(Unit.Annotations.of(*Class), *Class);
    }
}

bool Interference::isExclusive(const AccessPath &Place, const FunctionDecl &In,
                               llvm::ArrayRef<StringRef> Named) {
  bool Found = false;
  forEachDeclaration(Place, In,
                     [&](const Annotations &Marks, const NamedDecl &Declared) {
                       Found |= Marks.has(Annotation::Exclusive) ||
                                llvm::any_of(Named, [&](StringRef Name) {
                                  return hasQualifiedName(Declared, Name);
                                });
                     });
  return Found;
}

std::optional<SourceLocation>
Interference::declaredShared(const AccessPath &Place, const FunctionDecl &In) {
  std::optional<SourceLocation> Found;
  forEachDeclaration(Place, In,
                     [&](const Annotations &Marks, const NamedDecl &Declared) {
                       if (!Found && Marks.has(Annotation::Shared))
                         Found = Declared.getLocation();
                     });
  return Found;
}

} // namespace corolint
