//===-- FlowEvents.cpp - Statements that acquire and release --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/FlowBuilder.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace corolint {

void FlowBuilder::onStatement(const Stmt &S, Worlds &State) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S))
    return onDeclaration(*Declaration, State);
  if (const auto *Call = dyn_cast<CallExpr>(&S))
    return onCall(*Call, State);
  if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
    return onSuspension(cast<Expr>(S), State);
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S)) {
    if (!Temporaries.contains(Temporary))
      return;
    if (const GuardClass *Class = Guards.of(Temporary->getType()))
      initialise(State, KnownPlaces->ofTemporary(*Temporary), *Class,
                 Temporary->getSubExpr());
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
    const CXXConstructorDecl &Constructor = *Construct->getConstructor();
    llvm::SmallVector<const Expr *, 4> Arguments(Construct->arguments());
    if (!Guards.of(*Constructor.getParent()))
      applySummary(
          Constructor, Construct->getLocation(), State,
          []() -> std::optional<PlaceId> { return std::nullopt; },
          [&](unsigned Index) -> std::optional<PlaceId> {
            return Index < Arguments.size()
                       ? placeOfArgument(*Arguments[Index],
                                         *Constructor.getParamDecl(Index))
                       : std::nullopt;
          });
    onMovedArguments(&Constructor, Arguments, State);
    onValueArguments(Constructor, Arguments, State);
    return;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S);
      Binary && Binary->isAssignmentOp()) {
    const Expr *Target = Binary->getLHS()->IgnoreParenImpCasts();
    if (Target->isTypeDependent())
      return;
    const ValueDecl *Changed = changedBy(*Target);
    if (!Changed)
      return;
    const bool Simple = Binary->getOpcode() == BO_Assign;
    for (World &W : State)
      assign(W, *Changed, Simple ? Binary->getRHS() : nullptr);
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S);
      Unary && Unary->isIncrementDecrementOp()) {
    if (const ValueDecl *Changed =
            changedBy(*Unary->getSubExpr()->IgnoreParenImpCasts()))
      for (World &W : State)
        forget(W, *Changed);
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
    QualType Type = Walked.Function->getReturnType();
    if (Type->isReferenceType() || Type->isPointerType())
      return;
    if (const GuardClass *Class = Guards.of(Type))
      initialise(State, KnownPlaces->ofResult(), *Class, Return->getRetValue());
    return;
  }
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S))
    if (std::optional<PlaceId> Place = KnownPlaces->of(Delete->getArgument()))
      endOfObject(*Place, State);
}

void FlowBuilder::onSuspension(const Expr &Suspension, Worlds &State) {
  if (!isSuspensionPoint(Suspension) || !canSuspend(Suspension, Unit))
    return;
  noteAwaited(Suspension, State);
  const HopTo To = hopAt(Suspension, Unit);
  for (World &W : State) {
    W.Suspended = true;
    if (W.HopEnds) {
      W.LastHop = Hop::None;
      W.HopEnds = false;
    }
    if (To.Where == Hop::None)
      continue;
    const bool Returns = To.Where == Hop::Alternates &&
                         W.LastHop == Hop::MayBlock &&
                         W.HopArgument != To.ArgumentShape;
    W.LastHop = Returns                       ? Hop::OnLoop
                : To.Where == Hop::Alternates ? Hop::MayBlock
                                              : To.Where;
    W.HopArgument = To.Where == Hop::Alternates ? To.ArgumentShape : 0;
    W.HopEnds = To.UntilSuspension;
  }
}

void FlowBuilder::onDeclaration(const DeclStmt &S, Worlds &State) {
  for (const Decl *D : S.decls()) {
    const auto *Variable = dyn_cast<VarDecl>(D);
    if (!Variable || Variable->isStaticLocal())
      continue;
    const Expr *Init = Variable->getInit();
    QualType Type = Variable->getType();
    for (World &W : State)
      assign(W, *Variable, Type->isScalarType() ? Init : nullptr);
    // `auto *mutex = lock.release()`
    if (std::optional<PlaceId> Alias = KnownPlaces->aliasOf(sourceOfInit(Init)))
      KnownPlaces->alias(Variable->getCanonicalDecl(), *Alias);
    holdExtended(*Variable, State);
    giveUp(*Variable, State);
    const GuardClass *Class = Guards.of(Type);
    PlaceId Place = KnownPlaces->ofVariable(*Variable);
    if (!Class || Class->IsMutex || Class->IsAsyncLock) {
      noteWork(Place, Init, State);
      continue;
    }
    if (Type->isPointerType()) {
      // The pointer owns the object until it is deleted.
      const auto *New =
          Init ? dyn_cast<CXXNewExpr>(Init->IgnoreParenImpCasts()) : nullptr;
      if (New && New->getInitializer())
        initialise(State, Place, *Class, New->getInitializer());
      continue;
    }
    if (Type->isReferenceType()) {
      // Only a temporary with the lifetime of the reference begins with it.
      if (!Init || !bindsTemporary(*Init))
        continue;
    }
    for (World &W : State)
      forgetPlace(W, Place);
    initialise(State, Place, *Class, Init);
    noteWork(Place, Init, State);
    // Ready work stays ready when it is moved.
    const auto *Construct =
        dyn_cast_or_null<CXXConstructExpr>(sourceOfInit(Init));
    if (!Construct || !Construct->getConstructor()->isCopyOrMoveConstructor())
      continue;
    if (std::optional<PlaceId> From = KnownPlaces->of(Construct->getArg(0)))
      for (World &W : State)
        if (auto It = W.Facts.find({ReadyFact, *From});
            It != W.Facts.end() && It->second)
          W.Facts[{ReadyFact, Place}] = true;
  }
}

/// Temporaries that live as long as a reference although it is not bound to
/// them: from C++23 on, those in the range of a range-for.
void FlowBuilder::holdExtended(const VarDecl &Variable, Worlds &State) {
  if (!Variable.getType()->isReferenceType() || !Variable.getInit())
    return;
  llvm::SmallVector<const Stmt *, 8> Stack{Variable.getInit()};
  bool Outermost = true;
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(S)) {
      bool Bound = std::exchange(Outermost, false) &&
                   bindsTemporary(*Variable.getInit());
      const GuardClass *Class = Guards.of(Temporary->getType());
      if (!Bound && Class && Temporary->getExtendingDecl() == &Variable) {
        PlaceId Place = KnownPlaces->ofTemporary(*Temporary);
        initialise(State, Place, *Class, Temporary->getSubExpr());
        auto &Places = Extended[&Variable];
        if (!llvm::is_contained(Places, Place))
          Places.push_back(Place);
      }
    }
    for (const Stmt *Child : S->children())
      if (Child && !isa<LambdaExpr>(Child))
        Stack.push_back(Child);
  }
}

void FlowBuilder::onCall(const CallExpr &Call, Worlds &State) {
  const FunctionDecl *Callee = calleeOf(Call);
  llvm::SmallVector<const Expr *, 4> Arguments(Call.arguments());
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(Call) &&
             isa_and_nonnull<CXXMethodDecl>(Callee) &&
             cast<CXXMethodDecl>(Callee)->isInstance() && !Arguments.empty()) {
    Object = Arguments.front();
    Arguments.erase(Arguments.begin());
  }
  if (!Callee)
    return;

  onAssertedReadiness(Arguments, State);

  bool Handled = false;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee); Method && Object)
    Handled = onObjectCall(Call, *Object, *Method, Arguments, State);
  if (!Handled)
    if (const LockFunctionModel *Lock = Guards.lockFunction(*Callee)) {
      onLockFunction(Call, *Lock, State);
      Handled = true;
    }
  if (!Handled)
    Handled = onAttributes(Call, *Callee, State);
  if (!Handled)
    onSummary(Call, *Callee, State);
  onMovedArguments(Callee, Arguments, State);
  onValueArguments(*Callee, Arguments, State);

  // An argument passed by non-const reference may have changed.
  for (unsigned I = 0; I < Arguments.size() && I < Callee->getNumParams();
       ++I) {
    QualType Type = Callee->getParamDecl(I)->getType();
    if (!Type->isLValueReferenceType() ||
        Type->getPointeeType().isConstQualified())
      continue;
    if (!Arguments[I]->isTypeDependent() &&
        Type->getPointeeType()->isScalarType())
      if (const ValueDecl *Changed = changedBy(*Arguments[I]))
        for (World &W : State)
          forget(W, *Changed);
  }
}

bool FlowBuilder::onObjectCall(const CallExpr &Call, const Expr &Object,
                               const CXXMethodDecl &Method,
                               llvm::ArrayRef<const Expr *> Arguments,
                               Worlds &State) {
  noteChanged(Method, Object, State);
  // `f = std::async(…)` and the like invalidate knowledge about `f`.
  if (Method.getOverloadedOperator() == OO_Equal)
    if (std::optional<PlaceId> Place = KnownPlaces->of(&Object)) {
      for (World &W : State)
        forgetPlace(W, *Place);
      if (!Arguments.empty())
        noteWork(*Place, Arguments.front(), State);
    }
  onWorkCall(Call, Object, Method, State);

  // Use the guard's class, not the base that declares the method.
  const GuardClass *Class = Guards.ofObject(&Object, Method);
  if (!Class)
    return false;
  std::optional<PlaceId> Place = KnownPlaces->of(&Object);
  if (!Place)
    return false;

  if (Method.getOverloadedOperator() == OO_Equal && !Arguments.empty()) {
    if (Class->IsMutex || Class->IsAsyncLock)
      return false;
    bool Self = KnownPlaces->of(Arguments.front()) == Place;
    if (Self)
      return true;
    // The new state is read before the old object is destroyed.
    Worlds Next = State;
    for (World &W : Next)
      release(W, *Place);
    initialise(Next, *Place, *Class, Arguments.front());
    State = std::move(Next);
    return true;
  }
  const Expr *Other = Arguments.empty() ? nullptr : Arguments.front();
  auto ActOn = [&](PlaceId At, const GuardClass &Guard) {
    std::optional<GuardAction> Action = Guards.actionOf(Method, Guard);
    if (!Action)
      return false;
    if (Guard.Wrapper && *Action == GuardAction::Acquires) {
      for (World &W : State)
        release(W, At);
      initialiseElement(State, At, *Guard.Element, Arguments, locationOf(Call),
                        0);
      return true;
    }
    // `unique_ptr::reset(new Guard)` fills it again.
    if (Guard.Wrapper && *Action == GuardAction::Releases && Other &&
        !isa<CXXDefaultArgExpr>(Other)) {
      for (World &W : State)
        release(W, At);
      initialise(State, At, Guard, Other);
      return true;
    }
    act(*Action, At, &Guard, Call, State, Other);
    return true;
  };
  if (ActOn(*Place, *Class))
    return true;
  for (const GuardClass::Part &Part : Class->Parts)
    if (isa<CXXRecordDecl>(Part.Subobject) &&
        ActOn(KnownPlaces->member(*Place, *Part.Subobject), *Part.Guard))
      return true;
  return false;
}

void FlowBuilder::onLockFunction(const CallExpr &Call,
                                 const LockFunctionModel &Model,
                                 Worlds &State) {
  unsigned First = 0, Last = Call.getNumArgs();
  if (Model.Argument >= 0) {
    First = Model.Argument;
    Last = std::min(Last, First + 1);
  }
  if (Model.Action == GuardAction::Swaps ||
      Model.Action == GuardAction::Replaces) {
    if (Call.getNumArgs() < 2)
      return;
    std::optional<PlaceId> Place = KnownPlaces->of(Call.getArg(0));
    const GuardClass *Class = Guards.of(Call.getArg(0)->getType());
    if (Place && Class)
      act(Model.Action, *Place, Class, Call, State, Call.getArg(1));
    return;
  }
  llvm::SmallVector<std::pair<PlaceId, const GuardClass *>, 2> Mutexes;
  for (unsigned I = First; I < Last; ++I)
    if (std::optional<PlaceId> Place = KnownPlaces->of(Call.getArg(I)))
      Mutexes.emplace_back(*Place, Guards.of(Call.getArg(I)->getType()));
  if (Model.Action != GuardAction::Tries) {
    for (auto [Place, Class] : Mutexes)
      act(Model.Action, Place, Class, Call, State);
    return;
  }
  // Either all of them are locked, or none.
  fork(
      State,
      [&](World &W) {
        for (auto [Place, Class] : Mutexes)
          setHeld(W, Place, Class, locationOf(Call));
        W.Results[&Call] = {true, Model.Success};
      },
      [&](World &W) { W.Results[&Call] = {false, Model.Success}; });
}

bool FlowBuilder::onAttributes(const CallExpr &Call, const FunctionDecl &Callee,
                               Worlds &State) {
  bool Any = false;
  auto Apply = [&](GuardAction Action, auto Range) {
    for (const auto *Attribute : Range)
      for (const Expr *Written : Attribute->args()) {
        // The argument names a parameter or a member of the callee's object.
        const Expr *E = Written->IgnoreParenImpCasts();
        if (const auto *Unary = dyn_cast<UnaryOperator>(E))
          E = Unary->getSubExpr()->IgnoreParenImpCasts();
        std::optional<PlaceId> Place;
        if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
          if (const auto *Param = dyn_cast<ParmVarDecl>(Ref->getDecl())) {
            unsigned Index = Param->getFunctionScopeIndex();
            if (Index < Call.getNumArgs())
              Place = KnownPlaces->of(Call.getArg(Index));
          } else {
            Place = KnownPlaces->of(E);
          }
        } else if (const auto *Member = dyn_cast<MemberExpr>(E);
                   Member && isa<FieldDecl>(Member->getMemberDecl()) &&
                   isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())) {
          const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(&Call);
          std::optional<PlaceId> Object =
              MemberCall
                  ? KnownPlaces->of(MemberCall->getImplicitObjectArgument())
                  : std::nullopt;
          if (Object)
            Place = KnownPlaces->member(*Object, *Member->getMemberDecl());
        } else if (isa<MemberExpr>(E)) {
          Place = KnownPlaces->of(E);
        }
        if (!Place)
          continue;
        Any = true;
        act(Action, *Place, Guards.of(E->getType()), Call, State);
      }
  };
  if (!Callee.hasAttrs())
    return false;
  Apply(GuardAction::Releases, Callee.specific_attrs<ReleaseCapabilityAttr>());
  Apply(GuardAction::Acquires, Callee.specific_attrs<AcquireCapabilityAttr>());
  return Any;
}

void FlowBuilder::onSummary(const CallExpr &Call, const FunctionDecl &Callee,
                            Worlds &State) {
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call);
  applySummary(
      Callee, locationOf(Call), State,
      [&]() -> std::optional<PlaceId> {
        if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
          return KnownPlaces->of(Member->getImplicitObjectArgument());
        if (IsOperator && Call.getNumArgs() > 0)
          return KnownPlaces->of(Call.getArg(0));
        return std::nullopt;
      },
      [&](unsigned Index) -> std::optional<PlaceId> {
        const unsigned First = IsOperator && isa<CXXMethodDecl>(Callee);
        return Index + First < Call.getNumArgs()
                   ? placeOfArgument(*Call.getArg(Index + First),
                                     *Callee.getParamDecl(Index))
                   : std::nullopt;
      },
      isDispatched(Call, Callee));
}

void FlowBuilder::onDestructor(const VarDecl &Variable, Worlds &State) {
  if (takeBack(Variable, State))
    return;
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor =
      Class && Class->hasDefinition() && !Class->isDependentContext()
          ? Class->getDestructor()
          : nullptr;
  // An inferred guard may unlock something other than it locked: a class that
  // calls a function at the end of a scope locks nothing.
  const GuardClass *Guard = Destructor ? Guards.of(*Class) : nullptr;
  if (!Destructor || (Guard && !Guard->IsInferred))
    return;
  applySummary(
      *Destructor, Variable.getLocation(), State,
      [&] { return KnownPlaces->ofVariable(Variable); },
      [](unsigned) { return std::nullopt; });
}

void FlowBuilder::applySummary(
    const FunctionDecl &Callee, SourceLocation Where, Worlds &State,
    llvm::function_ref<std::optional<PlaceId>()> This,
    llvm::function_ref<std::optional<PlaceId>(unsigned)> Argument,
    bool Dispatched) {
  const LockSummary &Summary = All.summary(Callee);
  auto PlaceOf =
      [&](const LockSummary::Effect &Effect) -> std::optional<PlaceId> {
    std::optional<PlaceId> Root;
    switch (Effect.Of) {
    case LockSummary::Root::This:
      Root = This();
      break;
    case LockSummary::Root::Parameter:
      Root = Argument(Effect.Parameter);
      break;
    case LockSummary::Root::Global:
      if (const ValueDecl *Variable =
              Summary.KnownPlaces->rootVariable(Effect.Place))
        Root = KnownPlaces->ofVariable(*Variable);
      break;
    }
    if (!Root)
      return std::nullopt;
    return KnownPlaces->rebase(*Summary.KnownPlaces, Effect.Place, Effect.From,
                               *Root);
  };
  // An override may complete nothing.
  for (const auto &[Effect, Source] : Summary.Fulfilled)
    if (std::optional<PlaceId> Place =
            Dispatched ? std::nullopt : PlaceOf(Effect))
      onFulfilment(*Place, Source, State);
  for (const LockSummary::Effect &Effect : Summary.Effects) {
    std::optional<PlaceId> Place = PlaceOf(Effect);
    if (!Place)
      continue;
    for (World &W : State) {
      if (!Effect.Held) {
        release(W, *Place);
        continue;
      }
      auto It = W.Objects.find(*Place);
      setHeld(W, *Place, It != W.Objects.end() ? It->second.Class : nullptr,
              Where);
    }
  }
}

void FlowBuilder::onMovedArguments(const FunctionDecl *Callee,
                                   llvm::ArrayRef<const Expr *> Arguments,
                                   Worlds &State) {
  if (!Callee)
    return;
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(*Callee);
  if (Entry && Entry->PassThrough)
    return;
  for (unsigned I = 0; I < Arguments.size() && I < Callee->getNumParams();
       ++I) {
    if (!Callee->getParamDecl(I)->getType()->isRValueReferenceType() ||
        !Arguments[I]->isXValue() || !Guards.of(Arguments[I]->getType()))
      continue;
    std::optional<PlaceId> From = KnownPlaces->of(Arguments[I]);
    // A temporary guard stays in place even if it is passed on; pending work
    // may have been passed on.
    if (!From || (KnownPlaces->isTemporary(*From) &&
                  !Guards.of(Arguments[I]->getType())->IsPendingWork))
      continue;
    for (World &W : State)
      for (auto &[Place, Object] : W.Objects)
        if (Object.Held && KnownPlaces->isWithin(Place, *From)) {
          Object.Held = false;
          Object.WasMoved = true;
        }
  }
}

/// The callee owns an object passed by value: a coroutine keeps it in its
/// frame, and another function may have moved it on.
void FlowBuilder::onValueArguments(const FunctionDecl &Callee,
                                   llvm::ArrayRef<const Expr *> Arguments,
                                   Worlds &State) {
  for (unsigned I = 0; I < Arguments.size() && I < Callee.getNumParams(); ++I) {
    if (Callee.getParamDecl(I)->getType()->isReferenceType() ||
        Arguments[I]->isTypeDependent())
      continue;
    const GuardClass *Class = Guards.of(Arguments[I]->getType());
    if (!Class || Arguments[I]->getType()->isPointerType())
      continue;
    std::optional<PlaceId> Place = KnownPlaces->of(Arguments[I]);
    if (Place && KnownPlaces->isTemporary(*Place))
      for (World &W : State)
        release(W, *Place);
  }
}

void FlowBuilder::endOfObject(PlaceId Place, Worlds &State) {
  Worlds Next;
  for (World &W : State) {
    for (auto It = W.Objects.begin(); It != W.Objects.end();) {
      if (!KnownPlaces->isWithin(It->first, Place)) {
        ++It;
        continue;
      }
      llvm::SmallVector<PlaceId, 1> Mutexes = It->second.Mutexes;
      bool Held = It->second.Held;
      It = W.Objects.erase(It);
      if (!Held)
        continue;
      for (PlaceId Mutex : Mutexes)
        W.Objects.erase(Mutex);
      It = W.Objects.begin();
    }
    // What a parameter completed matters to the caller.
    if (!isa_and_nonnull<ParmVarDecl>(KnownPlaces->rootVariable(Place)))
      forgetPlace(W, Place);
    addWorld(Next, std::move(W));
  }
  State = std::move(Next);
}

void FlowBuilder::pendingAtEnd(PlaceId Place, const VarDecl *Variable,
                               const Expr *Temporary, const Worlds &State) {
  if (!Recording)
    return;
  for (const World &W : State)
    for (const auto &[At, Object] : W.Objects) {
      if (!Object.Held || !Object.Class || !Object.Class->IsPendingWork ||
          !KnownPlaces->isWithin(At, Place))
        continue;
      auto Ready = W.Facts.find({ReadyFact, At});
      if (Ready != W.Facts.end() && Ready->second)
        continue;
      for (const PendingDestruction &Seen : Recording->Pending)
        if (Seen.Variable == Variable && Seen.Temporary == Temporary)
          return;
      Recording->Pending.push_back(
          {Object.Class, Variable, Temporary, Object.Since});
      return;
    }
}

} // namespace corolint
