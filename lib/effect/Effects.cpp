//===-- Effects.cpp - What follows from what is called --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Effects.h"

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
  // What goes wrong inside a region is reported there, once.
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
    return true; // The members that a destructor destroys after its body.
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

/// A search by breadth for the nearest primitive.
class EffectInference::WitnessSearch {
public:
  WitnessSearch(EffectInference &All, llvm::ArrayRef<StringRef> Avoid,
                bool WithExternal)
      : All(All), Graph(All.Graph), Avoid(Avoid), WithExternal(WithExternal) {}

  Witness run(NodeId Start, unsigned SiteIndex, EffectSet Wanted) {
    Ways.push_back({Start, SiteIndex, -1, 0, Wanted});
    for (size_t At = 0; At < Ways.size(); ++At) {
      const Way From = Ways[At];
      if (Nearest.At >= 0 && From.Depth + 1 > Nearest.Length)
        break;
      const Node &N = Graph[From.Function];
      for (const Primitive &P : N.Primitives)
        if (P.SiteIndex == From.SiteIndex)
          if (EffectSet Found = P.Effects & From.Effects)
            tryEnd(At, P, Found);
      for (const Edge &E : N.Edges)
        if (E.SiteIndex == From.SiteIndex)
          follow(At, E);
    }
    return steps();
  }

private:
  /// A site, and how the search came there.
  struct Way {
    NodeId Function;
    unsigned SiteIndex;
    int Before; ///< Index of the way that led here.
    unsigned Depth;
    EffectSet Effects; ///< What passes from here.
  };

  /// A way that ends at a primitive.
  struct End {
    int At = -1;
    const Primitive *Cause = nullptr;
    EffectSet Effect = 0;
    unsigned Length = 0;
    ExternalWitness Rest;
  };

  const Site &siteOf(const Way &W) const {
    return All.Unit.Bodies.of(*Graph[W.Function].Function).Sites[W.SiteIndex];
  }

  bool isAvoided(const FunctionDecl &Function) const {
    return llvm::any_of(Avoid, [&](StringRef Name) {
      return hasQualifiedName(Function, Name) ||
             Function.getQualifiedNameAsString() == Name;
    });
  }

  void tryEnd(int At, const Primitive &P, EffectSet Found) {
    End New{At, &P, Found & -Found, Ways[At].Depth + 1, {}};
    if (P.External) {
      if (!WithExternal)
        return;
      New.Rest = All.External->witness(*P.External, P.Dispatched, Found, Avoid);
      if (!New.Rest.Found)
        return;
      New.Effect = New.Rest.Effect;
      New.Length += New.Rest.Distance;
    } else if (const Site &S = siteOf(Ways[At]);
               S.Callee && isAvoided(*S.Callee)) {
      return;
    }
    if (Nearest.At < 0 || New.Length < Nearest.Length ||
        (New.Length == Nearest.Length && comesBefore(At, Nearest.At)))
      Nearest = std::move(New);
  }

  /// Every site of the callee that has one of the effects is a way on.
  void follow(int At, const Edge &E) {
    const Node &Target = Graph[E.Target];
    EffectSet &Before = Visited[E.Target];
    const EffectSet Through =
        Target.Effects & E.Allowed & Ways[At].Effects & ~Before;
    if (!Through || isAvoided(*Target.Function))
      return;
    Before |= Through;
    llvm::SmallVector<unsigned, 8> Sites;
    for (const Primitive &P : Target.Primitives)
      if (P.Effects & Through)
        Sites.push_back(P.SiteIndex);
    for (const Edge &Next : Target.Edges)
      if (Graph[Next.Target].Effects & Next.Allowed & Through)
        Sites.push_back(Next.SiteIndex);
    llvm::sort(Sites);
    Sites.erase(std::unique(Sites.begin(), Sites.end()), Sites.end());
    const unsigned Depth = Ways[At].Depth + 1;
    for (unsigned SiteIndex : Sites)
      if (EffectSet Live = Through & All.liveAt(E.Target, SiteIndex))
        Ways.push_back({E.Target, SiteIndex, At, Depth, Live});
  }

  /// Whether the way \p A comes before \p B in the source, function by
  /// function. Ways are numbered in that order where they have the same
  /// beginning.
  bool comesBefore(int A, int B) const {
    auto Up = [&](int &At, unsigned Depth) {
      while (Ways[At].Depth > Depth)
        At = Ways[At].Before;
    };
    const bool Deeper = Ways[A].Depth > Ways[B].Depth;
    const unsigned Depth = std::min(Ways[A].Depth, Ways[B].Depth);
    Up(A, Depth);
    Up(B, Depth);
    if (A == B)
      return Deeper; // Calls of functions with a body come first.
    while (Ways[A].Before != Ways[B].Before)
      A = Ways[A].Before, B = Ways[B].Before;
    return A < B;
  }

  Witness steps() {
    Witness Result;
    Result.Effect = Nearest.Effect;
    for (int At = Nearest.At; At >= 0; At = Ways[At].Before) {
      const FunctionDecl *Caller = Graph[Ways[At].Function].Function;
      const Site &S = siteOf(Ways[At]);
      const bool Last = Result.Steps.empty();
      WitnessStep Step;
      Step.Caller = Caller;
      Step.Where = S.Where;
      Step.Callee = Last ? S.Callee : Result.Steps.back().Caller;
      if (Last && Nearest.Cause->External) {
        Step.Callee = Nearest.Cause->External;
        Step.External = std::move(Nearest.Rest);
      } else if (Last) {
        Step.Primitive = All.declared(S, Caller);
        Step.Primitive->Pending = All.pendingAt(S, *Caller);
      }
      Result.Steps.push_back(std::move(Step));
    }
    std::reverse(Result.Steps.begin(), Result.Steps.end());
    return Result;
  }

  EffectInference &All;
  const CallGraph &Graph;
  llvm::ArrayRef<StringRef> Avoid;
  bool WithExternal;
  std::vector<Way> Ways;
  llvm::DenseMap<NodeId, EffectSet> Visited;
  End Nearest;
};

EffectInference::Witness
EffectInference::witness(const FunctionDecl &Function, unsigned Index,
                         EffectSet Wanted, llvm::ArrayRef<StringRef> Avoid) {
  std::optional<NodeId> Start = find(Function);
  if (!Start)
    return {};
  Witness Own = WitnessSearch(*this, Avoid, /*WithExternal=*/false)
                    .run(*Start, Index, Wanted);
  if (!Own.Steps.empty() || !External)
    return Own;
  return WitnessSearch(*this, Avoid, /*WithExternal=*/true)
      .run(*Start, Index, Wanted);
}

} // namespace corolint
