//===-- FlowInitialisers.cpp - The state of new objects -------------------===//
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

/// Objects in objects in …: deeper ones are ignored.
constexpr unsigned MaxInitialiserDepth = 32;

bool sameClass(const Expr &E, const GuardClass &Class) {
  const CXXRecordDecl *Other = classOf(E.getType());
  return Other && Other->getCanonicalDecl() == Class.Class->getCanonicalDecl();
}

} // namespace

bool FlowBuilder::initialiseFromPlace(Worlds &State, PlaceId Place,
                                      const Expr &Source) {
  std::optional<PlaceId> From = KnownPlaces->of(&Source);
  return From && *From != Place && moveObjects(State, *From, Place);
}

/// Handles an object returned by a call. Its state is that from before the call
/// replaced it, or follows from the callee's body.
bool FlowBuilder::initialiseFromCall(Worlds &State, PlaceId Place,
                                     const CallExpr &Call) {
  if (moveObjects(State, KnownPlaces->ofTemporary(Call), Place))
    return true;
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return false;
  const ReturnedGuards &Returned = All.returned(*Callee);
  for (const ReturnedGuards::Guard &Guard : Returned.Guards) {
    std::optional<PlaceId> Rebased =
        KnownPlaces->rebase(*Returned.KnownPlaces, Guard.Place,
                            Returned.KnownPlaces->ofResult(), Place);
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

/// Returns whether anything was known about \p From.
bool FlowBuilder::moveObjects(Worlds &State, PlaceId From, PlaceId Place) {
  bool Any = false;
  for (World &W : State) {
    llvm::SmallVector<std::pair<PlaceId, ObjectState>, 2> Moved;
    for (auto &[At, Object] : W.Objects) {
      if (!KnownPlaces->isWithin(At, From))
        continue;
      Any = true;
      std::optional<PlaceId> To =
          KnownPlaces->rebase(*KnownPlaces, At, From, Place);
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
    if (std::optional<PlaceId> At = KnownPlaces->of(Argument))
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
  // The library will call the constructor that matches the arguments. The rules
  // of models apply to any constructor of the class.
  const CXXConstructorDecl *Some =
      Class.Class->hasDefinition() &&
              Class.Class->ctor_begin() != Class.Class->ctor_end()
          ? *Class.Class->ctor_begin()
          : nullptr;
  if (Some && Class.isRaii() && Class.Model)
    return constructWith(State, Place, Class, *Some, Arguments, Since);
  if (Arguments.empty() && !Class.isRaii())
    return initialiseDefault(State, Place, Class, Since, Depth + 1);
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
      // An invisible constructor that is called without arguments has nothing
      // to lock.
      if (!Found && Construct->getNumArgs() == 0) {
        const CXXRecordDecl *PartClass = Part.Guard->Class;
        if (Part.Guard->isRaii() && PartClass->hasDefinition() &&
            PartClass->ctor_begin() != PartClass->ctor_end())
          constructWith(State, KnownPlaces->member(Place, *Part.Subobject),
                        *Part.Guard, **PartClass->ctor_begin(), {},
                        Construct->getBeginLoc());
        continue;
      }
      // An inherited constructor passes its arguments on.
      if (const auto *Inherited = dyn_cast_or_null<CXXInheritedCtorInitExpr>(
              sourceOfInit(PartInit));
          Inherited && Part.Guard->isRaii()) {
        constructWith(
            State, KnownPlaces->member(Place, *Part.Subobject), *Part.Guard,
            *Inherited->getConstructor(),
            llvm::SmallVector<const Expr *, 4>(Construct->arguments()),
            Construct->getBeginLoc());
        continue;
      }
    }
    initialise(State, KnownPlaces->member(Place, *Part.Subobject), *Part.Guard,
               PartInit, Depth + 1);
  }
}

/// Initialises an object without constructor arguments: the state of its parts
/// follows from their initialisers or default constructors.
void FlowBuilder::initialiseDefault(Worlds &State, PlaceId Place,
                                    const GuardClass &Class,
                                    SourceLocation Since, unsigned Depth) {
  if (Depth > MaxInitialiserDepth)
    return;
  if (Class.isRaii()) {
    if (Class.Class->hasDefinition() &&
        Class.Class->ctor_begin() != Class.Class->ctor_end())
      constructWith(State, Place, Class, **Class.Class->ctor_begin(), {},
                    Since);
    return;
  }
  if (Class.Element)
    return empty(State, Place, *Class.Element);
  for (const GuardClass::Part &Part : Class.Parts) {
    const PlaceId At = KnownPlaces->member(Place, *Part.Subobject);
    const auto *Field = dyn_cast<FieldDecl>(Part.Subobject);
    if (Field && Field->hasInClassInitializer() &&
        Field->getInClassInitializer())
      initialise(State, At, *Part.Guard, Field->getInClassInitializer(),
                 Depth + 1);
    else
      initialiseDefault(State, At, *Part.Guard, Since, Depth + 1);
  }
}

void FlowBuilder::empty(Worlds &State, PlaceId Place,
                        const GuardClass &Element) {
  for (World &W : State) {
    release(W, Place);
    W.Objects[Place].Class = &Element;
  }
}

/// Sets the state of a new object from an object or call of the same class.
/// Returns false if \p Source is neither.
bool FlowBuilder::initialiseFromSame(Worlds &State, PlaceId Place,
                                     const GuardClass &Class,
                                     const Expr &Source, unsigned Depth) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Source);
      Construct && Construct->getNumArgs() == 1 &&
      sameClass(*Construct->getArg(0), Class) &&
      Construct->getConstructor()->isCopyOrMoveConstructor()) {
    if (initialiseFromPlace(State, Place, *Construct->getArg(0)))
      return true;
    // Moved from an object with unknown state: a reference parameter.
    const Expr *From = sourceOfInit(Construct->getArg(0));
    initialise(State, Place, Class, From && From->isPRValue() ? From : nullptr,
               Depth + 1);
    return true;
  }
  if (Source.isGLValue() && sameClass(Source, Class) &&
      initialiseFromPlace(State, Place, Source))
    return true;
  const auto *Call = dyn_cast<CallExpr>(&Source);
  return Call && sameClass(*Call, Class) &&
         initialiseFromCall(State, Place, *Call);
}

namespace {

/// Whether the last parameter of \p Constructor, a template, is a pack that it
/// forwards.
bool forwards(const CXXConstructorDecl &Constructor) {
  const FunctionTemplateDecl *Template = Constructor.getPrimaryTemplate();
  const FunctionDecl *Pattern =
      Template ? Template->getTemplatedDecl() : nullptr;
  return Pattern && Pattern->getNumParams() > 0 &&
         Pattern->getParamDecl(Pattern->getNumParams() - 1)->isParameterPack();
}

} // namespace

/// Sets the state of a wrapper (`std::optional`) of at most one guard.
void FlowBuilder::initialiseWrapper(Worlds &State, PlaceId Place,
                                    const GuardClass &Class, const Expr *Source,
                                    unsigned Depth) {
  const GuardClass &Element = *Class.Element;
  if (!Source)
    return initialise(State, Place, Element, nullptr, Depth + 1);
  if (const auto *New = dyn_cast<CXXNewExpr>(Source))
    return New->getInitializer() ? initialise(State, Place, Element,
                                              New->getInitializer(), Depth + 1)
                                 : empty(State, Place, Element);
  if (const auto *Call = dyn_cast<CallExpr>(Source)) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const ModelIndex::FunctionEntry *Entry =
        Callee ? Unit.Models.find(*Callee) : nullptr;
    if (!Entry || !Entry->MakesWrapper)
      return initialise(State, Place, Element, nullptr, Depth + 1);
    llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
    return initialiseElement(State, Place, Element, Arguments,
                             Source->getBeginLoc(), Depth + 1);
  }
  if (const auto *List = dyn_cast<InitListExpr>(Source);
      List && List->getNumInits() == 0)
    return empty(State, Place, Element);
  if (sameClass(*Source, Element))
    return initialise(State, Place, Element, Source, Depth + 1);
  const auto *Construct = dyn_cast<CXXConstructExpr>(Source);
  if (!Construct)
    return empty(State, Place, Element);
  initialiseWrapperWith(State, Place, Class, *Construct, Depth);
}

/// Sets the state of a wrapper created by one of its own constructors.
void FlowBuilder::initialiseWrapperWith(Worlds &State, PlaceId Place,
                                        const GuardClass &Class,
                                        const CXXConstructExpr &Construct,
                                        unsigned Depth) {
  const GuardClass &Element = *Class.Element;
  llvm::SmallVector<const Expr *, 4> Arguments;
  for (const Expr *Argument : Construct.arguments())
    if (!isa<CXXDefaultArgExpr>(Argument))
      Arguments.push_back(Argument);
  if (Arguments.empty())
    return empty(State, Place, Element);
  const Expr *First = sourceOfInit(Arguments.front());
  if (Arguments.size() == 1) {
    if (sameClass(*First, Class) || sameClass(*First, Element))
      return initialise(State, Place,
                        sameClass(*First, Class) ? Class : Element,
                        Arguments.front(), Depth + 1);
    if (isa<CXXNewExpr>(First) || Guards.of(First->getType()) == &Class)
      return initialise(State, Place, Class, First, Depth + 1);
    // `std::nullopt` empties; `std::in_place` with nothing after it fills.
    if (First->getType()->isNullPtrType() ||
        (classOf(First->getType()) && !Guards.of(First->getType()) &&
         !forwards(*Construct.getConstructor())))
      return empty(State, Place, Element);
  }
  // `std::optional<Guard>(std::in_place, mutex)`.
  const CXXRecordDecl *FirstClass = classOf(Arguments.front()->getType());
  if (FirstClass && !Guards.of(*FirstClass))
    Arguments.erase(Arguments.begin());
  initialiseElement(State, Place, Element, Arguments, Construct.getBeginLoc(),
                    Depth + 1);
}

/// Sets the state of a guard created by \p Source, which is not one of its
/// constructors.
void FlowBuilder::initialiseGuard(Worlds &State, PlaceId Place,
                                  const GuardClass &Class, const Expr *Source,
                                  SourceLocation Since, unsigned Depth) {
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
  if (!Held)
    return empty(State, Place, Class);
  for (World &W : State) {
    setHeld(W, Place, &Class, Since);
    W.Objects[Place].Mutexes.clear();
  }
}

/// Sets the state of a new object from its initialiser, which is null if it is
/// not visible.
void FlowBuilder::initialise(Worlds &State, PlaceId Place,
                             const GuardClass &Class, const Expr *Init,
                             unsigned Depth) {
  if (Depth > MaxInitialiserDepth)
    return;
  const Expr *Source = sourceOfInit(Init);
  SourceLocation Since;
  if (Source)
    Since = Source->getBeginLoc();
  else if (const ValueDecl *Variable = KnownPlaces->rootVariable(Place))
    Since = Variable->getLocation();

  if (Source && initialiseFromSame(State, Place, Class, *Source, Depth))
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
  if (Class.Element)
    return initialiseWrapper(State, Place, Class, Source, Depth);
  if (!Class.isRaii())
    return initialiseParts(State, Place, Class, Source, Depth);
  if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Source))
    return constructWith(
        State, Place, Class, *Construct->getConstructor(),
        llvm::SmallVector<const Expr *, 4>(Construct->arguments()), Since);
  if (const auto *Inherited =
          dyn_cast_or_null<CXXInheritedCtorInitExpr>(Source))
    return constructWith(State, Place, Class, *Inherited->getConstructor(), {},
                         Since);
  initialiseGuard(State, Place, Class, Source, Since, Depth);
}

} // namespace corolint
