//===-- FlowWork.cpp - Work that is known to be ready ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/FlowBuilder.h"

using namespace clang;

namespace corolint {

/// A method that returns the work of a method that returns …: longer chains are
/// not followed.
static constexpr unsigned MaxWorkDepth = 4;

/// The object and the method whose call creates the work that \p E returns,
/// possibly in the body of an accessor: `p.get_future()`, `helper.future()`.
std::optional<FlowBuilder::WorkOrigin>
FlowBuilder::originOfWork(const Expr *E) {
  std::optional<WorkOrigin> Result;
  std::shared_ptr<Places> Inside = KnownPlaces;
  std::optional<PlaceId> This;
  for (unsigned Depth = 0; E && Depth < MaxWorkDepth; ++Depth) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(
        E->IgnoreImplicit()->IgnoreUnlessSpelledInSource());
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    if (!Method)
      break;
    std::optional<PlaceId> By = Inside->of(Call->getImplicitObjectArgument());
    if (By && This)
      By = KnownPlaces->rebase(*Inside, *By, Inside->ofThis(), *This);
    if (!By)
      break;
    Result = {*By, Method->getIdentifier()};
    if (Unit.Models.isLibrary(*Method) || isDispatched(*Call, *Method))
      break;
    This = By;
    Inside = std::make_shared<Places>(Context, Unit.Models);
    E = onlyReturned(*Method);
  }
  return Result;
}

/// Records that the object at \p Place holds the work that \p Init returned: `f
/// = p.get_future()`.
void FlowBuilder::noteWork(PlaceId Place, const Expr *Init, Worlds &State) {
  const std::optional<WorkOrigin> Origin = originOfWork(Init);
  if (!Origin)
    return;
  auto &Kept = WorkOf[{Origin->By, Origin->Method}];
  if (!llvm::is_contained(Kept, Place))
    Kept.push_back(Place);
  for (World &W : State)
    if (isFulfilled(W, *Origin))
      W.Facts[{ReadyFact, Place}] = true;
}

/// Whether the object has completed the work that \p Origin returns.
bool FlowBuilder::isFulfilled(const World &W, const WorkOrigin &Origin) const {
  auto It = W.Facts.find({FulfilledFact, Origin.By});
  auto Source = Sources.find(Origin.By);
  return It != W.Facts.end() && It->second && Source != Sources.end() &&
         Origin.Method && Origin.Method->getName() == Source->second;
}

/// Records that the object at \p By has completed the work that its method
/// \p Source returns.
void FlowBuilder::onFulfilment(PlaceId By, StringRef Source, Worlds &State) {
  Sources[By] = Source;
  for (World &W : State)
    W.Facts[{FulfilledFact, By}] = true;
  for (const auto &[Origin, Kept] : WorkOf)
    if (Origin.first == By && Origin.second &&
        Origin.second->getName() == Source)
      for (World &W : State)
        for (PlaceId Place : Kept)
          W.Facts[{ReadyFact, Place}] = true;
}

/// Records what a call of \p Method on \p Object completes or waits for.
void FlowBuilder::onWorkCall(const CallExpr &Call, const Expr &Object,
                             const CXXMethodDecl &Method, Worlds &State) {
  std::optional<PlaceId> Place = KnownPlaces->of(&Object);
  if (!Place)
    return;
  const CXXRecordDecl *Class = classOf(Object.IgnoreParenImpCasts()->getType());
  if (const ReadinessModel *Model =
          Unit.Models.readiness(Method, Class, ReadinessMeaning::Fulfils))
    onFulfilment(*Place, Model->Source, State);
  // A method of the project may replace a promise within its object, unless it
  // only returns something of it.
  else if (!Method.isConst() && !Unit.Models.isLibrary(Method) &&
           !onlyReturned(Method))
    for (World &W : State)
      for (auto It = W.Facts.begin(); It != W.Facts.end();)
        It = It->first.first == FulfilledFact && It->first.second != *Place &&
                     KnownPlaces->isWithin(It->first.second, *Place)
                 ? W.Facts.erase(It)
                 : std::next(It);

  // After a wait for work, another wait does not block.
  const ModelIndex::FunctionEntry *Entry = Unit.Models.find(Method, Class);
  if (!Entry || Unit.Models.readiness(Method, Class))
    return;
  const CallOperands Operands = CallOperands::of(&Call);
  if (llvm::any_of(Entry->Effects, [&](const FunctionModel *Model) {
        return Model->Effect == EffectKind::SyncWaits &&
               Unit.Conditions.applies(*Model, Operands, Walked.Function);
      }))
    for (World &W : State)
      W.Facts[{ReadyFact, *Place}] = true;
}

/// The place of the object that \p Parameter refers to, or takes over.
std::optional<PlaceId>
FlowBuilder::placeOfArgument(const Expr &Argument,
                             const ParmVarDecl &Parameter) {
  const auto *Moved =
      Parameter.getType()->isReferenceType()
          ? nullptr
          : dyn_cast_or_null<CXXConstructExpr>(sourceOfInit(&Argument));
  return KnownPlaces->of(Moved && Moved->getConstructor()->isMoveConstructor()
                             ? Moved->getArg(0)
                             : &Argument);
}

/// The places of objects that have completed their work in every world of
/// \p End, each with the method that returns the work.
llvm::SmallVector<std::pair<PlaceId, StringRef>, 1>
FlowBuilder::fulfilledAt(const Worlds &End) const {
  llvm::SmallVector<std::pair<PlaceId, StringRef>, 1> Result;
  for (const auto &[Place, Source] : Sources)
    if (!End.empty() && isKnown(FulfilledFact, Place, End))
      Result.emplace_back(Place, Source);
  return Result;
}

/// Whether the method waits for the end of its object, judged by its name.
static bool waitsForEnd(const CXXMethodDecl &Method) {
  const StringRef Name =
      Method.getIdentifier() ? Method.getName() : StringRef();
  return Name.contains_insensitive("join") ||
         (Name.contains_insensitive("wait") &&
          !Name.contains_insensitive("await"));
}

/// Records that the object that \p Suspension awaits has finished: `co_await
/// future`; `co_await future.has_value()`, if that could be awaited too; or
/// `co_await process.async_wait()`.
void FlowBuilder::noteAwaited(const Expr &Suspension, Worlds &State) {
  const auto *Await = dyn_cast<CoawaitExpr>(&Suspension);
  const Expr *Object = Await ? innermostOf(Await->getOperand()) : nullptr;
  bool IsEnd = false;
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Object);
      Call && Call->getMethodDecl()) {
    IsEnd = waitsForEnd(*Call->getMethodDecl());
    if (IsEnd || Call->getMethodDecl()->isConst())
      Object = innermostOf(Call->getImplicitObjectArgument());
  }
  if (!Object || !Object->isGLValue() || Object->isTypeDependent())
    return;
  const CXXRecordDecl *Class = classOf(Object->getType());
  if (!Class || (!IsEnd && !isAwaitable(*Class)))
    return;
  if (std::optional<PlaceId> Place = KnownPlaces->of(Object))
    for (World &W : State) {
      W.Facts[{AwaitedFact, *Place}] = true;
      if (IsEnd)
        W.Facts[{EndedFact, *Place}] = true;
    }
}

/// Forgets that \p Object was awaited if \p Method may start new work.
void FlowBuilder::noteChanged(const CXXMethodDecl &Method, const Expr &Object,
                              Worlds &State) {
  if (Method.isConst() ||
      (Method.getNumParams() == 0 && Method.getOverloadedOperator() != OO_None))
    return;
  if (std::optional<PlaceId> Place = KnownPlaces->of(&Object))
    for (World &W : State) {
      W.Facts.erase({AwaitedFact, *Place});
      W.Facts.erase({EndedFact, *Place});
    }
}

} // namespace corolint
