//===-- FlowSummaries.cpp - Calls that acquire and release ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/FlowBuilder.h"

using namespace clang;

namespace corolint {

/// Helpers that call helpers that lock: deeper chains are not followed.
static constexpr unsigned MaxSummaryDepth = 16;

const Flow &FlowAnalysis::of(const FunctionDecl &Function) {
  std::unique_ptr<Flow> &Entry = Computed[&Function];
  if (Entry)
    return *Entry;
  auto Result = std::make_unique<Flow>();
  FlowBuilder(Unit.Bodies.of(Function), *this).run(*Result);
  return *(Computed[&Function] = std::move(Result));
}

/// Whether a named guard is moved away.
bool FlowAnalysis::movesGuard(const Site &S) {
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(S.Node);
  return Construct && Construct->getConstructor()->isMoveConstructor() &&
         Construct->getNumArgs() > 0 && Construct->getArg(0)->isXValue() &&
         Guards.of(Construct->getType());
}

bool FlowAnalysis::touchesLocks(const FunctionDecl &Definition) {
  auto [It, Inserted] = Touches.try_emplace(&Definition, false);
  if (!Inserted)
    return It->second;
  bool Result = false;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    if (S.What == Site::Kind::Construct && movesGuard(S)) {
      Result = true;
      break;
    }
    if (S.What != Site::Kind::Call || !S.Callee)
      continue;
    if (Guards.lockFunction(*S.Callee) ||
        Unit.Models.readiness(*S.Callee, CallOperands::of(S.Node).objectClass(),
                              ReadinessMeaning::Fulfils)) {
      Result = true;
      break;
    }
    if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee)) {
      const GuardClass *Class =
          Guards.ofObject(CallOperands::of(S.Node).Object, *Method);
      if (Class && Guards.actionOf(*Method, *Class)) {
        Result = true;
        break;
      }
    }
    const FunctionDecl *Callee = nullptr;
    if (S.Callee->hasBody(Callee) && !Unit.Models.isLibrary(*Callee) &&
        SummaryDepth < MaxSummaryDepth) {
      ++SummaryDepth;
      bool Inner = touchesLocks(*Callee);
      --SummaryDepth;
      if (Inner) {
        Result = true;
        break;
      }
    }
  }
  return Touches[&Definition] = Result;
}

/// Whether a guard can be released through \p Parameter while its owner keeps
/// it.
bool FlowAnalysis::isReleasable(const ParmVarDecl &Parameter) {
  const QualType Type = Parameter.getType();
  if (!Type->isLValueReferenceType() ||
      Type.getNonReferenceType().isConstQualified())
    return false;
  const GuardClass *Class = Guards.of(Type);
  const auto *Record = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Record && Class->IsLock && !Class->IsMutex &&
         llvm::any_of(Record->methods(), [&](const CXXMethodDecl *Method) {
           return Guards.actionOf(*Method, *Class) == GuardAction::Releases;
         });
}

bool FlowAnalysis::mayReleaseLent(const FunctionDecl &Function,
                                  unsigned Index) {
  using Loan = std::pair<const FunctionDecl *, unsigned>;
  llvm::SmallVector<Loan, 4> Pending{{&Function, Index}};
  llvm::SmallVector<Loan, 4> Seen;
  while (!Pending.empty()) {
    const Loan Next = Pending.pop_back_val();
    if (Next.second >= Next.first->getNumParams() ||
        !isReleasable(*Next.first->getParamDecl(Next.second)) ||
        llvm::is_contained(Seen, Next))
      continue;
    Seen.push_back(Next);
    const FunctionDecl *Definition = nullptr;
    if (!Next.first->hasBody(Definition) || Seen.size() > MaxSummaryDepth)
      return true;
    const ParmVarDecl *Lent = Definition->getParamDecl(Next.second);
    auto IsLent = [Lent](const Expr *E) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(innermostOf(E));
      return Ref && Ref->getDecl() == Lent;
    };
    for (const Site &S : Unit.Bodies.of(*Definition).Sites) {
      if (S.What == Site::Kind::Construct) {
        const auto *Made = dyn_cast_or_null<CXXConstructExpr>(S.Node);
        if (Made && Guards.isReversed(*Made->getConstructor()->getParent()) &&
            llvm::any_of(Made->arguments(), IsLent))
          return true;
      }
      if (S.What != Site::Kind::Call || !S.Callee)
        continue;
      const CallOperands Operands = CallOperands::of(S.Node);
      if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
          Method && IsLent(Operands.Object)) {
        const GuardClass *Class = Guards.ofObject(Operands.Object, *Method);
        if (Class && Guards.actionOf(*Method, *Class) == GuardAction::Releases)
          return true;
      }
      if (Unit.Models.isLibrary(*S.Callee))
        continue;
      for (auto [Position, Argument] : llvm::enumerate(Operands.Arguments))
        if (IsLent(Argument))
          Pending.push_back({S.Callee, static_cast<unsigned>(Position)});
    }
  }
  return false;
}

const ReturnedGuards &FlowAnalysis::returned(const FunctionDecl &Function) {
  static const ReturnedGuards None;
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || Unit.Models.isLibrary(*Definition) ||
      Definition->isDependentContext() ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return None;
  auto [It, Inserted] = Returned.try_emplace(Definition);
  if (!Inserted)
    return It->second ? *It->second : None; // Recursion learns nothing.
  if (SummaryDepth >= MaxSummaryDepth)
    return None;
  ++SummaryDepth;
  FlowBuilder Builder(Unit.Bodies.of(*Definition), *this);
  auto Result = std::make_unique<ReturnedGuards>();
  Result->Guards = Builder.runForExit([](World &, Places &) {}).Returned;
  Result->KnownPlaces = Builder.places();
  --SummaryDepth;
  return *(Returned[Definition] = std::move(Result));
}

/// The effect of \p Definition on \p Place, as its callers name it. Nothing if
/// it is local to the function.
static std::optional<LockSummary::Effect>
effectOn(PlaceId Place, Places &Known, const FunctionDecl &Definition,
         bool Held) {
  const PlaceId This = Known.ofThis();
  if (Known.isWithin(Place, This))
    return LockSummary::Effect{LockSummary::Root::This, 0, Place, This, Held};
  const ValueDecl *Root = Known.rootVariable(Place);
  if (!Root)
    return std::nullopt;
  const PlaceId From = Known.ofVariable(*Root);
  // A variable captured by reference belongs to the lambda's creator.
  if (Known.isGlobal(Place) || Root->getDeclContext() != &Definition)
    return LockSummary::Effect{LockSummary::Root::Global, 0, Place, From, Held};
  const auto *Param = dyn_cast<ParmVarDecl>(Root);
  if (!Param)
    return std::nullopt;
  return LockSummary::Effect{LockSummary::Root::Parameter,
                             Param->getFunctionScopeIndex(), Place, From, Held};
}

const LockSummary &FlowAnalysis::summary(const FunctionDecl &Function) {
  static const LockSummary None;
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || Unit.Models.isLibrary(*Definition) ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return None;
  if (auto It = Summaries.find(Definition); It != Summaries.end())
    return It->second ? *It->second : None;
  Summaries[Definition] = nullptr; // Recursion learns nothing.
  if (SummaryDepth >= MaxSummaryDepth || !touchesLocks(*Definition))
    return None;

  ++SummaryDepth;
  const Body &Walked = Unit.Bodies.of(*Definition);
  // The effect on a guard passed by reference depends on its initial state, so
  // analyse the function once with all guards held and once with none.
  auto Result = std::make_unique<LockSummary>();
  bool AnyGuard = false;
  auto Start = [&](bool Held) {
    return [&, Held](World &W, Places &KnownPlaces) {
      for (const ParmVarDecl *Param : Definition->parameters()) {
        const GuardClass *Class = Guards.of(Param->getType());
        if (!Class || Class->IsMutex || Class->IsAsyncLock ||
            !Class->isRaii() || !Param->getType()->isLValueReferenceType())
          continue;
        AnyGuard = true;
        ObjectState &Object = W.Objects[KnownPlaces.ofVariable(*Param)];
        Object.Held = Held;
        Object.Class = Class;
      }
    };
  };
  FlowBuilder Builder(Walked, *this);
  FlowBuilder::Exit End = Builder.runForExit(Start(true));
  FlowBuilder Other(Walked, *this);
  FlowBuilder::Exit OtherEnd;
  if (AnyGuard)
    OtherEnd = Other.runForExit(Start(false));
  --SummaryDepth;
  if (!End.Reached)
    return None;
  std::shared_ptr<Places> KnownPlaces = Builder.places();
  Result->KnownPlaces = KnownPlaces;
  for (auto [Place, Held] : End.Held) {
    std::optional<LockSummary::Effect> Effect =
        effectOn(Place, *KnownPlaces, *Definition, Held);
    if (!Effect)
      continue;
    if (Effect->Of == LockSummary::Root::Parameter) {
      const auto *Param = cast<ParmVarDecl>(KnownPlaces->rootVariable(Place));
      if (!Param->getType()->isReferenceType() &&
          !Param->getType()->isPointerType())
        continue;
      const GuardClass *Class = Guards.of(Param->getType());
      // A guard that is held both at the start and at the end is unchanged,
      // unless one that starts empty ends held, too.
      if (Held && Class && !Class->IsMutex && Class->isRaii() &&
          Place == Effect->From) {
        auto Empty = OtherEnd.Held.find(Other.places()->ofVariable(*Param));
        if (Empty == OtherEnd.Held.end() || !Empty->second)
          continue;
      }
    }
    Result->Effects.push_back(*Effect);
  }
  for (const auto &[Place, Source] : End.Fulfilled)
    if (std::optional<LockSummary::Effect> Effect =
            effectOn(Place, *KnownPlaces, *Definition, false))
      Result->Fulfilled.emplace_back(*Effect, Source);
  std::unique_ptr<LockSummary> &Entry = Summaries[Definition];
  Entry = std::move(Result);
  return *Entry;
}

} // namespace corolint
