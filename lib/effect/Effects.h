//===-- Effects.h - Infers effects over calls -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Infers the effects of functions from their bodies, on demand. Exploring a
// function builds the call graph below it. Effects then propagate back along
// the calls, shortest way first, so that each effect comes with a shortest
// witness, and recursive functions need no special treatment.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_EFFECTS_H
#define COROLINT_EFFECT_EFFECTS_H

#include "effect/CallGraph.h"
#include "llvm/ADT/SetVector.h"

namespace corolint {

/// One step of a witness: a function and the site that it executes.
struct WitnessStep {
  const clang::FunctionDecl *Caller = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  clang::SourceLocation Where;
  const Site *At = nullptr; ///< In the body of `Caller`.
  /// Set on the last step.
  std::optional<DeclaredEffects> Primitive;
  /// Set on the last step instead, if the rest is in other translation units.
  std::optional<ExternalWitness> External;
};

/// The effects of one AST's functions. Not thread-safe.
class EffectInference {
public:
  using NodeId = CallGraph::NodeId;
  using Edge = CallGraph::Edge;
  using Primitive = CallGraph::Primitive;
  using OpenCall = CallGraph::OpenCall;
  using Node = CallGraph::Node;

  /// \p External, if given, provides the effects of callees without a body.
  EffectInference(Facts &Unit, FlowAnalysis &Flows, ContextMap &Contexts,
                  ExternalEffects *External = nullptr)
      : Unit(Unit), Flows(Flows), External(External),
        Graph(Unit, Flows, Contexts, External) {}

  /// Also records calls whose effects another translation unit decides.
  void trackOpenCalls() { Graph.trackOpenCalls(); }

  /// Explores everything that \p Roots may execute. May be called again with
  /// more roots.
  void explore(llvm::ArrayRef<const clang::FunctionDecl *> Roots);

  /// The effects of site number \p Index of \p Function, an explored root.
  EffectSet effectsAt(const clang::FunctionDecl &Function, unsigned Index);

  /// The shortest way from site number \p Index of \p Function to one of
  /// \p Wanted, through no function that \p Avoid names. The first step is the
  /// site itself; there is none if every way is avoided. Ways within this unit
  /// come before those into other units, then the first in the source.
  struct Witness {
    std::vector<WitnessStep> Steps;
    EffectSet Effect = 0; ///< The effect at its end.
  };
  Witness witness(const clang::FunctionDecl &Function, unsigned Index,
                  EffectSet Wanted, llvm::ArrayRef<llvm::StringRef> Avoid);

  /// The effects that annotations and models declare for calling the callee of
  /// \p S.
  DeclaredEffects declared(const Site &S,
                           const clang::FunctionDecl *Enclosing) {
    return Graph.declared(S, Enclosing);
  }

  /// Whether another translation unit decides the effects of the site.
  bool isOpenAt(const clang::FunctionDecl &Function, unsigned Index);

  /// The functions of other translation units that make the site unreachable if
  /// any of them ends the process.
  llvm::ArrayRef<const clang::FunctionDecl *>
  deadIf(const clang::FunctionDecl &Function, unsigned Index);

  /// The same for all steps of \p Way.
  llvm::SmallSetVector<const clang::FunctionDecl *, 2>
  deadIf(const Witness &Way);

  /// Whether every path through \p Definition ends the process.
  bool endsProcess(const clang::FunctionDecl &Definition) {
    return Graph.dead().endings().endsProcess(Definition);
  }

  /// The function of another translation unit that, if it ends the process,
  /// makes every path through \p Definition do so; or null.
  const clang::FunctionDecl *endsIf(const clang::FunctionDecl &Definition);

  /// The explored functions, for summaries.
  const std::deque<Node> &nodes() const { return Graph.nodes(); }
  std::optional<NodeId> find(const clang::FunctionDecl &Definition) const {
    return Graph.find(Definition);
  }

  /// The effects that pass from a function to its callers.
  EffectSet passing(const clang::FunctionDecl &Definition) {
    return Graph.passing(Definition);
  }

  /// The effects that pass from a site to its function, without those reported
  /// at the site.
  EffectSet liveAt(NodeId Id, unsigned SiteIndex);

  /// The parameters that \p Definition calls, as bits.
  uint64_t invokedParameters(const clang::FunctionDecl &Definition) {
    return Graph.parameters().invoked(Definition);
  }

  using HandedOn = corolint::HandedOn;
  /// The parameters that \p Definition passes on and that may be callables.
  std::vector<HandedOn> handedOn(const clang::FunctionDecl &Definition) {
    return Graph.parameters().handedOn(Definition);
  }

  /// The model of the object that \p S destroys while its work is pending.
  const GuardModel *pendingAt(const Site &S,
                              const clang::FunctionDecl &Function) {
    return pendingWorkAt(S, Function, Flows);
  }

private:
  class WitnessGraph;

  bool isDeadAt(const clang::FunctionDecl &Function, unsigned Index);
  void raise(NodeId Id, EffectSet Effects, unsigned SiteIndex);
  void propagate();
  bool isLive(NodeId Id, unsigned SiteIndex, EffectSet Effect);

  Facts &Unit;
  FlowAnalysis &Flows;
  ExternalEffects *External;
  CallGraph Graph;
  std::deque<std::pair<NodeId, EffectSet>> Raised;
};

} // namespace corolint

#endif // COROLINT_EFFECT_EFFECTS_H
