//===-- CallGraph.cpp - The calls of one AST ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/CallGraph.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Generators.h"
#include "code/Suspension.h"
#include "effect/UserCallables.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace corolint {

namespace {

/// The effects of waiting for work to complete.
constexpr EffectSet Waits = SyncWaits | bit(BlockKind::Wait);

/// Whether another translation unit may contain the body of \p Callee.
bool isDefinedElsewhere(const FunctionDecl &Callee) {
  return !Callee.isDefaulted() && !Callee.isDeleted() &&
         !Callee.isDependentContext() && !Callee.getBuiltinID() &&
         !isInSystemHeader(Callee);
}

} // namespace

CallGraph::NodeId CallGraph::nodeOf(const FunctionDecl &Definition) {
  auto [It, Inserted] = Ids.try_emplace(&Definition, Nodes.size());
  if (Inserted) {
    Nodes.emplace_back();
    Nodes.back().Function = &Definition;
  }
  return It->second;
}

std::vector<CallGraph::Arrival> CallGraph::expand() {
  while (!ToExpand.empty()) {
    NodeId Id = ToExpand.front();
    ToExpand.pop_front();
    if (!Nodes[Id].Expanded && !Nodes[Id].Deferred)
      expandNode(Id);
  }
  Dead.settle();
  return std::exchange(Arrivals, {});
}

bool CallGraph::wakeDeferred() {
  const size_t Before = ToExpand.size();
  for (NodeId Id : DeferredNodes) {
    Node &N = Nodes[Id];
    if (llvm::none_of(N.Callables, [&](NodeId Callable) {
          const Node &Called = Nodes[Callable];
          // Most callables have no effect: do not ask where they run.
          if (!Called.Effects && !Called.IsOpen)
            return false;
          const EffectSet Passing = passing(*Called.Function);
          return (Called.Effects & Passing) || (Called.IsOpen && Passing);
        }))
      continue;
    N.Deferred = false;
    ToExpand.push_back(Id);
  }
  llvm::erase_if(DeferredNodes, [&](NodeId Id) { return !Nodes[Id].Deferred; });
  return ToExpand.size() != Before;
}

EffectSet CallGraph::passing(const FunctionDecl &Definition) {
  // The body of a coroutine is judged itself; calling it passes nothing.
  if (isa_and_nonnull<CoroutineBodyStmt>(Definition.getBody()))
    return 0;
  return passingInContext(Definition);
}

/// The effects that pass from \p Definition to \p Caller, which calls it. A
/// coroutine that starts at once runs on the stack of a plain caller until it
/// suspends.
EffectSet CallGraph::passingTo(NodeId Caller, const FunctionDecl &Definition) {
  const auto *Coroutine =
      dyn_cast_or_null<CoroutineBodyStmt>(Definition.getBody());
  if (!Coroutine)
    return passing(Definition);
  if (Unit.Bodies.of(*Nodes[Caller].Function).isAsynchronous() ||
      Unit.Bodies.of(Definition).isSynchronousGenerator() ||
      !startsAtOnce(*Coroutine, Unit))
    return 0;
  return passingInContext(Definition);
}

EffectSet CallGraph::passingInContext(const FunctionDecl &Definition) {
  // After an error, Clang may have dropped the part that makes it a coroutine.
  if (Definition.isInvalidDecl() ||
      Unit.Bodies.of(Definition).IsUnbuiltCoroutine)
    return 0;
  FunctionContext Context = Contexts.of(Definition);
  if (Context.NoYield)
    return 0;
  if (Context.EventLoop || Context.AllowBlocking)
    return Yields;
  return AllEffects;
}

/// Writing a log counts as output, and waiting for a mutex as locking.
CallGraph::Renaming CallGraph::renamingIn(const FunctionDecl &Function) {
  if (Unit.Models.writesLog(Function))
    return {bit(BlockKind::File) | bit(BlockKind::FileMetadata),
            bit(BlockKind::Output)};
  if (Flows.Guards.isLockOperation(Function))
    return {bit(BlockKind::Sleep) | bit(BlockKind::Wait), bit(BlockKind::Lock)};
  return {};
}

void CallGraph::expandNode(NodeId Id) {
  Nodes[Id].Expanded = true;
  const FunctionDecl &Function = *Nodes[Id].Function;
  if (!Unit.Models.isLibrary(Function)) {
    Dead.consider(Function);
    Nodes[Id].Own = renamingIn(Function);
  }
  const Body &Walked = Unit.Bodies.of(Function);
  for (unsigned I = 0; I < Walked.Sites.size(); ++I)
    expandSite(Id, I);
}

/// Whether \p S, a site of \p Function, waits for work that is ready whenever
/// the function runs.
bool CallGraph::waitsForReadyWork(const FunctionDecl &Function, const Site &S) {
  const Expr *Awaited = CallOperands::of(S.Node).subject();
  return Awaited && Passed.isReady(*Awaited, Function);
}

void CallGraph::expandSite(NodeId Id, unsigned SiteIndex) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  const Body &Walked = Unit.Bodies.of(Function);
  const Site &S = Walked.Sites[SiteIndex];
  if (S.AwaitPart == Site::AwaiterCall::Suspend && S.Await &&
      !canSuspend(*S.Await, Unit))
    return;
  const bool InLibrary = Unit.Models.isLibrary(Function);

  EffectSet Mask = AllEffects;
  // A destructor that removes a file cleans up, and only after code that made
  // one.
  if (isa<CXXDestructorDecl>(Function))
    Mask &= ~bit(BlockKind::FileMetadata);
  // The functions that an await calls add no yield of their own.
  if (S.Await)
    Mask &= ~Yields;
  if (S.What == Site::Kind::Destroy && !InLibrary)
    if (const GuardModel *Pending = pendingWorkAt(S, Function, Flows))
      addPrimitive(
          Id, {SiteIndex, Pending->DestructorEffect == EffectKind::SyncWaits
                              ? SyncWaits
                              : bit(Pending->DestructorKind)});
  if (S.What == Site::Kind::Destroy && S.Variable &&
      Walked.Moved.contains(S.Variable))
    return;
  if (destroysMovedFrom(S, Walked) ||
      (InLibrary && S.Callee && Relocations.isRelocated(Function, SiteIndex)))
    return;
  if (!S.Callee) {
    if (EffectSet Effects = declared(S, &Function).Effects)
      addPrimitive(Id, {SiteIndex, Effects});
    if (S.What == Site::Kind::Call && !InLibrary)
      addStored(Id, SiteIndex, Mask);
    return;
  }
  if (!InLibrary) {
    if (S.What == Site::Kind::Call)
      addGenerator(Id, SiteIndex, Mask);
    addModelledCallables(Id, SiteIndex, Mask);
    const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
    if (!Method || !Flows.Guards.locksUserMutex(*Method->getParent())) {
      DeclaredEffects Declared = declared(S, &Function);
      EffectSet Effects = Declared.Effects & Mask;
      if ((Effects & Waits) && (isOverWhenResumed(Function, S, Unit) ||
                                isOverWhenAwaited(Function, S, Unit) ||
                                waitsForReadyWork(Function, S)))
        Effects &= ~Waits;
      if (Effects & Nodes[Id].Own.From)
        Effects = (Effects & ~Nodes[Id].Own.From) | Nodes[Id].Own.To;
      if (Effects)
        addPrimitive(Id, {SiteIndex, Effects});
      Mask &= ~Declared.Known;
    }
    // The callee renames its own effects itself.
    if (Nodes[Id].Own.From && renamingIn(*S.Callee).To != Nodes[Id].Own.To)
      Mask &= ~Nodes[Id].Own.From;
  }
  if (S.What == Site::Kind::Destroy && !InLibrary &&
      isOverWhenAwaited(Function, S, Unit))
    Mask &= ~Waits;
  if (S.What == Site::Kind::Destroy && !InLibrary)
    addRunAtEnd(Id, SiteIndex, Mask);
  // A noreturn callee only ends the program; its effects do not count.
  if (Mask && (!S.Callee->isNoReturn() || InLibrary))
    expandCall(Id, SiteIndex, Mask);
}

/// Follows a call of a known callee into its body, here or in another unit.
void CallGraph::expandCall(NodeId Id, unsigned SiteIndex, EffectSet Mask) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  const Site &S = Unit.Bodies.of(Function).Sites[SiteIndex];
  const bool InLibrary = Unit.Models.isLibrary(Function);
  const FunctionDecl *Definition = definitionOf(*S.Callee);
  // `std::function` and other library types that call the callables they were
  // built from.
  if (S.What == Site::Kind::Call && !InLibrary &&
      Unit.Models.isLibrary(*S.Callee))
    addStored(Id, SiteIndex, Mask);
  const bool Dispatched = isDispatched(S);
  if (!Definition || Dispatched) {
    addExternal(Id, SiteIndex, *S.Callee, Mask, Dispatched);
    addOpenCall(Id, {SiteIndex, S.Callee, Mask, Dispatched});
  }
  if (!Definition) {
    if (!InLibrary)
      addHandedToUnseen(Id, SiteIndex, Mask);
    return;
  }
  addEdge(Id, SiteIndex, *S.Callee, Mask);
  if (!InLibrary)
    addHandedToSeen(Id, SiteIndex, Mask, *Definition);
}

/// Adds the callables that are passed to a callee without a body, which may
/// call them.
void CallGraph::addHandedToUnseen(NodeId Id, unsigned SiteIndex,
                                  EffectSet Mask) {
  const Site &S = Unit.Bodies.of(*Nodes[Id].Function).Sites[SiteIndex];
  if ((!TrackOpen && !External) || !isDefinedElsewhere(*S.Callee))
    return;
  const CallOperands Handed = CallOperands::of(S.Node);
  if (Handed.Arguments.empty())
    return;
  const uint64_t Invoked =
      External ? External->invokedParameters(*S.Callee) : ~uint64_t(0);
  for (unsigned I = 0; I < Handed.Arguments.size() && I < 64; ++I) {
    const FunctionDecl *Callable =
        Invoked >> I & 1 ? callableOf(Handed.Arguments[I], Unit.Models)
                         : nullptr;
    if (Callable && External)
      addEdge(Id, SiteIndex, *Callable, Mask);
    else if (Callable)
      addOpenCall(Id, {SiteIndex, Callable, Mask, false, S.Callee, I});
  }
}

/// Adds the callables that are passed to \p Definition and that it calls,
/// although their type does not identify them.
void CallGraph::addHandedToSeen(NodeId Id, unsigned SiteIndex, EffectSet Mask,
                                const FunctionDecl &Definition) {
  const Site &S = Unit.Bodies.of(*Nodes[Id].Function).Sites[SiteIndex];
  const CallOperands Operands = CallOperands::of(S.Node);
  std::optional<uint64_t> Invoked;
  for (unsigned I = 0; I < Operands.Arguments.size() && I < 64; ++I) {
    const FunctionDecl *Callable =
        callableOf(Operands.Arguments[I], Unit.Models);
    if (!Callable || (!TrackOpen && !External && !definitionOf(*Callable)))
      continue;
    if (!Invoked)
      Invoked = Parameters.invoked(Definition);
    if (*Invoked >> I & 1)
      addEdge(Id, SiteIndex, *Callable, Mask);
    else if (TrackOpen && llvm::any_of(Parameters.handedOn(Definition),
                                       [&](const HandedOn &H) {
                                         return H.Parameter == I &&
                                                !isInSystemHeader(*H.Callee);
                                       }))
      addOpenCall(Id, {SiteIndex, Callable, Mask, false, &Definition, I});
  }
}

/// The parameter that \p Init, of a constructor, copies or moves.
static const ParmVarDecl *parameterIn(const Expr *Init) {
  for (unsigned Steps = 0; Init && Steps < 8; ++Steps) {
    Init = innermostOf(Init);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Init))
      return dyn_cast<ParmVarDecl>(Ref->getDecl());
    const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
    const auto *Call = dyn_cast<CallExpr>(Init);
    Init = Construct && Construct->getNumArgs() == 1 ? Construct->getArg(0)
           : Call && Call->getNumArgs() == 1         ? Call->getArg(0)
                                                     : nullptr;
  }
  return nullptr;
}

/// The callable passed to the constructor of \p Object, if \p Called is the
/// member in which the constructor stores it.
static const FunctionDecl *madeWith(const VarDecl &Object, const Expr &Called,
                                    Facts &Unit) {
  const auto *Member = dyn_cast<MemberExpr>(innermostOf(&Called));
  const auto *Made =
      Object.getInit()
          ? dyn_cast<CXXConstructExpr>(innermostOf(Object.getInit()))
          : nullptr;
  const auto *Constructor = Made ? dyn_cast_or_null<CXXConstructorDecl>(
                                       definitionOf(*Made->getConstructor()))
                                 : nullptr;
  if (!Member || !Constructor)
    return nullptr;
  for (const CXXCtorInitializer *Init : Constructor->inits()) {
    if (Init->getMember() != Member->getMemberDecl())
      continue;
    const ParmVarDecl *Param = parameterIn(Init->getInit());
    const unsigned Index = Param ? Param->getFunctionScopeIndex() : ~0U;
    return Index < Made->getNumArgs()
               ? callableOf(Made->getArg(Index), Unit.Models)
               : nullptr;
  }
  return nullptr;
}

/// Adds the callable that a local variable is constructed with and that its
/// destructor calls: `Finally guard([&] { … });`.
void CallGraph::addRunAtEnd(NodeId Id, unsigned Index, EffectSet Mask) {
  const Site &S = Unit.Bodies.of(*Nodes[Id].Function).Sites[Index];
  const FunctionDecl *Destructor =
      S.Callee && S.Variable ? definitionOf(*S.Callee) : nullptr;
  if (!Destructor || Unit.Models.isLibrary(*Destructor))
    return;
  for (const Site &Inner : Unit.Bodies.of(*Destructor).Sites) {
    const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(Inner.Node);
    if (Inner.What != Site::Kind::Call || !Call ||
        Call->getOperator() != OO_Call ||
        !Contexts.assignedTo(*Call->getArg(0)).empty())
      continue;
    if (const FunctionDecl *Callable =
            madeWith(*S.Variable, *Call->getArg(0), Unit))
      addEdge(Id, Index, *Callable, Mask);
  }
}

/// Adds the functions that the site calls through a variable, a table or a
/// member.
void CallGraph::addStored(NodeId Id, unsigned Index, EffectSet Mask) {
  const Body &Walked = Unit.Bodies.of(*Nodes[Id].Function);
  const Site &S = Walked.Sites[Index];
  if (S.Variable && !isa<ParmVarDecl>(S.Variable) && S.Variable->getInit() &&
      !Walked.Modified.contains(S.Variable))
    if (const FunctionDecl *Callable =
            callableOf(S.Variable->getInit(), Unit.Models)) {
      addEdge(Id, Index, *Callable, Mask);
      return;
    }
  const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(S.Node);
  if (!Call || (S.Callee && (!Operator || Operator->getOperator() != OO_Call)))
    return;
  const Expr &Called = S.Callee ? *Operator->getArg(0) : *Call->getCallee();
  StoredCallables::Functions Callables = Stored.of(Called, Walked);
  // A function pointer may have changed; a library's wrapper calls the
  // callable that was assigned to it.
  if (Callables.empty() && S.Callee)
    Callables = Contexts.assignedTo(Called);
  for (const FunctionDecl *Callable : Callables)
    addEdge(Id, Index, *Callable, Mask);
}

/// Adds the callables that, according to models, the callee at the site runs
/// before it returns.
void CallGraph::addModelledCallables(NodeId Id, unsigned Index,
                                     EffectSet Mask) {
  const FunctionDecl &Function = *Nodes[Id].Function;
  const Site &S = Unit.Bodies.of(Function).Sites[Index];
  const CallOperands Operands = CallOperands::of(S.Node);
  const ModelIndex::FunctionEntry *Entry = Unit.modelOf(*S.Callee, Operands);
  if (!Entry || Entry->Callables.empty())
    return;
  // An annotation of the callee covers everything that the call does.
  const Annotations Marks = Unit.Annotations.of(*S.Callee);
  if (Marks.has(Annotation::NonBlocking) || Marks.has(Annotation::Blocking) ||
      Marks.has(Annotation::SyncWait))
    Mask &= ~OnThread;
  if (Marks.has(Annotation::Yields))
    Mask &= ~Yields;
  for (const CallableModel *Model : Entry->Callables) {
    if (Model->Runs != ContextKind::Caller ||
        !Unit.Conditions.applies(*Model, Operands, &Function))
      continue;
    for (const Expr *Argument : Operands.at(Model->Argument)) {
      const FunctionDecl *Callable = callableOf(Argument, Unit.Models);
      if (!Callable) {
        for (const FunctionDecl *Assigned : Contexts.assignedTo(*Argument))
          addEdge(Id, Index, *Assigned, Mask);
        continue;
      }
      // Include all instantiations of a generic lambda.
      const FunctionTemplateDecl *Generic =
          Callable->isDependentContext()
              ? Callable->getDescribedFunctionTemplate()
              : nullptr;
      if (!Generic)
        addEdge(Id, Index, *Callable, Mask);
      else
        for (const FunctionDecl *Specialization : Generic->specializations())
          addEdge(Id, Index, *Specialization, Mask);
    }
  }
}

void CallGraph::addEdge(NodeId Caller, unsigned SiteIndex,
                        const FunctionDecl &Callee, EffectSet Mask) {
  const FunctionDecl *Definition = definitionOf(Callee);
  if (!Definition) {
    addExternal(Caller, SiteIndex, Callee, Mask, /*Dispatched=*/false);
    addOpenCall(Caller, {SiteIndex, &Callee, Mask, false});
  }
  if (!Definition || Definition->isDependentContext())
    return;
  const bool InLibrary = Unit.Models.isLibrary(*Definition);
  EffectSet Allowed = Mask & passingTo(Caller, *Definition);
  if (!Allowed)
    return;
  llvm::SmallVector<const FunctionDecl *, 2> Callables;
  if (InLibrary) {
    // It is unknown whether there is an old object to destroy.
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Definition);
        Method && Method->isMoveAssignmentOperator())
      return;
    Callables = userCallables(*Definition, Unit.Models);
    if (Callables.empty())
      return;
  }
  bool IsNew = !Ids.contains(Definition);
  NodeId Target = nodeOf(*Definition);
  if (IsNew && InLibrary)
    addLibraryNode(Target, Callables);
  else if (IsNew)
    ToExpand.push_back(Target);
  connect(Caller, SiteIndex, Target, Allowed);
}

/// Adds the body of the synchronous generator that the site iterates.
void CallGraph::addGenerator(NodeId Caller, unsigned SiteIndex,
                             EffectSet Mask) {
  const FunctionDecl *Generator = iteratedGenerator(
      Unit.Bodies.of(*Nodes[Caller].Function).Sites[SiteIndex], Unit);
  if (!Generator)
    return;
  const EffectSet Allowed = Mask & passingInContext(*Generator);
  if (!Allowed)
    return;
  const NodeId Target = nodeOf(*Generator);
  ToExpand.push_back(Target);
  connect(Caller, SiteIndex, Target, Allowed);
}

void CallGraph::connect(NodeId Caller, unsigned SiteIndex, NodeId Target,
                        EffectSet Allowed) {
  Node &From = Nodes[Caller];
  From.Edges.push_back({SiteIndex, Target, Allowed});
  Nodes[Target].Callers.push_back({Caller, unsigned(From.Edges.size() - 1)});
  if (EffectSet Ready = Nodes[Target].Effects & Allowed)
    Arrivals.push_back({Caller, SiteIndex, Ready});
  if (Nodes[Target].IsOpen)
    markOpen(Caller);
}

/// Queues the callables that the library function may call, and the function
/// itself if another unit may add effects to them.
void CallGraph::addLibraryNode(NodeId Id,
                               llvm::ArrayRef<const FunctionDecl *> Callables) {
  Nodes[Id].Deferred =
      llvm::none_of(Callables, [&](const FunctionDecl *Callable) {
        return mayDoMoreElsewhere(*Callable);
      });
  if (!Nodes[Id].Deferred)
    ToExpand.push_back(Id);
  for (const FunctionDecl *Callable : Callables)
    if (const FunctionDecl *Definition = definitionOf(*Callable)) {
      NodeId CallableId = nodeOf(*Definition);
      Nodes[Id].Callables.push_back(CallableId);
      ToExpand.push_back(CallableId);
    }
  if (Nodes[Id].Deferred)
    DeferredNodes.push_back(Id);
}

/// Whether another unit may add effects to a library's use of \p Callable: it
/// has the body, or an override.
bool CallGraph::mayDoMoreElsewhere(const FunctionDecl &Callable) {
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Callable);
  const bool Overridden = Destructor && Destructor->isVirtual() &&
                          !Destructor->getParent()->isEffectivelyFinal();
  if (!Overridden && definitionOf(Callable))
    return false;
  if (External)
    return External->of(Callable, Overridden) != 0;
  return TrackOpen && isDefinedElsewhere(Callable);
}

void CallGraph::addPrimitive(NodeId Id, Primitive New) {
  Nodes[Id].Primitives.push_back(New);
  Arrivals.push_back({Id, New.SiteIndex, New.Effects});
}

/// Adds the effects of a call that the whole-program index contains.
void CallGraph::addExternal(NodeId Id, unsigned SiteIndex,
                            const FunctionDecl &Callee, EffectSet Mask,
                            bool Dispatched) {
  if (!External)
    return;
  if (EffectSet Effects = External->of(Callee, Dispatched) & Mask)
    addPrimitive(Id, {SiteIndex, Effects, &Callee, Dispatched});
}

void CallGraph::addOpenCall(NodeId Caller, OpenCall Call) {
  if (!TrackOpen || !Call.Allowed)
    return;
  // A visible body is explored itself; this concerns the other cases.
  const FunctionDecl &Decisive = Call.Through ? *Call.Through : *Call.Callee;
  if (!isDefinedElsewhere(Decisive))
    return;
  if (Call.Through)
    if (const FunctionDecl *Definition = definitionOf(*Call.Callee)) {
      if (Definition->isDependentContext() || isInSystemHeader(*Definition))
        return;
      ToExpand.push_back(nodeOf(*Definition));
    }
  Nodes[Caller].Open.push_back(Call);
  markOpen(Caller);
}

void CallGraph::markOpen(NodeId Id) {
  llvm::SmallVector<NodeId, 16> Marked{Id};
  while (!Marked.empty()) {
    Node &N = Nodes[Marked.pop_back_val()];
    if (std::exchange(N.IsOpen, true))
      continue;
    for (const Incoming &From : N.Callers)
      Marked.push_back(From.Caller);
  }
}

std::optional<CallGraph::NodeId>
CallGraph::find(const FunctionDecl &Definition) const {
  auto It = Ids.find(&Definition);
  if (It == Ids.end())
    return std::nullopt;
  return It->second;
}

} // namespace corolint
