//===-- CallGraph.h - The calls of one AST ----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The calls of one AST, explored on demand from given roots. A node is a
// function definition. Its sites become primitives (effects that are declared),
// edges (callees with a body) and open calls (callees that another translation
// unit may define). A library function matters only if it may call back a
// user's callable that has effects; until one is found it is deferred. No
// algorithm recurses on the depth of the graph.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_CALLGRAPH_H
#define COROLINT_EFFECT_CALLGRAPH_H

#include "code/StoredCallables.h"
#include "effect/DeadSites.h"
#include "effect/Declared.h"
#include "effect/ParameterCalls.h"
#include "effect/PassedArguments.h"
#include "effect/Relocations.h"
#include "region/Contexts.h"
#include <deque>
#include <vector>

namespace corolint {

/// The call graph of one AST. Not thread-safe.
class CallGraph {
public:
  using NodeId = unsigned;

  struct Edge {
    unsigned SiteIndex;
    NodeId Target;
    EffectSet Allowed; ///< The effects that pass to the caller.
  };
  struct Incoming {
    NodeId Caller;
    unsigned EdgeIndex;
  };
  struct Primitive {
    unsigned SiteIndex;
    EffectSet Effects;
    /// Null, or the function of another unit that has the effects.
    const clang::FunctionDecl *External = nullptr;
    bool Dispatched = false;
  };
  /// A call of a function that has no body here, or that may be overridden.
  struct OpenCall {
    unsigned SiteIndex;
    const clang::FunctionDecl *Callee;
    EffectSet Allowed;
    bool Dispatched;
    /// Null, or the function without a body that receives the callee as its
    /// argument number `Parameter` and may call it.
    const clang::FunctionDecl *Through = nullptr;
    unsigned Parameter = 0;
  };
  /// Effects that count as another effect.
  struct Renaming {
    EffectSet From = 0;
    EffectSet To = 0;
  };
  struct Node {
    const clang::FunctionDecl *Function = nullptr; ///< A definition.
    std::vector<Primitive> Primitives;             ///< Ordered by site.
    std::vector<Edge> Edges;                       ///< Ordered by site.
    std::vector<Incoming> Callers;
    EffectSet Effects = 0; ///< Set by EffectInference.
    Renaming Own;          ///< For its own effects.
    bool Expanded = false;
    /// A library function that matters only if a user's callable has effects.
    bool Deferred = false;
    llvm::SmallVector<NodeId, 1> Callables;
    std::vector<OpenCall> Open;
    bool IsOpen = false; ///< It, or something it calls, has open calls.
  };
  /// Effects that a new primitive or a new edge added to a site.
  struct Arrival {
    NodeId Node;
    unsigned SiteIndex;
    EffectSet Effects;
  };

  CallGraph(Facts &Unit, FlowAnalysis &Flows, ContextMap &Contexts,
            ExternalEffects *External)
      : Unit(Unit), Flows(Flows), Contexts(Contexts), External(External),
        Stored(Unit.Context, Unit.Models), Parameters(Unit, External),
        Dead(Unit), Relocations(Unit), Descriptors(Unit, Contexts),
        Passed(Unit, Flows, Contexts) {}

  /// Also records calls whose effects another unit decides.
  void trackOpenCalls() { TrackOpen = true; }

  /// Queues \p Definition and, as they are found, its callees for `expand`.
  void addRoot(const clang::FunctionDecl &Definition) {
    ToExpand.push_back(nodeOf(Definition));
  }

  /// Expands the queued functions. Returns the effects that were found.
  std::vector<Arrival> expand();

  /// Queues the deferred functions whose callables now have effects. Returns
  /// false if there are none.
  bool wakeDeferred();

  const std::deque<Node> &nodes() const { return Nodes; }
  Node &operator[](NodeId Id) { return Nodes[Id]; }
  const Node &operator[](NodeId Id) const { return Nodes[Id]; }
  std::optional<NodeId> find(const clang::FunctionDecl &Definition) const;

  /// The effects that a function passes to its callers.
  EffectSet passing(const clang::FunctionDecl &Definition);

  /// How functions use the callables that are passed to them.
  ParameterCalls &parameters() { return Parameters; }

  /// The effects that annotations and models declare for calling the callee of
  /// \p S.
  DeclaredEffects declared(const Site &S,
                           const clang::FunctionDecl *Enclosing) {
    return declaredEffects(S, Enclosing, Unit, Descriptors, Passed);
  }

  /// The sites of the explored functions whose effects never matter.
  DeadSites &dead() { return Dead; }

private:
  NodeId nodeOf(const clang::FunctionDecl &Definition);
  Renaming renamingIn(const clang::FunctionDecl &Function);
  void expandNode(NodeId Id);
  void expandSite(NodeId Id, unsigned SiteIndex);
  bool waitsForReadyWork(const clang::FunctionDecl &Function, const Site &S);
  void expandCall(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addHandedToUnseen(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addHandedToSeen(NodeId Id, unsigned SiteIndex, EffectSet Mask,
                       const clang::FunctionDecl &Definition);
  void addModelledCallables(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addStored(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addRunAtEnd(NodeId Id, unsigned Index, EffectSet Mask);
  void addEdge(NodeId Caller, unsigned SiteIndex,
               const clang::FunctionDecl &Callee, EffectSet Mask);
  void addGenerator(NodeId Caller, unsigned SiteIndex, EffectSet Mask);
  void connect(NodeId Caller, unsigned SiteIndex, NodeId Target,
               EffectSet Allowed);
  EffectSet passingInContext(const clang::FunctionDecl &Definition);
  EffectSet passingTo(NodeId Caller, const clang::FunctionDecl &Definition);
  void addLibraryNode(NodeId Id,
                      llvm::ArrayRef<const clang::FunctionDecl *> Callables);
  bool mayDoMoreElsewhere(const clang::FunctionDecl &Callable);
  void addPrimitive(NodeId Id, Primitive New);
  void addExternal(NodeId Id, unsigned SiteIndex,
                   const clang::FunctionDecl &Callee, EffectSet Mask,
                   bool Dispatched);
  void addOpenCall(NodeId Caller, OpenCall Call);
  void markOpen(NodeId Id);

  Facts &Unit;
  FlowAnalysis &Flows;
  ContextMap &Contexts;
  ExternalEffects *External;
  StoredCallables Stored;
  ParameterCalls Parameters;
  DeadSites Dead;
  RelocationFinder Relocations;
  DescriptorEvidence Descriptors;
  PassedArguments Passed;
  bool TrackOpen = false;
  std::deque<Node> Nodes;
  llvm::DenseMap<const clang::FunctionDecl *, NodeId> Ids;
  std::deque<NodeId> ToExpand;
  std::vector<NodeId> DeferredNodes;
  std::vector<Arrival> Arrivals;
};

} // namespace corolint

#endif // COROLINT_EFFECT_CALLGRAPH_H
