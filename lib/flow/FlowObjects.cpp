//===-- FlowObjects.cpp - How objects come to be held ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/FlowBuilder.h"

using namespace clang;

namespace corolint {

namespace {

/// A recursive mutex locked more often than this is taken for one locked so
/// often.
constexpr unsigned MaxLockCount = 4;

} // namespace

/// What an initialiser really is, behind the nodes that change nothing.
const Expr *sourceOfInit(const Expr *Init) {
  while (Init) {
    Init = innermostOf(Init);
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
      Init = Default->getExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Init))
      Init = Default->getExpr();
    else
      break;
  }
  return Init;
}

void FlowBuilder::setHeld(World &W, PlaceId Place, const GuardClass *Class,
                          SourceLocation Since) {
  ObjectState &Object = W.Objects[Place];
  Object.Held = true;
  Object.WasMoved = false;
  Object.Count = 1;
  Object.Class = Class;
  Object.Since = Since;
}

void FlowBuilder::release(World &W, PlaceId Place) {
  llvm::SmallVector<PlaceId, 2> Mutexes;
  for (auto &[At, Object] : W.Objects) {
    if (!Named->isWithin(At, Place))
      continue;
    if (Object.Held)
      Mutexes.append(Object.Mutexes.begin(), Object.Mutexes.end());
    Object.Held = false;
    Object.WasMoved = false;
    Object.Count = 0;
  }
  // Known not to be held from here on.
  auto [It, Inserted] = W.Objects.try_emplace(Place);
  It->second.Held = false;
  for (PlaceId Mutex : Mutexes)
    W.Objects.erase(Mutex);
}

void FlowBuilder::fork(Worlds &State, llvm::function_ref<void(World &)> Either,
                       llvm::function_ref<void(World &)> Or) {
  Worlds Next;
  for (const World &W : State) {
    World A = W, B = W;
    Either(A);
    Or(B);
    Next.push_back(std::move(A));
    Next.push_back(std::move(B));
  }
  if (!Next.empty() && areTooMany(Next.size(), Next.front())) {
    Worlds Merged;
    for (World &W : Next)
      addWorld(Merged, std::move(W));
    Next = std::move(Merged);
  }
  State = std::move(Next);
}

void FlowBuilder::act(GuardAction Action, PlaceId Place,
                      const GuardClass *Class, const Expr &Call, Worlds &State,
                      const Expr *Other) {
  SourceLocation Where = Call.getExprLoc();
  if (const auto *C = dyn_cast<CallExpr>(&Call))
    Where = locationOf(*C);
  switch (Action) {
  case GuardAction::Acquires:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      unsigned Count =
          It != W.Objects.end() && It->second.Held ? It->second.Count + 1 : 1;
      if (Count == 1)
        setHeld(W, Place, Class, Where);
      if (!Class || Class->IsMutex)
        W.Objects[Place].Count = std::min(Count, MaxLockCount);
    }
    return;
  case GuardAction::Releases:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      if (It != W.Objects.end() && It->second.Held && It->second.Count > 1)
        --It->second.Count;
      else
        release(W, Place);
      if (Class && !Class->IsMutex)
        W.Objects[Place].Class = Class;
    }
    return;
  case GuardAction::Tries:
    fork(
        State,
        [&](World &W) {
          setHeld(W, Place, Class, Where);
          W.Results[&Call] = {true, LockSuccess::True};
        },
        [&](World &W) { W.Results[&Call] = {false, LockSuccess::True}; });
    return;
  case GuardAction::Tests:
    return;
  case GuardAction::Detaches:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      if (It == W.Objects.end())
        continue;
      ObjectState Was = It->second;
      It->second.Held = false;
      It->second.Mutexes.clear();
      if (!Was.Mutexes.empty())
        Named->alias(&Call, Was.Mutexes.front());
      if (!Was.Held)
        continue;
      for (PlaceId Mutex : Was.Mutexes)
        setHeld(W, Mutex, nullptr, Was.Since);
    }
    return;
  case GuardAction::Swaps: {
    std::optional<PlaceId> With = Other ? Named->of(Other) : std::nullopt;
    if (!With)
      return;
    for (World &W : State)
      std::swap(W.Objects[Place], W.Objects[*With]);
    return;
  }
  case GuardAction::Replaces:
    moveObjects(State, Place, Named->ofTemporary(Call));
    if (Class && !Class->IsMutex)
      initialise(State, Place, *Class, Other);
    return;
  }
}

/// The variable or member that an assignment to \p Target changes.
const ValueDecl *FlowBuilder::changedBy(const Expr &Target) {
  const Expr *E = Target.IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  std::optional<PlaceId> Place = Named->of(E);
  return Place ? Named->rootVariable(*Place) : nullptr;
}

/// The truth of a value whose outcome is known already: of `l.owns_lock()`
/// where it is known whether `l` is locked, of a `try_lock()` that has
/// returned.
std::optional<bool> FlowBuilder::evaluate(const World &W, const Expr *Value) {
  bool Negated = false;
  for (unsigned Steps = 0; Value && Steps < 16; ++Steps) {
    const Expr *E = sourceOfInit(Value);
    if (!E)
      return std::nullopt;
    if (auto It = W.Results.find(E); It != W.Results.end()) {
      std::optional<bool> Truth = It->second.truth();
      return Truth ? std::optional(*Truth != Negated) : std::nullopt;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->getOpcode() == UO_LNot) {
      Negated = !Negated;
      Value = Unary->getSubExpr();
      continue;
    }
    bool Constant = false;
    if (!E->isValueDependent() && E->getType()->isScalarType() &&
        E->EvaluateAsBooleanCondition(Constant, Context))
      return Constant != Negated;
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    if (!Call || !Call->getMethodDecl())
      return std::nullopt;
    const Expr *Object = Call->getImplicitObjectArgument();
    const GuardClass *Class = guardOf(*Object);
    if (!Class ||
        Guards.actionOf(*Call->getMethodDecl(), *Class) != GuardAction::Tests)
      return std::nullopt;
    std::optional<PlaceId> Place = Named->of(Object);
    if (!Place)
      return std::nullopt;
    auto It = W.Objects.find(*Place);
    if (It == W.Objects.end() || !It->second.Class)
      return std::nullopt;
    return It->second.Held != Negated;
  }
  return std::nullopt;
}

void FlowBuilder::assign(World &W, const ValueDecl &Variable,
                         const Expr *Value) {
  std::optional<bool> Known =
      Value && !Value->isTypeDependent() ? evaluate(W, Value) : std::nullopt;
  forget(W, Variable);
  if (Known)
    W.Facts[{VariableFact, Named->ofVariable(Variable)}] = *Known;
  else if (Value)
    W.Bindings[cast<ValueDecl>(Variable.getCanonicalDecl())] = Value;
}

void FlowBuilder::forget(World &W, const ValueDecl &Changed) {
  W.Bindings.erase(cast<ValueDecl>(Changed.getCanonicalDecl()));
  W.Facts.erase({VariableFact, Named->ofVariable(Changed)});
  auto It = Mentions.find(&Changed);
  if (It != Mentions.end())
    for (unsigned Shape : It->second)
      W.Facts.erase({ConditionFact, Shape});
  // What was bound to an expression over the variable no longer equals it.
  for (auto B = W.Bindings.begin(); B != W.Bindings.end();) {
    const Expr *Bound = B->second->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Bound);
    B = Ref && Ref->getDecl() == &Changed ? W.Bindings.erase(B) : std::next(B);
  }
}

void FlowBuilder::forgetPlace(World &W, PlaceId Place) {
  for (auto It = W.Facts.begin(); It != W.Facts.end();)
    It =
        It->first.first == ReadyFact && Named->isWithin(It->first.second, Place)
            ? W.Facts.erase(It)
            : std::next(It);
}

namespace {

bool sameClass(const Expr &E, const GuardClass &Class) {
  const CXXRecordDecl *Other = classOf(E.getType());
  return Other && Other->getCanonicalDecl() == Class.Class->getCanonicalDecl();
}

} // namespace

bool FlowBuilder::initialiseFromPlace(Worlds &State, PlaceId Place,
                                      const Expr &Source) {
  std::optional<PlaceId> From = Named->of(&Source);
  return From && *From != Place && moveObjects(State, *From, Place);
}

/// An object that a call returns: what it was before the call replaced it, or
/// what the callee's body says.
bool FlowBuilder::initialiseFromCall(Worlds &State, PlaceId Place,
                                     const CallExpr &Call) {
  if (moveObjects(State, Named->ofTemporary(Call), Place))
    return true;
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return false;
  const ReturnedGuards &Returned = All.returned(*Callee);
  for (const ReturnedGuards::Guard &Guard : Returned.Guards) {
    std::optional<PlaceId> Rebased = Named->rebase(
        *Returned.Named, Guard.Place, Returned.Named->ofResult(), Place);
    if (!Rebased)
      continue;
    const PlaceId At = *Rebased;
    auto Hold = [&](World &W) {
      setHeld(W, At, Guard.Class, locationOf(Call));
      W.Objects[At].Mutexes.clear();
    };
    auto Leave = [&](World &W) {
      release(W, At);
      W.Objects[At].Class = Guard.Class;
    };
    if (Guard.State == GuardState::Maybe) {
      fork(State, Hold, Leave);
      continue;
    }
    for (World &W : State)
      Guard.State == GuardState::Held ? Hold(W) : Leave(W);
  }
  return !Returned.Guards.empty();
}

/// Whether anything was known of \p From.
bool FlowBuilder::moveObjects(Worlds &State, PlaceId From, PlaceId Place) {
  bool Any = false;
  for (World &W : State) {
    llvm::SmallVector<std::pair<PlaceId, ObjectState>, 2> Moved;
    for (auto &[At, Object] : W.Objects) {
      if (!Named->isWithin(At, From))
        continue;
      Any = true;
      std::optional<PlaceId> To = Named->rebase(*Named, At, From, Place);
      if (!To)
        continue;
      ObjectState Taken = Object;
      Taken.Held = Object.Held || Object.WasMoved;
      Taken.WasMoved = false;
      Moved.emplace_back(*To, std::move(Taken));
      Object.Held = Object.WasMoved = false;
      Object.Mutexes.clear();
    }
    for (auto &[To, Object] : Moved)
      W.Objects[To] = std::move(Object);
  }
  return Any;
}

void FlowBuilder::constructWith(Worlds &State, PlaceId Place,
                                const GuardClass &Class,
                                const CXXConstructorDecl &Constructor,
                                llvm::ArrayRef<const Expr *> Arguments,
                                SourceLocation Since) {
  llvm::SmallVector<PlaceId, 1> Mutexes;
  for (const Expr *Argument : Arguments) {
    const GuardClass *Mutex = Guards.of(Argument->getType());
    if (!Mutex || !Mutex->IsMutex)
      continue;
    if (std::optional<PlaceId> At = Named->of(Argument))
      Mutexes.push_back(*At);
  }
  auto Hold = [&](World &W) {
    setHeld(W, Place, &Class, Since);
    W.Objects[Place].Mutexes = Mutexes;
  };
  auto Leave = [&](World &W) {
    release(W, Place);
    W.Objects[Place].Class = &Class;
    W.Objects[Place].Mutexes = Mutexes;
  };
  switch (Guards.stateAfter(Constructor, Arguments, Class)) {
  case GuardState::Empty:
    for (World &W : State)
      Leave(W);
    return;
  case GuardState::Held:
    for (World &W : State)
      Hold(W);
    return;
  case GuardState::Adopted:
    for (World &W : State) {
      for (PlaceId Mutex : Mutexes)
        W.Objects.erase(Mutex);
      Hold(W);
    }
    return;
  case GuardState::Maybe:
    fork(State, Hold, Leave);
    return;
  }
}

void FlowBuilder::initialiseElement(Worlds &State, PlaceId Place,
                                    const GuardClass &Class,
                                    llvm::ArrayRef<const Expr *> Arguments,
                                    SourceLocation Since, unsigned Depth) {
  if (Arguments.size() == 1 && sameClass(*Arguments[0], Class))
    return initialise(State, Place, Class, Arguments[0], Depth + 1);
  // The constructor that the library will call is the one that the arguments
  // fit; for the rules that models give, any constructor of the class will do.
  const CXXConstructorDecl *Some =
      Class.Class->hasDefinition() &&
              Class.Class->ctor_begin() != Class.Class->ctor_end()
          ? *Class.Class->ctor_begin()
          : nullptr;
  if (Some && Class.isRaii() && Class.Model)
    return constructWith(State, Place, Class, *Some, Arguments, Since);
  initialise(State, Place, Class, nullptr, Depth + 1);
}

void FlowBuilder::initialiseParts(Worlds &State, PlaceId Place,
                                  const GuardClass &Class, const Expr *Init,
                                  unsigned Depth) {
  const auto *List = dyn_cast_or_null<InitListExpr>(Init);
  if (List && List->isSyntacticForm() && List->getSemanticForm())
    List = List->getSemanticForm();
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Init);
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Init);
  const FunctionDecl *Definition = nullptr;
  const CXXConstructorDecl *Constructor = nullptr;
  if (Construct && Construct->getConstructor()->hasBody(Definition))
    Constructor = cast<CXXConstructorDecl>(Definition);
  else if (Construct)
    Constructor = Construct->getConstructor();

  unsigned Base = 0;
  for (const GuardClass::Part &Part : Class.Parts) {
    const Expr *PartInit = nullptr;
    bool Found = false;
    const auto *Field = dyn_cast<FieldDecl>(Part.Subobject);
    if (List) {
      unsigned Index =
          Field ? Class.Class->getNumBases() + Field->getFieldIndex() : Base++;
      Found = Index < List->getNumInits();
      PartInit = Found ? List->getInit(Index) : nullptr;
    } else if (Lambda && Field) {
      unsigned Index = Field->getFieldIndex();
      Found = Index < Lambda->capture_size();
      PartInit = Found ? *(Lambda->capture_init_begin() + Index) : nullptr;
    } else if (Constructor) {
      for (const CXXCtorInitializer *Written : Constructor->inits()) {
        bool Matches =
            Field ? Written->getAnyMember() == Field
                  : Written->isBaseInitializer() && Written->getBaseClass() &&
                        Written->getBaseClass()->getAsCXXRecordDecl() &&
                        Written->getBaseClass()
                                ->getAsCXXRecordDecl()
                                ->getCanonicalDecl() ==
                            Part.Subobject->getCanonicalDecl();
        if (!Matches)
          continue;
        Found = true;
        PartInit = Written->getInit();
      }
      // A constructor that is not seen, called without arguments, has nothing
      // to lock.
      if (!Found && Construct->getNumArgs() == 0) {
        const CXXRecordDecl *PartClass = Part.Guard->Class;
        if (Part.Guard->isRaii() && PartClass->hasDefinition() &&
            PartClass->ctor_begin() != PartClass->ctor_end())
          constructWith(State, Named->member(Place, *Part.Subobject),
                        *Part.Guard, **PartClass->ctor_begin(), {},
                        Construct->getBeginLoc());
        continue;
      }
      // An inherited constructor hands on what it is given.
      if (const auto *Inherited = dyn_cast_or_null<CXXInheritedCtorInitExpr>(
              sourceOfInit(PartInit));
          Inherited && Part.Guard->isRaii()) {
        constructWith(
            State, Named->member(Place, *Part.Subobject), *Part.Guard,
            *Inherited->getConstructor(),
            llvm::SmallVector<const Expr *, 4>(Construct->arguments()),
            Construct->getBeginLoc());
        continue;
      }
    }
    initialise(State, Named->member(Place, *Part.Subobject), *Part.Guard,
               PartInit, Depth + 1);
  }
}

/// Sets the state of a new object from its initialiser; null: one that cannot
/// be seen.
void FlowBuilder::initialise(Worlds &State, PlaceId Place,
                             const GuardClass &Class, const Expr *Init,
                             unsigned Depth) {
  if (Depth > 32)
    return;
  const Expr *Source = sourceOfInit(Init);
  SourceLocation Since;
  if (Source)
    Since = Source->getBeginLoc();
  else if (const ValueDecl *Variable = Named->rootVariable(Place))
    Since = Variable->getLocation();

  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Source);
  if (Construct && Construct->getNumArgs() == 1 &&
      sameClass(*Construct->getArg(0), Class) &&
      Construct->getConstructor()->isCopyOrMoveConstructor()) {
    if (initialiseFromPlace(State, Place, *Construct->getArg(0)))
      return;
    const Expr *From = sourceOfInit(Construct->getArg(0));
    if (From && From->isPRValue())
      return initialise(State, Place, Class, From, Depth + 1);
    // Moved from an object whose state is not known: a reference parameter.
    return initialise(State, Place, Class, nullptr, Depth + 1);
  }
  if (Source && Source->isGLValue() && sameClass(*Source, Class) &&
      initialiseFromPlace(State, Place, *Source))
    return;
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Source);
      Call && sameClass(*Call, Class) &&
      initialiseFromCall(State, Place, *Call))
    return;
  if (const auto *Either = dyn_cast_or_null<ConditionalOperator>(Source)) {
    Worlds Then = State, Else = State;
    initialise(Then, Place, Class, Either->getTrueExpr(), Depth + 1);
    initialise(Else, Place, Class, Either->getFalseExpr(), Depth + 1);
    State.clear();
    for (World &W : Then)
      State.push_back(std::move(W));
    for (World &W : Else)
      addWorld(State, std::move(W));
    return;
  }

  if (Class.Element) {
    const GuardClass &Element = *Class.Element;
    auto Empty = [&] {
      for (World &W : State) {
        release(W, Place);
        W.Objects[Place].Class = &Element;
      }
    };
    if (!Source)
      return initialise(State, Place, Element, nullptr, Depth + 1);
    if (const auto *New = dyn_cast<CXXNewExpr>(Source))
      return New->getInitializer()
                 ? initialise(State, Place, Element, New->getInitializer(),
                              Depth + 1)
                 : Empty();
    if (const auto *Call = dyn_cast<CallExpr>(Source)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Callee ? Unit.Models.find(*Callee) : nullptr;
      if (Entry && Entry->MakesWrapper) {
        llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
        return initialiseElement(State, Place, Element, Arguments, Since,
                                 Depth + 1);
      }
      return initialise(State, Place, Element, nullptr, Depth + 1);
    }
    if (const auto *List = dyn_cast<InitListExpr>(Source);
        List && List->getNumInits() == 0)
      return Empty();
    if (sameClass(*Source, Element) && !Construct)
      return initialise(State, Place, Element, Source, Depth + 1);
    if (!Construct)
      return Empty();
    if (sameClass(*Source, Element))
      return initialise(State, Place, Element, Source, Depth + 1);
    // The wrapper's own constructor.
    llvm::SmallVector<const Expr *, 4> Arguments;
    for (const Expr *Argument : Construct->arguments())
      if (!isa<CXXDefaultArgExpr>(Argument))
        Arguments.push_back(Argument);
    if (Arguments.empty())
      return Empty();
    const Expr *First = sourceOfInit(Arguments.front());
    if (Arguments.size() == 1) {
      if (sameClass(*First, Class) || sameClass(*First, Element))
        return initialise(State, Place,
                          sameClass(*First, Class) ? Class : Element,
                          Arguments.front(), Depth + 1);
      if (isa<CXXNewExpr>(First) || Guards.of(First->getType()) == &Class)
        return initialise(State, Place, Class, First, Depth + 1);
      // `std::nullopt` empties; `std::in_place` with nothing after it fills.
      const FunctionTemplateDecl *Template =
          Construct->getConstructor()->getPrimaryTemplate();
      const FunctionDecl *Pattern =
          Template ? Template->getTemplatedDecl() : nullptr;
      bool Forwards =
          Pattern && Pattern->getNumParams() > 0 &&
          Pattern->getParamDecl(Pattern->getNumParams() - 1)->isParameterPack();
      if (First->getType()->isNullPtrType() ||
          (classOf(First->getType()) && !Guards.of(First->getType()) &&
           !Forwards))
        return Empty();
    }
    // `std::optional<Guard>(std::in_place, mutex)`.
    const CXXRecordDecl *FirstClass = classOf(Arguments.front()->getType());
    if (FirstClass && !Guards.of(*FirstClass))
      Arguments.erase(Arguments.begin());
    return initialiseElement(State, Place, Element, Arguments, Since,
                             Depth + 1);
  }

  if (!Class.isRaii())
    return initialiseParts(State, Place, Class, Source, Depth);

  if (Construct)
    return constructWith(
        State, Place, Class, *Construct->getConstructor(),
        llvm::SmallVector<const Expr *, 4>(Construct->arguments()), Since);
  if (const auto *Inherited =
          dyn_cast_or_null<CXXInheritedCtorInitExpr>(Source))
    return constructWith(State, Place, Class, *Inherited->getConstructor(), {},
                         Since);
  bool Held = true;
  if (Class.Model && !Class.Model->AcquiredBy.empty()) {
    const auto *Call = dyn_cast_or_null<CallExpr>(Source);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Held = Callee && Unit.Models.startsPendingWork(*Callee) == Class.Model &&
           llvm::none_of(Class.Model->AcquiredUnless, [&](const Condition &C) {
             return Unit.Conditions.holds(C, CallOperands::of(Call),
                                          Walked.Function);
           });
  } else if (Class.IsPendingWork && !Source) {
    Held = false;
  }
  if (const auto *List = dyn_cast_or_null<InitListExpr>(Source)) {
    // An array is held while any of its elements is.
    for (const Expr *Element : List->inits()) {
      initialise(State, Place, Class, Element, Depth + 1);
      if (llvm::any_of(State, [&](const World &W) {
            auto It = W.Objects.find(Place);
            return It != W.Objects.end() && It->second.Held;
          }))
        break;
    }
    return;
  }
  for (World &W : State) {
    if (Held) {
      setHeld(W, Place, &Class, Since);
      W.Objects[Place].Mutexes.clear();
    } else {
      release(W, Place);
      W.Objects[Place].Class = &Class;
    }
  }
}

} // namespace corolint
