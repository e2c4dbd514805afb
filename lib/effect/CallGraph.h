//===-- CallGraph.h - What functions may call -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The calls of one AST, explored on demand from given roots. A node is a
// function definition; its sites become primitives (effects that are declared),
// edges (callees with a body) and open calls (callees that another translation
// unit may define). A library function matters only if it may call back a
// callable of the user that has effects: until then it stays deferred. Nothing
// recurses on the depth of the graph.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_CALLGRAPH_H
#define COROLINT_EFFECT_CALLGRAPH_H

#include "code/StoredCallables.h"
#include "effect/DeadSites.h"
#include "effect/Declared.h"
#include "effect/ParameterCalls.h"
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
    EffectSet Allowed; ///< What passes from the callee to the caller.
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
  /// A call of a function that has no body here, or that another may override.
  struct OpenCall {
    unsigned SiteIndex;
    const clang::FunctionDecl *Callee;
    EffectSet Allowed;
    bool Dispatched;
    /// Null, or the function without a body that is handed the callee as its
    /// argument number `Parameter` and may call it.
    const clang::FunctionDecl *Through = nullptr;
    unsigned Parameter = 0;
  };
  /// Effects that count as another one.
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
    Renaming Own;          ///< Of what it does itself.
    bool Expanded = false;
    /// A library function that only a user's callable makes interesting.
    bool Deferred = false;
    llvm::SmallVector<NodeId, 1> Callables;
    std::vector<OpenCall> Open;
    bool IsOpen = false; ///< It, or something it calls, has open calls.
  };
  /// Effects that a new primitive or a new edge brought to a site.
  struct Arrival {
    NodeId Node;
    unsigned SiteIndex;
    EffectSet Effects;
  };

  CallGraph(Facts &Unit, FlowAnalysis &Flows, ContextMap &Contexts,
            ExternalEffects *External)
      : Unit(Unit), Flows(Flows), Contexts(Contexts), External(External),
        Stored(Unit.Context, Unit.Models), Parameters(Unit, External),
        Dead(Unit), Relocations(Unit), Descriptors(Unit, Contexts) {}

  /// From now on, remembers the calls whose effects another unit decides.
  void trackOpenCalls() { TrackOpen = true; }

  /// Queues \p Definition and, as they are found, its callees for `expand`.
  void addRoot(const clang::FunctionDecl &Definition) {
    ToExpand.push_back(nodeOf(Definition));
  }

  /// Expands the queued functions. Returns the effects that were found.
  std::vector<Arrival> expand();

  /// Queues the deferred functions whose callables have effects by now.
  /// Returns false if there are none.
  bool wakeDeferred();

  const std::deque<Node> &nodes() const { return Nodes; }
  Node &operator[](NodeId Id) { return Nodes[Id]; }
  const Node &operator[](NodeId Id) const { return Nodes[Id]; }
  std::optional<NodeId> find(const clang::FunctionDecl &Definition) const;

  /// Which of its effects a function passes to its callers.
  EffectSet passing(const clang::FunctionDecl &Definition);

  /// What functions do with callables that they are handed.
  ParameterCalls &parameters() { return Parameters; }

  /// What annotations and models declare about calling the callee of \p S.
  DeclaredEffects declared(const Site &S,
                           const clang::FunctionDecl *Enclosing) {
    return declaredEffects(S, Enclosing, Unit, Descriptors);
  }

  /// The sites of the functions expanded so far whose effects nobody meets.
  DeadSites &dead() { return Dead; }

private:
  NodeId nodeOf(const clang::FunctionDecl &Definition);
  Renaming renamingIn(const clang::FunctionDecl &Function);
  void expandNode(NodeId Id);
  void expandSite(NodeId Id, unsigned SiteIndex);
  bool waitsForReadyParameter(const clang::FunctionDecl &Function,
                              const Site &S);
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
  bool TrackOpen = false;
  std::deque<Node> Nodes;
  llvm::DenseMap<const clang::FunctionDecl *, NodeId> Ids;
  std::deque<NodeId> ToExpand;
  std::vector<NodeId> DeferredNodes;
  std::vector<Arrival> Arrivals;
};

} // namespace corolint

#endif // COROLINT_EFFECT_CALLGRAPH_H
