//===-- Inference.h - What follows from what is called ----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Infers the effects of functions from their bodies, on demand: asking about a
// function explores what it may call, and effects then flow back along the
// calls, shortest way first, so that each comes with a shortest witness and
// recursion ends by itself. Nothing recurses on the depth of the call graph.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_INFERENCE_H
#define COROLINT_EFFECT_INFERENCE_H

#include "code/StoredCallables.h"
#include "effect/Effects.h"
#include "flow/Flow.h"
#include "region/Contexts.h"
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
  /// The class whose destructor waits for work that is pending.
  const GuardModel *Pending = nullptr;
  Annotations Marks;
};

/// One step of a witness in another translation unit, ready to be shown.
struct ExternalStep {
  std::string Message;
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// How a function comes by an effect that only another translation unit shows.
struct ExternalWitness {
  std::vector<ExternalStep> Steps; ///< None if there is no such way.
  std::string
      Reason; ///< The kind of blocking or the declared reason; or empty.
  EffectSet Effect = 0;  ///< The one it leads to.
  unsigned Distance = 0; ///< Calls down to the primitive.
};

/// Effects of functions whose bodies cannot be seen: a whole-program index.
class ExternalEffects {
public:
  virtual ~ExternalEffects() = default;

  /// Of calling \p Callee; of any override too if the call is \p Dispatched.
  virtual EffectSet of(const clang::FunctionDecl &Callee, bool Dispatched) = 0;

  /// The parameters that \p Callee calls, as bits.
  virtual uint64_t invokedParameters(const clang::FunctionDecl &Callee) = 0;

  /// A shortest way to one of \p Wanted, through no function that \p Avoid
  /// names.
  virtual ExternalWitness witness(const clang::FunctionDecl &Callee,
                                  bool Dispatched, EffectSet Wanted,
                                  llvm::ArrayRef<llvm::StringRef> Avoid) = 0;
};

/// One step of a witness: where a function executes something, and what.
struct WitnessStep {
  const clang::FunctionDecl *Caller = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  clang::SourceLocation Where;
  /// Set on the last step.
  std::optional<DeclaredEffects> Primitive;
  /// Set on the last step instead, if the rest is in other translation units.
  std::optional<ExternalWitness> External;
};

/// The effects of one AST's functions. Not thread-safe.
class EffectInference {
public:
  /// Effects of callees without a body come from \p External, if it is given.
  EffectInference(Facts &Unit, FlowAnalysis &Flows, ContextMap &Contexts,
                  ExternalEffects *External = nullptr)
      : Unit(Unit), Flows(Flows), Contexts(Contexts), External(External),
        Stored(Unit.Context, Unit.Models) {}

  /// From now on, remembers the calls whose effects another translation unit
  /// decides.
  void trackOpenCalls() { TrackOpen = true; }

  /// Explores everything that \p Roots may execute. Later roots may be added.
  void explore(llvm::ArrayRef<const clang::FunctionDecl *> Roots);

  /// What site number \p Index of \p Function, an explored root, may do.
  EffectSet effectsAt(const clang::FunctionDecl &Function, unsigned Index);

  /// A shortest way to one of \p Wanted that site number \p Index of \p
  /// Function has, through no function that \p Avoid names. The first step is
  /// the site itself; there is none if every way is avoided. What this unit
  /// shows by itself comes before what other units show, among equals what
  /// comes first in the source.
  struct Witness {
    std::vector<WitnessStep> Steps;
    EffectSet Effect = 0; ///< The one it leads to.
  };
  Witness witness(const clang::FunctionDecl &Function, unsigned Index,
                  EffectSet Wanted, llvm::ArrayRef<llvm::StringRef> Avoid);

  /// What annotations and models say of calling \p Callee as \p S does.
  DeclaredEffects declared(const Site &S, const clang::FunctionDecl *Enclosing);

  /// Whether what the site may do is for another translation unit to say.
  bool isOpenAt(const clang::FunctionDecl &Function, unsigned Index);

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
  struct Node {
    const clang::FunctionDecl *Function = nullptr; ///< A definition.
    std::vector<Primitive> Primitives;
    std::vector<Edge> Edges;
    std::vector<Incoming> Callers;
    EffectSet Effects = 0;
    bool Expanded = false;
    /// A library function that only a user's callable makes interesting.
    bool Deferred = false;
    llvm::SmallVector<NodeId, 1> Callables;
    std::vector<OpenCall> Open;
    bool IsOpen = false; ///< It, or something it calls, has open calls.
  };

  /// What was explored, for summaries.
  const std::deque<Node> &nodes() const { return Nodes; }
  std::optional<NodeId> find(const clang::FunctionDecl &Definition) const;

  /// What passes from a function to its callers.
  EffectSet passing(const clang::FunctionDecl &Definition);

  /// What passes from a site to its function: not what is reported there.
  EffectSet liveAt(NodeId Id, unsigned SiteIndex);

  /// Which parameters \p Definition calls, as bits.
  uint64_t invokedParameters(const clang::FunctionDecl &Definition,
                             unsigned Depth = 0);

  /// A parameter that is handed on to a function as one of its arguments.
  struct HandedOn {
    unsigned Parameter;
    const clang::FunctionDecl *Callee;
    unsigned Argument;
  };
  /// The parameters that \p Definition hands on and that could be callables.
  std::vector<HandedOn> handedOn(const clang::FunctionDecl &Definition);

  /// The model of the object that \p S destroys while its work is pending.
  const GuardModel *pendingAt(const Site &S,
                              const clang::FunctionDecl &Function);

private:
  NodeId nodeOf(const clang::FunctionDecl &Definition);
  void expand(NodeId Id);
  void expandSite(NodeId Id, unsigned Index);
  void addCallables(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addStored(NodeId Id, unsigned SiteIndex, EffectSet Mask);
  void addEdge(NodeId Caller, unsigned SiteIndex,
               const clang::FunctionDecl &Callee, EffectSet Mask);
  bool mayDoMoreElsewhere(const clang::FunctionDecl &Callable);
  void addPrimitive(NodeId Id, Primitive New);
  void addExternal(NodeId Id, unsigned SiteIndex,
                   const clang::FunctionDecl &Callee, EffectSet Mask,
                   bool Dispatched);
  Witness search(NodeId Start, unsigned Index, EffectSet Wanted,
                 llvm::ArrayRef<llvm::StringRef> Avoid, bool WithExternal);
  void raise(NodeId Id, EffectSet Effects, unsigned SiteIndex);
  void propagate();
  bool isLive(NodeId Id, unsigned SiteIndex, EffectSet Effect);
  void addOpenCall(NodeId Caller, OpenCall Call);
  void markOpen(NodeId Id);

  /// The user's callables that appear in the signature of a library function.
  llvm::SmallVector<const clang::FunctionDecl *, 2>
  userCallables(const clang::FunctionDecl &Function);

  Facts &Unit;
  FlowAnalysis &Flows;
  ContextMap &Contexts;
  ExternalEffects *External;
  StoredCallables Stored;
  bool TrackOpen = false;
  std::deque<Node> Nodes;
  llvm::DenseMap<const clang::FunctionDecl *, NodeId> Ids;
  llvm::DenseMap<const clang::FunctionDecl *, uint64_t> Invoked;
  std::deque<NodeId> ToExpand;
  std::vector<NodeId> DeferredNodes;
  std::deque<std::pair<NodeId, EffectSet>> Raised;
};

} // namespace corolint

#endif // COROLINT_EFFECT_INFERENCE_H
