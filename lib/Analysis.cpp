//===-- Analysis.cpp - One analysis for all checks ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Analysis.h"
#include "access/LifetimeBorrows.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/AST/Attr.h"
#include "llvm/Support/CrashRecoveryContext.h"

using namespace clang;

namespace corolint {

EffectInference::Witness
EffectFinding::witness(EffectSet Wanted,
                       llvm::ArrayRef<StringRef> Avoid) const {
  return Inference->witness(*Context.Function, SiteIndex, Wanted, Avoid);
}

EffectInference::Witness LockFinding::witness() const {
  return Inference->witness(*Function, SiteIndex, Yields | SyncWaits, {});
}

Analysis::Analysis(ASTContext &Context,
                   llvm::ArrayRef<const ModelTables *> Tables,
                   const AnalysisOptions &Options)
    : Unit(Context, Tables), Guards(Unit), Flows(Unit, Guards),
      Contexts(Unit, Options.Contexts), TaskFacts(Unit, Guards, Contexts),
      Inference(Unit, Flows, Contexts, Options.Effects), Accesses(Unit),
      Others(Accesses, Guards, Contexts) {
  if (Options.WholeProgram)
    Contexts.trackHandedOver();
  Contexts.scan(Options.IncludeSystemHeaders);
  Judged.insert(Contexts.functions().begin(), Contexts.functions().end());
  judgeAnnotations();
  KnowsYields = Unit.Models.knowsYields() ||
                llvm::any_of(Contexts.annotated(), [&](const Decl *D) {
                  const auto *Function = dyn_cast<FunctionDecl>(D);
                  return Function &&
                         Unit.Annotations.of(*Function).has(Annotation::Yields);
                });
  if (!Options.WholeProgram)
    return;
  // Other translation units may call any function of this one.
  Inference.trackOpenCalls();
  for (llvm::ArrayRef<const FunctionDecl *> Roots :
       {Contexts.functions(), Contexts.impliedDestructors()})
    for (const FunctionDecl *Root : Roots)
      guard(*Root, [&] { Inference.explore(Root); });
}

Analysis::~Analysis() = default;

bool Analysis::guard(const FunctionDecl &Function,
                     llvm::function_ref<void()> Step) {
  // Runs the step unguarded unless the driver enabled crash recovery.
  if (llvm::CrashRecoveryContext().RunSafely(Step))
    return true;
  Crashed.push_back(&Function);
  return false;
}

const FunctionFindings &Analysis::findingsIn(const FunctionDecl &Function) {
  auto [It, Inserted] = Findings.try_emplace(&Function);
  if (Inserted && isJudged(Function) && natureOf(Function).matters()) {
    FunctionFindings &Found = It->second;
    if (!guard(Function, [&] {
          Inference.explore(&Function);
          judge(Function, Found);
        }))
      Found = {};
  }
  return It->second;
}

const Analysis::Nature &Analysis::natureOf(const FunctionDecl &Function) {
  auto [It, Inserted] = Natures.try_emplace(&Function);
  if (!Inserted)
    return It->second;
  const Body &Walked = Unit.Bodies.of(Function);
  const FunctionContext Own = Contexts.of(Function);
  Nature Result;
  Result.IsCoroutine = Walked.IsCoroutine;
  Result.RunsAsynchronously = Walked.isAsynchronous();
  Result.RunsOnEventLoop = bool(Own.EventLoop);
  Result.OpensNoYieldRegion = bool(Own.NoYield) || hasGuards(Walked);
  for (const Site &S : Walked.Sites) {
    Result.OpensNoYieldRegion |= S.Region != nullptr;
    Result.Suspends |= S.What == Site::Kind::Suspend;
  }
  Result.HoldsThreadLock =
      (Result.Suspends && mayHold(Walked)) ||
      (KnowsYields && locksThread(Walked)) ||
      llvm::any_of(Walked.Lambdas, [&](const LambdaExpr *Lambda) {
        return movesLock(*Lambda);
      });
  return Natures[&Function] = Result;
}

bool Analysis::hasGuards(const Body &Walked) {
  for (const Site &S : Walked.Sites) {
    if (S.What != Site::Kind::Destroy || !S.Callee)
      continue;
    const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
    const GuardClass *Class =
        Method ? Guards.of(*Method->getParent()) : nullptr;
    if (Class && (Class->IsNoYield || !Class->Parts.empty() || Class->Element))
      return true;
  }
  for (const ParmVarDecl *Param : Walked.Function->parameters())
    if (!Param->getType()->isReferenceType() &&
        !Param->getType()->isPointerType() && Guards.of(Param->getType()))
      return true;
  return false;
}

/// Functions that only lock for their caller make no more calls than this.
/// Larger ones are not looked into, to save time.
static constexpr size_t MaxLockHelperSites = 8;

/// Whether \p Callee, a short function, holds a lock when it returns.
bool Analysis::locksForCaller(const FunctionDecl &Callee) {
  const FunctionDecl *Definition = nullptr;
  return Callee.hasBody(Definition) && !Unit.Models.isLibrary(*Definition) &&
         !Definition->isDependentContext() &&
         Unit.Bodies.of(*Definition).Sites.size() <= MaxLockHelperSites &&
         llvm::any_of(Flows.summary(*Definition).Effects,
                      [](const auto &Effect) { return Effect.Held; });
}

/// Whether the function locks a thread lock: by a guard, directly or through a
/// helper.
bool Analysis::locksThread(const Body &Walked) {
  return llvm::any_of(Walked.Sites, [&](const Site &S) {
    if (S.What == Site::Kind::Call && S.Callee && locksForCaller(*S.Callee))
      return true;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    if (!Method)
      return S.What == Site::Kind::Call && S.Callee &&
             Guards.lockFunction(*S.Callee);
    if (S.What == Site::Kind::Destroy) {
      const GuardClass *Class = Guards.of(*Method->getParent());
      return Class && Class->IsLock;
    }
    if (S.What != Site::Kind::Call)
      return false;
    // Most calls are dismissed by one look-up of the class's name.
    auto IsMutex = [&](const CXXRecordDecl *Class) {
      const GuardModel *Model = Class ? Unit.Models.guard(*Class) : nullptr;
      return Model && Model->Role == GuardRole::Mutex;
    };
    return IsMutex(Method->getParent()) ||
           IsMutex(CallOperands::of(S.Node).objectClass());
  });
}

/// Whether a lock, region or permission may be held somewhere in the function.
/// If not, the control flow graph is unnecessary.
bool Analysis::mayHold(const Body &Walked) {
  if (hasGuards(Walked) || Walked.Function->isDependentContext())
    return true;
  for (const Site &S : Walked.Sites) {
    if (!S.Callee)
      continue;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
        Method && Guards.ofObject(CallOperands::of(S.Node).Object, *Method))
      return true;
    if (S.What != Site::Kind::Call)
      continue;
    if (Guards.lockFunction(*S.Callee) ||
        S.Callee->hasAttr<AcquireCapabilityAttr>() ||
        !Flows.summary(*S.Callee).Effects.empty())
      return true;
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(Walked.Function);
  if (Method && Method->getParent()->isLambda())
    for (const FieldDecl *Field : Method->getParent()->fields())
      if (Guards.of(Field->getType()))
        return true;
  return false;
}

/// The context of the site, if the function is a context or contains one.
std::optional<FindingContext> Analysis::regionAt(const Body &Walked,
                                                 const Site &S,
                                                 const FunctionContext &Own,
                                                 const PointState *Point) {
  FindingContext Result{
      FindingContext::Kind::NoYieldRegion, Walked.Function, {}, nullptr, {}};
  if (S.Region) {
    Result.Region = S.Region;
    return Result;
  }
  if (Point)
    for (const HeldObject &Object : Point->Held)
      if (Object.isNoYield()) {
        Result.Scope = Object;
        return Result;
      }
  if (!Own.NoYield)
    return std::nullopt;
  Result.Reason = Own.NoYield;
  return Result;
}

std::optional<FindingContext>
Analysis::threadContext(const Body &Walked, const FunctionContext &Own) {
  if (Walked.isAsynchronous())
    return FindingContext{
        FindingContext::Kind::Coroutine, Walked.Function, {}, nullptr, {}};
  if (Own.EventLoop)
    return FindingContext{FindingContext::Kind::EventLoop,
                          Walked.Function,
                          Own.EventLoop,
                          nullptr,
                          {}};
  return std::nullopt;
}

/// Several instantiations of a template, or several locks, are one place.
bool Analysis::reportedBefore(SourceLocation Where, EffectSet Effects,
                              ReportKind Kind) {
  unsigned &Seen = Reported[{Where, Kind}];
  bool Before = (Effects & ~Seen) == 0;
  Seen |= Effects;
  return Before;
}

void Analysis::judge(const FunctionDecl &Function, FunctionFindings &Found) {
  const Body &Walked = Unit.Bodies.of(Function);
  const FunctionContext Own = Contexts.of(Function);
  const Nature &Is = natureOf(Function);
  const bool Guarded =
      Is.Suspends && (Is.OpensNoYieldRegion || Is.HoldsThreadLock);
  for (unsigned I = 0; I < Walked.Sites.size(); ++I) {
    const Site &S = Walked.Sites[I];
    if (S.What == Site::Kind::Suspend ? Guarded
                                      : Inference.effectsAt(Function, I) != 0 ||
                                            Inference.isOpenAt(Function, I))
      judgeSite(Walked, I, Own, Found);
  }
  judgeMovedLocks(Walked, Found);
}

/// Whether the awaiter of \p Suspension, to which the object was passed,
/// releases it while the coroutine is suspended.
bool Analysis::isReleasedBy(const Site &Suspension, const HeldObject &Object) {
  const auto *Await = dyn_cast_or_null<CoroutineSuspendExpr>(Suspension.Node);
  if (!Await || !Object.Variable)
    return false;
  const auto *Suspend =
      dyn_cast_or_null<CallExpr>(innermostOf(Await->getSuspendExpr()));
  const FunctionDecl *Callee = Suspend ? calleeOf(*Suspend) : nullptr;
  if (!Callee || llvm::none_of(Flows.summary(*Callee).Effects,
                               [](const LockSummary::Effect &Effect) {
                                 return Effect.Of == LockSummary::Root::This &&
                                        !Effect.Held;
                               }))
    return false;
  llvm::SmallVector<const Stmt *, 8> Stack{Await->getOperand()};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl()->getCanonicalDecl() ==
                   Object.Variable->getCanonicalDecl())
      return true;
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  return false;
}

/// Whether the call at \p At, or the awaited one, borrows the guard by
/// reference, and may release it until it, or its task, is finished: the wait
/// of a condition variable.
bool Analysis::isReleasedByCallee(const Site &At, const HeldObject &Object) {
  const auto *Await = dyn_cast_or_null<CoroutineSuspendExpr>(At.Node);
  const Stmt *Made = Await ? innermostOf(Await->getOperand()) : At.Node;
  const auto *Call =
      Object.Variable ? dyn_cast_or_null<CallExpr>(Made) : nullptr;
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee)
    return false;
  const CallOperands Operands = CallOperands::of(Call);
  for (auto [Index, Argument] : llvm::enumerate(Operands.Arguments)) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(innermostOf(Argument));
    if (Ref && declaresSameEntity(Ref->getDecl(), Object.Variable) &&
        Flows.mayReleaseLent(*Callee, static_cast<unsigned>(Index)))
      return true;
  }
  return false;
}

/// Finds the thread locks that are held where the site suspends or yields.
void Analysis::judgeLocks(const Body &Walked, unsigned Index,
                          const PointState *Point, FunctionFindings &Found) {
  if (!Point)
    return;
  const Site &S = Walked.Sites[Index];
  LockFinding Held{&S, Walked.Function, {}, nullptr, Index};
  if (S.What != Site::Kind::Suspend)
    Held.Inference = &Inference;
  for (const HeldObject &Object : Point->Held)
    if (Object.isLock() && !isReleasedBy(S, Object) &&
        !isReleasedByCallee(S, Object))
      Held.Locks.push_back(Object);
  if (!Held.Locks.empty() && !reportedBefore(S.Where, 1, ReportKind::Lock))
    Found.Locks.push_back(std::move(Held));
}

/// Whether a capture of \p Lambda is itself a guard.
bool Analysis::movesLock(const LambdaExpr &Lambda) {
  return llvm::any_of(Lambda.captures(), [&](const LambdaCapture &Capture) {
    if (!Capture.capturesVariable() ||
        !Capture.getCapturedVar()->isInitCapture())
      return false;
    const QualType Type = Capture.getCapturedVar()->getType();
    const GuardClass *Class =
        Type->isReferenceType() ? nullptr : Guards.of(Type);
    return Class && Class->IsLock;
  });
}

/// Adds the locks that are held where the captures of \p Lambda are moved from
/// their guards.
void Analysis::collectMovedLocks(const Body &Walked, const LambdaExpr &Lambda,
                                 llvm::SmallVectorImpl<HeldObject> &Locks) {
  const Flow &F = Flows.of(*Walked.Function);
  if (!F.isValid())
    return;
  for (const Site &S : Walked.Sites) {
    if (S.What != Site::Kind::Construct ||
        !llvm::any_of(Lambda.capture_inits(), [&](const Expr *Init) {
          return innermostOf(Init) == S.Node;
        }))
      continue;
    const ValueDecl *From = sourceOf(*cast<CXXConstructExpr>(S.Node));
    const PointState &Point = F.at(S.Anchor);
    if (From && Point.Reachable)
      for (const HeldObject &Object : Point.Held)
        if (Object.isLock() && Object.Variable &&
            declaresSameEntity(Object.Variable, From))
          Locks.push_back(Object);
  }
}

/// Finds the thread locks that are moved into a callable that runs later. Such
/// a lock stays held until then, and the thread that runs the callable releases
/// it.
void Analysis::judgeMovedLocks(const Body &Walked, FunctionFindings &Found) {
  llvm::SmallVector<const LambdaExpr *, 2> Taking;
  for (const LambdaExpr *Lambda : Walked.Lambdas)
    if (movesLock(*Lambda))
      Taking.push_back(Lambda);
  if (Taking.empty())
    return;
  for (unsigned Index = 0; Index < Walked.Sites.size(); ++Index) {
    const Site &S = Walked.Sites[Index];
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    if (S.What != Site::Kind::Call || !Call || !S.Callee)
      continue;
    const CallOperands Operands = CallOperands::of(Call);
    const auto *Entry = Unit.modelOf(*S.Callee, Operands);
    if (!Entry)
      continue;
    LockFinding Held{&S, Walked.Function, {}, nullptr, Index, true};
    for (const Expr *Argument : Operands.Arguments) {
      if (!runsLater(*Entry, Operands, *Argument))
        continue;
      const FunctionDecl *Callable = callableOf(Argument, Unit.Models);
      for (const LambdaExpr *Lambda : Taking)
        if (Lambda->getCallOperator() == Callable)
          collectMovedLocks(Walked, *Lambda, Held.Locks);
    }
    if (!Held.Locks.empty() && !reportedBefore(S.Where, 1, ReportKind::Lock))
      Found.Locks.push_back(std::move(Held));
  }
}

/// The effects that do not occur at \p S, because what it waits for is over.
static EffectSet effectsOver(const PointState &Point, const Site &S) {
  EffectSet Result = Point.ProvenReady ? SyncWaits : 0;
  if (Point.WasAwaited)
    Result |= SyncWaits | bit(BlockKind::Wait);
  // The destructor of a process that is still running ends and reaps it.
  if (Point.WasAwaited && S.What == Site::Kind::Destroy)
    Result |= bit(BlockKind::Process);
  return Result;
}

void Analysis::judgeSite(const Body &Walked, unsigned Index,
                         const FunctionContext &Own, FunctionFindings &Found) {
  const Site &S = Walked.Sites[Index];
  const FunctionDecl &Function = *Walked.Function;
  const bool Suspends = S.What == Site::Kind::Suspend;
  if (Suspends && !canSuspend(*S.Node, Unit))
    return;

  // Check the cheap condition first: most awaits have no lock held.
  const Flow &F = Flows.of(Function);
  const PointState *Point = nullptr;
  if (F.isValid()) {
    const void *At = S.What == Site::Kind::Destroy && S.Variable
                         ? static_cast<const void *>(S.Variable)
                         : S.Anchor;
    Point = &F.at(At);
    if (!Point->Reachable) {
      // A destructor that no path runs, or a place that is not in the graph.
      bool Placed =
          S.What != Site::Kind::Destroy && !isa<CXXConstructorDecl>(Function);
      if (Placed)
        return;
      Point = nullptr;
    }
  }
  if (S.What == Site::Kind::Destroy && !Point && F.isValid() && S.Node)
    if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(S.Node))
      if (!F.at(Temporary).Reachable)
        return;

  std::optional<FindingContext> Region = regionAt(Walked, S, Own, Point);
  if (Suspends) {
    if (Region && !reportedBefore(S.Where, Yields, ReportKind::Yield))
      Found.Effects.push_back({&S, Yields, *Region, &Inference, Index});
    judgeLocks(Walked, Index, Point, Found);
    return;
  }
  const bool AllowBlocking =
      (Own.AllowBlocking && !(Point && Point->LastHop == Hop::OnLoop)) ||
      (Point &&
       (Point->LastHop == Hop::MayBlock || Point->isHeldToAllowBlocking()));

  EffectSet Has = Inference.effectsAt(Function, Index);
  const EffectSet Over = Point ? effectsOver(*Point, S) : 0;
  if (Inference.isOpenAt(Function, Index)) {
    judgeOpen(S, Index, Region ? Region : threadContext(Walked, Own),
              bool(Region), !AllowBlocking, Over, Found);
  }
  // On a fiber, a synchronous wait lets others run.
  const bool WaitYields = Own.EventLoop.AllowsSyncWaits && (Has & SyncWaits);
  if ((Has & Yields) || WaitYields)
    judgeLocks(Walked, Index, Point, Found);
  if (Has & Yields) {
    if (Region && !reportedBefore(S.Where, Yields, ReportKind::Yield))
      Found.Effects.push_back({&S, Yields, *Region, &Inference, Index});
    Has &= ~Yields;
  }
  if (!Has || AllowBlocking)
    return;
  Has &= ~Over;
  std::optional<FindingContext> Context =
      Region ? Region : threadContext(Walked, Own);
  // This includes coroutines: one that starts on a pool may block there.
  if (!Region) {
    if (Own.EventLoop.AllowsSyncWaits)
      Has &= ~SyncWaits;
    if (Own.EventLoop.AllowsBlocking)
      Has &= SyncWaits;
  }
  if (!Context || !Has || reportedBefore(S.Where, Has, ReportKind::OnThread))
    return;
  Found.Effects.push_back({&S, Has, *Context, &Inference, Index});
}

void Analysis::judgeOpen(const Site &S, unsigned Index,
                         const std::optional<FindingContext> &Context,
                         bool InRegion, bool MayBlock, EffectSet Over,
                         FunctionFindings &Found) {
  if (!Context)
    return;
  EffectSet Possible = InRegion ? AllEffects : OnThread;
  if (!MayBlock)
    Possible &= ~OnThread;
  Possible &= ~Over;
  if (Possible)
    Found.Pending.push_back({&S, Possible, *Context, Index});
}

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

void Analysis::judgeAnnotations() {
  llvm::DenseSet<const Decl *> Seen;
  for (const Decl *D : Contexts.annotated()) {
    for (const auto *Attribute : D->specific_attrs<AnnotateAttr>()) {
      StringRef Name = Attribute->getAnnotation();
      if (!Name.consume_front("corolint::") || annotationByName(Name) ||
          Attribute->isInherited())
        continue;
      if (!reportedBefore(Attribute->getLocation(), 1,
                          ReportKind::UnknownAnnotation))
        Misused.push_back({AnnotationFinding::Kind::Unknown,
                           Attribute->getLocation(),
                           Name.str(),
                           nearestAnnotation(Name).str(),
                           {}});
    }
    const auto *Function = dyn_cast<FunctionDecl>(D);
    if (!Function || !Seen.insert(Function->getCanonicalDecl()).second)
      continue;
    struct Pair {
      Annotation First, Second;
      const char *FirstName, *SecondName;
    };
    static constexpr Pair Contradictions[] = {
        {Annotation::Blocking, Annotation::NonBlocking, "blocking",
         "nonblocking"},
        {Annotation::SyncWait, Annotation::NonBlocking, "a synchronous wait",
         "nonblocking"},
        {Annotation::Yields, Annotation::NoYield, "yielding", "no-yield"},
    };
    Annotations Marks = Unit.Annotations.of(*Function);
    for (const Pair &P : Contradictions)
      if (Marks.has(P.First) && Marks.has(P.Second) &&
          !reportedBefore(Function->getLocation(), EffectSet(P.First),
                          ReportKind::Contradiction))
        Misused.push_back({AnnotationFinding::Kind::Contradiction,
                           Function->getLocation(), Function->getNameAsString(),
                           P.FirstName, P.SecondName});
  }
}

} // namespace corolint
