//===-- Effects.cpp - Infers effects over calls ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Effects.h"
#include "effect/Witness.h"

using namespace clang;

namespace corolint {

//===----------------------------------------------------------------------===//
// Propagation
//===----------------------------------------------------------------------===//

void EffectInference::explore(llvm::ArrayRef<const FunctionDecl *> Roots) {
  for (const FunctionDecl *Root : Roots)
    Graph.addRoot(*Root);
  do {
    for (const CallGraph::Arrival &New : Graph.expand())
      raise(New.Node, New.Effects, New.SiteIndex);
    propagate();
  } while (Graph.wakeDeferred());
}

EffectSet EffectInference::liveAt(NodeId Id, unsigned SiteIndex) {
  EffectSet Result = 0;
  if (isLive(Id, SiteIndex, DeclaredBlocking))
    Result |= AnyBlocking;
  if (isLive(Id, SiteIndex, SyncWaits))
    Result |= SyncWaits;
  if (isLive(Id, SiteIndex, Yields))
    Result |= Yields;
  return Result;
}

bool EffectInference::isLive(NodeId Id, unsigned SiteIndex, EffectSet Effect) {
  const FunctionDecl &Function = *Graph[Id].Function;
  if (Unit.Models.isLibrary(Function))
    return true;
  const Site &S = Unit.Bodies.of(Function).Sites[SiteIndex];
  // Effects inside a region are reported there, once.
  if (S.Region || Graph.dead().isDead(Function, S))
    return false;
  const bool IsAsynchronous = Unit.Bodies.of(Function).isAsynchronous();
  const Flow &F = Flows.of(Function);
  if (!F.isValid())
    return !IsAsynchronous;
  const void *At = S.Anchor;
  if (S.What == Site::Kind::Destroy && S.Variable)
    At = S.Variable;
  if (!At)
    return true; // Members that a destructor destroys after its body.
  const PointState &Point = F.at(At);
  if (!Point.Reachable)
    return S.What == Site::Kind::Destroy || isa<CXXConstructorDecl>(Function);
  // A caller runs an asynchronous coroutine only until it suspends.
  if (IsAsynchronous && !Point.BeforeSuspension)
    return false;
  for (const HeldObject &Object : Point.Held) {
    if (Object.isNoYield())
      return false;
    if (Object.isAllowBlocking() && Object.Always && (Effect & OnThread))
      return false;
  }
  return !(Effect & SyncWaits) || !Point.ProvenReady;
}

void EffectInference::raise(NodeId Id, EffectSet Effects, unsigned SiteIndex) {
  for (EffectSet New = Effects & ~Graph[Id].Effects; New; New &= New - 1) {
    EffectSet Effect = New & -New;
    if (!isLive(Id, SiteIndex, Effect))
      continue;
    Graph[Id].Effects |= Effect;
    Raised.emplace_back(Id, Effect);
  }
}

void EffectInference::propagate() {
  while (!Raised.empty()) {
    auto [Id, Effect] = Raised.front();
    Raised.pop_front();
    for (const CallGraph::Incoming &From : Graph[Id].Callers) {
      const Edge &E = Graph[From.Caller].Edges[From.EdgeIndex];
      if (E.Allowed & Effect)
        raise(From.Caller, Effect, E.SiteIndex);
    }
  }
}

EffectSet EffectInference::effectsAt(const FunctionDecl &Function,
                                     unsigned Index) {
  std::optional<NodeId> Id = Graph.find(Function);
  if (!Id)
    return 0;
  const Node &N = Graph[*Id];
  EffectSet Result = 0;
  auto ByIndex = [](const auto &Entry, unsigned I) {
    return Entry.SiteIndex < I;
  };
  for (auto P = std::lower_bound(N.Primitives.begin(), N.Primitives.end(),
                                 Index, ByIndex);
       P != N.Primitives.end() && P->SiteIndex == Index; ++P)
    Result |= P->Effects;
  for (auto E =
           std::lower_bound(N.Edges.begin(), N.Edges.end(), Index, ByIndex);
       E != N.Edges.end() && E->SiteIndex == Index; ++E)
    Result |= Graph[E->Target].Effects & E->Allowed;
  return Result && isDeadAt(Function, Index) ? 0 : Result;
}

bool EffectInference::isDeadAt(const FunctionDecl &Function, unsigned Index) {
  return Graph.dead().isDead(Function, Unit.Bodies.of(Function).Sites[Index]);
}

llvm::ArrayRef<const FunctionDecl *>
EffectInference::deadIf(const FunctionDecl &Function, unsigned Index) {
  return Graph.dead().deadIf(Function, Unit.Bodies.of(Function).Sites[Index]);
}

llvm::SmallSetVector<const FunctionDecl *, 2>
EffectInference::deadIf(const Witness &Way) {
  llvm::SmallSetVector<const FunctionDecl *, 2> Found;
  for (const WitnessStep &Step : Way.Steps)
    for (const FunctionDecl *By : Graph.dead().deadIf(*Step.Caller, *Step.At))
      Found.insert(By);
  return Found;
}

const FunctionDecl *EffectInference::endsIf(const FunctionDecl &Definition) {
  // Only the last statement is examined, because building a graph is expensive.
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Definition.getBody());
  const auto *Last = Block && !Block->body_empty()
                         ? dyn_cast<CallExpr>(Block->body_back())
                         : nullptr;
  const FunctionDecl *Callee = Last ? calleeOf(*Last) : nullptr;
  if (!Callee)
    return nullptr;
  Callee = Callee->getCanonicalDecl();
  return llvm::is_contained(Graph.dead().endsIf(Definition), Callee) ? Callee
                                                                     : nullptr;
}

bool EffectInference::isOpenAt(const FunctionDecl &Function, unsigned Index) {
  std::optional<NodeId> Id = Graph.find(Function);
  if (!Id || !Graph[*Id].IsOpen || isDeadAt(Function, Index))
    return false;
  const Node &N = Graph[*Id];
  return llvm::any_of(
             N.Open,
             [&](const OpenCall &Call) { return Call.SiteIndex == Index; }) ||
         llvm::any_of(N.Edges, [&](const Edge &E) {
           return E.SiteIndex == Index && Graph[E.Target].IsOpen;
         });
}

//===----------------------------------------------------------------------===//
// Witnesses
//===----------------------------------------------------------------------===//

/// The unit's calls, for the search for a witness. The number of a way is that
/// of the primitive or edge.
class EffectInference::WitnessGraph {
public:
  WitnessGraph(EffectInference &All, llvm::ArrayRef<StringRef> Avoid,
               bool WithExternal)
      : All(All), Graph(All.Graph), Avoid(Avoid), WithExternal(WithExternal) {}

  /// The ways out of \p Function at one site, live or not.
  WitnessPath waysAt(NodeId Function, unsigned SiteIndex,
                     EffectSet Wanted) const {
    const Node &N = Graph[Function];
    WitnessPath Result;
    for (uint32_t I = 0; I < N.Primitives.size(); ++I)
      if (N.Primitives[I].SiteIndex == SiteIndex)
        Result.push_back(primitive(Function, I, Wanted));
    for (uint32_t I = 0; I < N.Edges.size(); ++I)
      if (N.Edges[I].SiteIndex == SiteIndex)
        Result.push_back(call(Function, I, Wanted));
    return Result;
  }

  void forEachWay(NodeId Function, EffectSet Wanted, WayVisitor Visit) const {
    const Node &N = Graph[Function];
    for (uint32_t I = 0; I < N.Primitives.size(); ++I) {
      const Primitive &P = N.Primitives[I];
      const EffectSet Live = live(Function, P.SiteIndex, P.Effects & Wanted);
      if (Live && !Visit(primitive(Function, I, Live)))
        return;
    }
    for (uint32_t I = 0; I < N.Edges.size(); ++I) {
      const Edge &E = N.Edges[I];
      const EffectSet Live = live(Function, E.SiteIndex,
                                  Graph[E.Target].Effects & E.Allowed & Wanted);
      if (Live && !Visit(call(Function, I, Live)))
        return;
    }
  }

  bool isAvoided(const WayOut &Way) const {
    if (!Way.endsAtPrimitive())
      return isAvoided(*Graph[Way.Target].Function);
    // For external primitives the index handles avoided functions.
    const Site &S = siteOf(Way);
    return !primitiveOf(Way).External && S.Callee && isAvoided(*S.Callee);
  }

  /// Converts \p Path to a witness.
  Witness witnessOf(const WitnessPath &Path) const {
    Witness Result;
    for (const WayOut &Way : Path) {
      const FunctionDecl *Caller = Graph[Way.From].Function;
      const Site &S = siteOf(Way);
      WitnessStep Step;
      Step.Caller = Caller;
      Step.Where = S.Where;
      Step.At = &S;
      if (!Way.endsAtPrimitive()) {
        Step.Callee = Graph[Way.Target].Function;
      } else if (const FunctionDecl *External = primitiveOf(Way).External) {
        Step.Callee = External;
        Step.External = restOf(Way);
        Result.Effect = Step.External->Effect;
      } else {
        Step.Callee = S.Callee;
        Step.Primitive = All.declared(S, Caller);
        Step.Primitive->Pending = All.pendingAt(S, *Caller);
        Result.Effect = Way.Effects & -Way.Effects;
      }
      Result.Steps.push_back(std::move(Step));
    }
    return Result;
  }

private:
  const Primitive &primitiveOf(const WayOut &Way) const {
    return Graph[Way.From].Primitives[Way.Record];
  }

  const Site &siteOf(const WayOut &Way) const {
    return All.Unit.Bodies.of(*Graph[Way.From].Function).Sites[Way.Site];
  }

  EffectSet live(NodeId Function, unsigned SiteIndex, EffectSet Among) const {
    return Among ? Among & All.liveAt(Function, SiteIndex) : 0;
  }

  WayOut primitive(NodeId Function, uint32_t I, EffectSet Wanted) const {
    const Primitive &P = Graph[Function].Primitives[I];
    WayOut Way{WayOut::Nowhere, P.Effects & Wanted, I, Function, P.SiteIndex};
    if (P.External && Way.Effects) {
      const ExternalWitness Rest =
          WithExternal ? restOf(Way) : ExternalWitness();
      if (!Rest.Found)
        Way.Effects = 0;
      Way.Beyond = Rest.Distance;
    }
    return Way;
  }

  WayOut call(NodeId Function, uint32_t I, EffectSet Wanted) const {
    const Edge &E = Graph[Function].Edges[I];
    return {E.Target, Graph[E.Target].Effects & E.Allowed & Wanted, I, Function,
            E.SiteIndex};
  }

  /// The rest of a way that leaves the unit.
  ExternalWitness restOf(const WayOut &Way) const {
    const Primitive &P = primitiveOf(Way);
    return All.External->witness(*P.External, P.Dispatched, Way.Effects, Avoid);
  }

  bool isAvoided(const FunctionDecl &Function) const {
    return llvm::any_of(Avoid, [&](StringRef Name) {
      return hasQualifiedName(Function, Name) ||
             Function.getQualifiedNameAsString() == Name;
    });
  }

  EffectInference &All;
  const CallGraph &Graph;
  llvm::ArrayRef<StringRef> Avoid;
  bool WithExternal;
};

EffectInference::Witness
EffectInference::witness(const FunctionDecl &Function, unsigned Index,
                         EffectSet Wanted, llvm::ArrayRef<StringRef> Avoid) {
  std::optional<NodeId> Start = find(Function);
  if (!Start)
    return {};
  for (bool WithExternal : {false, true}) {
    if (WithExternal && !External)
      break;
    const WitnessGraph Calls(*this, Avoid, WithExternal);
    const WitnessPath Path =
        WitnessSearch(Calls).run(Calls.waysAt(*Start, Index, Wanted));
    if (!Path.empty())
      return Calls.witnessOf(Path);
  }
  return {};
}

} // namespace corolint
