//===-- Inference.h - What follows from what is called ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Infers the effects of functions from their bodies, on demand: asking about a
// function explores what it may call, and effects then flow back along the calls,
// shortest way first, so that each comes with a shortest witness and recursion
// ends by itself. Nothing recurses on the depth of the call graph.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_INFERENCE_H
#define COROLINT_EFFECT_INFERENCE_H

#include "effect/Effects.h"
#include "region/Contexts.h"
#include "region/Flow.h"
#include <deque>
#include <vector>

namespace corolint {

/// What a callee is known to do without a look at its body.
struct DeclaredEffects {
  EffectSet Effects = 0;
  /// The body is not asked about these.
  EffectSet Known = 0;
  /// The model, or else the annotation, that says so.
  const FunctionModel *BlockingModel = nullptr;
  const FunctionModel *YieldModel = nullptr;
  Annotations Marks;
};

/// One step of a witness: where a function executes something, and what.
struct WitnessStep {
  const clang::FunctionDecl *Caller = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  clang::SourceLocation Where;
  /// Set on the last step.
  std::optional<DeclaredEffects> Primitive;
};

/// The effects of one AST's functions. Not thread-safe.
class Inference {
public:
  Inference(Facts &Known, Flows &Flowing, Contexts &Where)
      : Known(Known), Flowing(Flowing), Where(Where) {}

  /// Explores everything that \p Roots may execute. Later roots may be added.
  void explore(llvm::ArrayRef<const clang::FunctionDecl *> Roots);

  /// What site number \p Index of \p Function, an explored root, may do.
  EffectSet effectsAt(const clang::FunctionDecl &Function, unsigned Index);

  /// How it comes that the site has \p Effect (one bit). The first step is the
  /// site itself.
  std::vector<WitnessStep> witness(const clang::FunctionDecl &Function,
                                   unsigned Index, EffectSet Effect);

  /// What annotations and models say of calling \p Callee as \p S does.
  DeclaredEffects declared(const Site &S, const clang::FunctionDecl &Callee,
                           const clang::FunctionDecl *Enclosing);

private:
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
  };
  struct Node {
    const clang::FunctionDecl *Function = nullptr; ///< A definition.
    std::vector<Primitive> Primitives;
    std::vector<Edge> Edges;
    std::vector<Incoming> Callers;
    EffectSet Effects = 0;
    /// For each effect: the site it comes from, and the edge (or -1).
    std::array<std::pair<unsigned, int>, NumEffects> From;
    bool Expanded = false;
    /// A library function that only a user's callable makes interesting.
    bool Deferred = false;
    llvm::SmallVector<NodeId, 1> Callables;
  };

  NodeId nodeOf(const clang::FunctionDecl &Definition);
  void expand(NodeId Id);
  void expandSite(NodeId Id, unsigned Index);
  void addEdge(NodeId Caller, unsigned SiteIndex,
               const clang::FunctionDecl &Callee, EffectSet Mask);
  void addPrimitive(NodeId Id, unsigned SiteIndex, EffectSet Effects);
  void raise(NodeId Id, EffectSet Effects, unsigned SiteIndex, int EdgeIndex);
  void propagate();
  bool isLive(NodeId Id, unsigned SiteIndex, EffectSet Effect);
  EffectSet passing(const clang::FunctionDecl &Definition);

  /// The user's callables that appear in the signature of a library function.
  llvm::SmallVector<const clang::FunctionDecl *, 2>
  userCallables(const clang::FunctionDecl &Function);

  /// Which parameters \p Definition calls, as bits.
  uint64_t invokedParameters(const clang::FunctionDecl &Definition,
                             unsigned Depth = 0);

  Facts &Known;
  Flows &Flowing;
  Contexts &Where;
  std::deque<Node> Nodes;
  llvm::DenseMap<const clang::FunctionDecl *, NodeId> Ids;
  llvm::DenseMap<const clang::FunctionDecl *, uint64_t> Invoked;
  std::deque<NodeId> ToExpand;
  std::vector<NodeId> DeferredNodes;
  std::deque<std::pair<NodeId, EffectSet>> Raised;
};

} // namespace corolint

#endif // COROLINT_EFFECT_INFERENCE_H
