//===-- FlowObjects.cpp - Acquires and releases objects -------------------===//
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

/// A recursive mutex that is locked more often counts as locked this often.
constexpr unsigned MaxLockCount = 4;

} // namespace

/// The relevant part of an initialiser, inside nodes that change nothing.
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
    if (!KnownPlaces->isWithin(At, Place))
      continue;
    if (Object.Held)
      Mutexes.append(Object.Mutexes.begin(), Object.Mutexes.end());
    Object.Held = false;
    Object.WasMoved = false;
    Object.Count = 0;
  }
  // From here on, the object is known not to be held.
  auto [It, Inserted] = W.Objects.try_emplace(Place);
  It->second.Held = false;
  for (PlaceId Mutex : Mutexes)
    W.Objects.erase(Mutex);
}

/// `unlock_guard unlocked(lock);` releases what it is constructed from until
/// its end.
void FlowBuilder::giveUp(const VarDecl &Variable, Worlds &State) {
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  const auto *Made =
      dyn_cast_or_null<CXXConstructExpr>(sourceOfInit(Variable.getInit()));
  if (!Class || !Made || !Guards.isReversed(*Class))
    return;
  auto &Places = GivenUp[&Variable];
  for (const Expr *Argument : Made->arguments()) {
    std::optional<PlaceId> Place = KnownPlaces->of(Argument);
    if (!Place)
      continue;
    if (!llvm::is_contained(Places, *Place))
      Places.push_back(*Place);
    for (World &W : State)
      if (auto It = W.Objects.find(*Place);
          It != W.Objects.end() && It->second.Held)
        release(W, *Place);
  }
}

/// Locks again what the reversed guard \p Variable, which ends, has released.
/// Returns whether it is one.
bool FlowBuilder::takeBack(const VarDecl &Variable, Worlds &State) {
  auto Reversed = GivenUp.find(&Variable);
  if (Reversed == GivenUp.end())
    return false;
  for (PlaceId Place : Reversed->second)
    for (World &W : State)
      if (auto It = W.Objects.find(Place);
          It != W.Objects.end() && It->second.Since.isValid())
        It->second.Held = true, It->second.Count = 1;
  return true;
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
        KnownPlaces->alias(&Call, Was.Mutexes.front());
      if (!Was.Held)
        continue;
      for (PlaceId Mutex : Was.Mutexes)
        setHeld(W, Mutex, nullptr, Was.Since);
    }
    return;
  case GuardAction::Swaps: {
    std::optional<PlaceId> With = Other ? KnownPlaces->of(Other) : std::nullopt;
    if (!With)
      return;
    for (World &W : State)
      std::swap(W.Objects[Place], W.Objects[*With]);
    return;
  }
  case GuardAction::Replaces:
    moveObjects(State, Place, KnownPlaces->ofTemporary(Call));
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
  std::optional<PlaceId> Place = KnownPlaces->of(E);
  return Place ? KnownPlaces->rootVariable(*Place) : nullptr;
}

/// The truth of a value that is already known: of `l.owns_lock()` if the state
/// of `l` is known, of a `try_lock()` that has returned.
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
    std::optional<PlaceId> Place = KnownPlaces->of(Object);
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
    W.Facts[{VariableFact, KnownPlaces->ofVariable(Variable)}] = *Known;
  else if (Value)
    W.Bindings[cast<ValueDecl>(Variable.getCanonicalDecl())] = Value;
}

void FlowBuilder::forget(World &W, const ValueDecl &Changed) {
  W.Bindings.erase(cast<ValueDecl>(Changed.getCanonicalDecl()));
  W.Facts.erase({VariableFact, KnownPlaces->ofVariable(Changed)});
  auto It = Mentions.find(&Changed);
  if (It != Mentions.end())
    for (unsigned Shape : It->second)
      W.Facts.erase({ConditionFact, Shape});
  // A binding to an expression that uses the variable is no longer valid.
  for (auto B = W.Bindings.begin(); B != W.Bindings.end();) {
    const Expr *Bound = B->second->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Bound);
    B = Ref && Ref->getDecl() == &Changed ? W.Bindings.erase(B) : std::next(B);
  }
}

void FlowBuilder::forgetPlace(World &W, PlaceId Place) {
  for (auto It = W.Facts.begin(); It != W.Facts.end();)
    It = (It->first.first == ReadyFact || It->first.first == FulfilledFact ||
          It->first.first == AwaitedFact || It->first.first == EndedFact) &&
                 KnownPlaces->isWithin(It->first.second, Place)
             ? W.Facts.erase(It)
             : std::next(It);
}

} // namespace corolint
