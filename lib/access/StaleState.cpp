//===-- StaleState.cpp - Judges actions on old knowledge ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/StaleState.h"
#include "access/Containers.h"
#include "access/RunsOnce.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "clang/AST/ASTLambda.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SetVector.h"
#include <set>

using namespace clang;

namespace corolint {

namespace {

/// A function on a loop that directly or indirectly calls more functions is
/// judged without the others.
constexpr unsigned MaxHelpers = 64;

QualType typeOf(const AccessPath &Path) {
  const ValueDecl *Key = Path.key();
  return Key ? Key->getType().getNonReferenceType() : QualType();
}

/// The target type of a pointer or smart pointer of type \p Type; null if it is
/// neither.
QualType pointeeOf(QualType Type) {
  if (Type.isNull())
    return {};
  if (const auto *Pointer = Type->getAs<PointerType>())
    return Pointer->getPointeeType();
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  if (!Class || !isPointerLike(*Class) || isIndirect(Type) ||
      Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  return Class->getTemplateArgs()[0].getAsType();
}

/// The container at the target of \p Path, which ends behind a pointer. Null
/// unless it holds plain values: an element of any other container may itself
/// be the container that the path means.
QualType pointedContainer(const AccessPath &Path, Facts &Unit) {
  QualType Type = pointeeOf(typeOf(Path));
  const auto *Class = Type.isNull()
                          ? nullptr
                          : dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                                Type->getAsCXXRecordDecl());
  if (!Class || !isContainer(Type, Unit) || isPointerLike(*Class))
    return {};
  for (const TemplateArgument &Argument : Class->getTemplateArgs().asArray())
    if (Argument.getKind() == TemplateArgument::Type &&
        isContainer(Argument.getAsType(), Unit))
      return {};
  return Type;
}

} // namespace

StaleStateAnalysis::StaleStateAnalysis(Facts &Unit, GuardClasses &Guards,
                                       FlowAnalysis &Flows,
                                       AccessAnalysis &Accesses,
                                       Interference &Others,
                                       EffectInference &Inference,
                                       StaleOptions Options)
    : Unit(Unit), Guards(Guards), Flows(Flows), Accesses(Accesses),
      Others(Others), Inference(Inference), Options(std::move(Options)) {}

bool StaleStateAnalysis::isEnabled(StaleAct::Form Form) const {
  switch (Form) {
  case StaleAct::Form::Check:
  case StaleAct::Form::Position:
  case StaleAct::Form::Premise:
    return Options.Check;
  case StaleAct::Form::Kept:
    return Options.Kept;
  case StaleAct::Form::Torn:
    return Options.Torn;
  case StaleAct::Form::Woken:
    return Options.Woken;
  }
  llvm_unreachable("all forms are covered");
}

/// Whether \p Place is within the private state of a class template. That is an
/// implementation detail of a container, and models describe containers. A
/// class that is declared shared is an exception.
bool StaleStateAnalysis::isInternal(const AccessPath &Place,
                                    const FunctionDecl &In) {
  const CXXRecordDecl *Own = enclosingClass(In);
  return llvm::any_of(Place.Steps, [&](const FieldDecl *Step) {
    const auto *Class =
        Step ? dyn_cast<ClassTemplateSpecializationDecl>(Step->getParent())
             : nullptr;
    return Class && Step->getAccess() != AS_public &&
           !Unit.Annotations.of(*Class).has(Annotation::Shared) &&
           !(Own && Own->hasDefinition() &&
             (declaresSameEntity(Own, Class) || Own->isDerivedFrom(Class)));
  });
}

/// A local that no lambda captures is not shared, nor is an object that the
/// coroutine created itself.
bool StaleStateAnalysis::isShareable(const AccessPath &Place,
                                     const FunctionDecl &In) {
  if (!Place.key() || isInternal(Place, In))
    return false;
  const auto *Root = dyn_cast_or_null<VarDecl>(Place.Root);
  if (!Root)
    return true;
  if (Root->getType().isConstQualified() && Place.Steps.empty())
    return false;
  if (Root->hasGlobalStorage())
    return true;
  const bool Indirect = llvm::is_contained(Place.Steps, nullptr);
  if (Root->getType()->isReferenceType())
    return Place.key() != Root || !isa<ParmVarDecl>(Root);
  if (Indirect && (isa<ParmVarDecl>(Root) || Root->getDeclContext() == &In)) {
    const CXXRecordDecl *Class = Root->getType()->getAsCXXRecordDecl();
    // A single owner: a pointer that cannot be copied, or the local itself.
    if (Class &&
        (!isPointerLike(*Class) || !Class->hasCopyConstructorWithConstParam() ||
         anyMember<CXXConstructorDecl>(
             constructorsOf(*Class), [](const auto &Constructor) {
               return Constructor.isCopyConstructor() &&
                      Constructor.isDeleted();
             })))
      return false;
    if (!isa<ParmVarDecl>(Root) && Root->getInit()) {
      if (isNewObject(Root->getInit(), Unit))
        return false;
    }
    return Place.key() != Root;
  }
  // A local of an enclosing function, captured by reference; or one of this
  // function, shared with a lambda.
  if (Root->getDeclContext() != &In && !Root->isInitCapture())
    return true;
  const Body &Walked = Unit.Bodies.of(In);
  return llvm::any_of(Walked.Lambdas, [&](const LambdaExpr *Lambda) {
    return llvm::any_of(Lambda->captures(), [&](const LambdaCapture &Capture) {
      return Capture.capturesVariable() &&
             Capture.getCaptureKind() == LCK_ByRef &&
             Capture.getCapturedVar() == Root;
    });
  });
}

/// Whether a lock is held at the suspension point.
bool StaleStateAnalysis::isIsolated(const StaleAct &Act,
                                    const FunctionDecl &In) {
  const PointState &Point = Flows.of(In).at(Act.Suspension);
  return llvm::any_of(Point.Held, [&](const HeldObject &Object) {
    return Object.isLock() ||
           (!Act.Guarded && Object.Class && Object.Class->IsAsyncLock);
  });
}

bool StaleStateAnalysis::invalidates(const StaleAct &Act,
                                     const AccessPath &Place,
                                     const StateChange &Change) {
  // Through a raw pointer, a container's method changes the container.
  const bool ThroughPointer =
      !isWhole(Place) && Change.IsWhole &&
      Place.key()->getType()->isPointerType() &&
      (Change.Kind == AccessKind::Insert || Change.Kind == AccessKind::Erase);
  if (Change.IsWhole != isWhole(Place) && !ThroughPointer)
    return false;
  // Through a pointer, only these are known to change the container itself.
  if (!isWhole(Place) && Change.Kind != AccessKind::Insert &&
      Change.Kind != AccessKind::Erase)
    return false;
  QualType Container =
      isWhole(Place) ? typeOf(Place) : pointedContainer(Place, Unit);
  switch (Accesses.invalidation(Container, Change.Kind)) {
  case Invalidation::None:
    return false;
  case Invalidation::Iterators:
    return Act.IsIterator || Act.Loop;
  case Invalidation::All:
    return true;
  }
  llvm_unreachable("all extents are covered");
}

/// Whether the change makes the action wrong.
bool StaleStateAnalysis::matters(const StaleAct &Act, const AccessPath &Place,
                                 const StateChange &Change) {
  if (Act.What == StaleAct::Form::Kept)
    return invalidates(Act, Place, Change);
  if (Change.IsWhole != isWhole(Place))
    return false;
  switch (Act.Does) {
  case AccessKind::Use:
  case AccessKind::Erase:
    return Change.spoilsPresence();
  case AccessKind::Insert:
    return Change.Kind != AccessKind::Erase;
  case AccessKind::Write:
    // Two writes of the same constant do not conflict.
    if (std::optional<int64_t> Value = constant(Act.Value))
      return Change.Kind != AccessKind::Write || Change.Constant != Value;
    return true;
  case AccessKind::Change:
    // A counter may restart from zero.
    return !(Act.Adds && Change.Kind == AccessKind::Write &&
             Change.Constant == 0);
  default:
    return true;
  }
}

/// Whether the suspension of \p Act and \p Change, in \p Other, cannot
/// coincide: one of the functions waits until the work of the other is done.
bool StaleStateAnalysis::areSeparated(const FunctionDecl &Function,
                                      const StaleAct &Act,
                                      const FunctionDecl &Other,
                                      const Access &Change) {
  return Waits.waitedFor(Function, Act.Suspension->getBeginLoc(), Other) ||
         Waits.waitedFor(Other, Change.Where, Function);
}

/// Whether \p Other respects the coroutine's assumptions: it tests a flag that
/// the coroutine set, or sets one that the coroutine has tested since.
bool StaleStateAnalysis::honours(const FunctionDecl &Other, const StaleAct &Act,
                                 const AccessPath &Place) {
  for (const Access &Each : Accesses.summary(Other)) {
    auto Same = [&](const AccessPath &Path) {
      // A test of an element is not a test of its container.
      const bool IsPlace = Act.What == StaleAct::Form::Kept
                               ? Place.contains(Path)
                               : Path == Place;
      return Path.key() == Each.Path.key() && !IsPlace;
    };
    const bool Tests =
        Each.Kind == AccessKind::Read || Each.Kind == AccessKind::AtOnce;
    if (Tests && llvm::any_of(Act.Claimed, Same))
      return true;
    if (isChange(Each.Kind) && llvm::any_of(Act.CheckedSince, Same))
      return true;
  }
  return false;
}

/// Whether the coroutine relies on an object that was there.
static bool knowsPresence(const StaleAct &Act) {
  return Act.What == StaleAct::Form::Kept ||
         (Act.What == StaleAct::Form::Check &&
          (Act.Does == AccessKind::Use || Act.Does == AccessKind::Erase) &&
          !testsAbsence(Act.Condition, Act.Truth));
}

/// Whether \p Where is in a loop without a condition in the outermost block of
/// \p Function: the session of an object, which its owner starts once.
static bool isInSession(const FunctionDecl &Function, SourceLocation Where) {
  const FunctionDecl *Definition = Function.getDefinition();
  const auto *Block = dyn_cast_or_null<CompoundStmt>(
      Definition ? writtenBody(*Definition) : nullptr);
  if (!Block)
    return false;
  const ASTContext &Context = Function.getASTContext();
  return llvm::any_of(Block->body(), [&](const Stmt *S) {
    const auto *While = dyn_cast<WhileStmt>(S);
    const auto *For = dyn_cast<ForStmt>(S);
    if (!While && !For)
      return false;
    const Expr *Condition = While ? While->getCond() : For->getCond();
    bool Holds = true;
    if (Condition && (Condition->isValueDependent() ||
                      !Condition->EvaluateAsBooleanCondition(Holds, Context)))
      return false;
    const SourceManager &Sources = Context.getSourceManager();
    return Holds && Sources.isPointWithin(Sources.getFileLoc(Where),
                                          S->getBeginLoc(), S->getEndLoc());
  });
}

bool StaleStateAnalysis::isGetOrCreate(const StaleAct &Act) {
  if (Act.What != StaleAct::Form::Check ||
      !testsAbsence(Act.Condition, Act.Truth))
    return false;
  if (Act.Does == AccessKind::Insert)
    return true;
  return Act.Does == AccessKind::Write && constant(Act.Value) != 0;
}

/// Whether another call of the coroutine changes the state in a way that \p Act
/// does not expect.
bool StaleStateAnalysis::changesItself(const FunctionDecl &Function,
                                       const StaleAct &Act,
                                       const AccessPath &Place) {
  return llvm::any_of(Accesses.summary(Function), [&](const Access &Each) {
    const bool Covers =
        Each.Path.key() == Place.key() ||
        (Each.Kind == AccessKind::Write && Each.Path.contains(Place));
    return isChange(Each.Kind) && Covers &&
           (isGetOrCreate(Act) || matters(Act, Place, changeOf(Each, Unit)));
  });
}

/// Whether \p Change, in \p Other, happens under a lock that does not exclude
/// the coroutine, and nothing else does.
bool StaleStateAnalysis::takesOtherLock(const FunctionDecl &Function,
                                        const StaleAct &Act,
                                        const AccessPath &Changed,
                                        const FunctionDecl &Other,
                                        const Access &Change) {
  return !Act.Held.empty() && Others.takesOtherLock(Other, Act.Held) &&
         !areSeparated(Function, Act, Other, Change) &&
         !honours(Other, Act, Changed) &&
         !(knowsPresence(Act) && Others.isOnlyAssignment(Other, Change));
}

std::optional<StaleFinding>
StaleStateAnalysis::decide(const FunctionDecl &Function, const StaleAct &Act,
                           const AccessPath &Changed) {
  if (!isShareable(Changed, Function) ||
      Others.isExclusive(Changed, Function, Options.Exclusive))
    return std::nullopt;
  StaleFinding Result{&Function, Act, Changed, {}, {}, {}};
  if (Act.Guarded) {
    Result.By = Others.find(
        Function, Changed, [&](const FunctionDecl &Other, const Access &Each) {
          return matters(Act, Changed, changeOf(Each, Unit)) &&
                 ((Act.What == StaleAct::Form::Kept &&
                   Others.takesNoLock(Other)) ||
                  takesOtherLock(Function, Act, Changed, Other, Each));
        });
    return Result.By ? std::optional(Result) : std::nullopt;
  }
  if (std::optional<SourceLocation> Declared =
          Others.declaredShared(Changed, Function)) {
    Result.By = Interferer{Interferer::Kind::Declared, nullptr, *Declared};
    return Result;
  }
  Result.By = Others.find(
      Function, Changed, [&](const FunctionDecl &Other, const Access &Change) {
        if (areSeparated(Function, Act, Other, Change))
          return false;
        return matters(Act, Changed, changeOf(Change, Unit)) &&
               !honours(Other, Act, Changed) &&
               !(knowsPresence(Act) && Others.isOnlyAssignment(Other, Change));
      });
  if (Result.By)
    return Result;
  if (Act.Claimed.empty() && changesItself(Function, Act, Changed)) {
    Result.Again = Others.reentry(Function, Changed);
    if (Result.Again && Result.Again->Because == Reentry::Why::Open &&
        (!isGetOrCreate(Act) || isInSession(Function, Act.Act)))
      Result.Again.reset();
  }
  if (Result.Again) {
    Result.By =
        Interferer{Interferer::Kind::Again, &Function, Result.Again->Where};
    return Result;
  }
  if (Options.AnyInterferer)
    return Result;
  // Shareable state has a key.
  if (Options.KeepOpen && isNamedElsewhere(*Changed.key()) &&
      Act.Claimed.empty()) {
    Result.Open = openQuestion(Function, Act, Changed);
    return Result;
  }
  return std::nullopt;
}

OpenStaleness StaleStateAnalysis::openQuestion(const FunctionDecl &Function,
                                               const StaleAct &Act,
                                               const AccessPath &Changed) {
  OpenStaleness Result;
  if (Act.Does == AccessKind::Write && Act.What != StaleAct::Form::Kept)
    Result.Harmless = constant(Act.Value);
  for (unsigned I = 0; I != StateChange::NumClasses; ++I)
    if (matters(Act, Changed, StateChange::ofClass(I, Result.Harmless)))
      Result.Harmful |= 1u << I;
  const auto *Variable = dyn_cast_or_null<VarDecl>(Changed.Root);
  Result.Again =
      (!Changed.Root || (Variable && Variable->hasGlobalStorage())) &&
      changesItself(Function, Act, Changed);
  return Result;
}

/// A change of any object on the path may move or destroy the kept element.
std::optional<StaleFinding>
StaleStateAnalysis::decideKept(const FunctionDecl &Function,
                               const StaleAct &Act) {
  AccessPath Way;
  Way.Root = Act.Place.Root;
  const auto &Steps = Act.Place.Steps;
  std::optional<StaleFinding> Open;
  // Whether \p Found decides the question.
  auto Settles = [&](std::optional<StaleFinding> &Found) {
    if (!Found || !Found->Open)
      return Found.has_value();
    if (!Open)
      Open = std::move(Found);
    return false;
  };
  for (size_t I = 0; I <= Steps.size(); ++I) {
    const bool Enters = I < Steps.size() ? !Steps[I] : Act.Loop != nullptr;
    if (Enters && isContainer(typeOf(Way), Unit))
      if (auto Found = decide(Function, Act, Way); Settles(Found))
        return Found;
    if (I < Steps.size())
      Way.append(Steps[I]);
    // An iterator, or the loop, leads into the pointer's target.
    if (Enters && (Act.IsIterator || Act.Loop) &&
        !pointedContainer(Way, Unit).isNull())
      if (auto Found = decide(Function, Act, Way); Settles(Found))
        return Found;
  }
  return Open;
}

std::optional<StaleFinding>
StaleStateAnalysis::decide(const FunctionDecl &Function, const StaleAct &Act) {
  switch (Act.What) {
  case StaleAct::Form::Kept:
    return decideKept(Function, Act);
  case StaleAct::Form::Premise:
    return decidePremise(Function, Act);
  default:
    return decide(Function, Act, Act.Place);
  }
}

/// Whether \p Inner is a finding only because \p Outer is one: its state is
/// part of the other's, and the same change replaces both.
static bool isPartOf(const StaleFinding &Inner, const StaleFinding &Outer) {
  return Inner.Act.What == StaleAct::Form::Check &&
         Outer.Act.What == StaleAct::Form::Check && Inner.By && Outer.By &&
         Inner.By->Where == Outer.By->Where &&
         !(Inner.Act.Place == Outer.Act.Place) &&
         Outer.Act.Place.contains(Inner.Act.Place);
}

/// Keeps the first of the acts that depend on one check, and no open act if one
/// is certain.
static void mergeActs(std::vector<StaleFinding> &Found,
                      const SourceManager &Sources) {
  llvm::stable_sort(Found, [&](const StaleFinding &A, const StaleFinding &B) {
    return Sources.isBeforeInTranslationUnit(A.Act.Act, B.Act.Act);
  });
  std::set<std::tuple<SourceLocation, AccessPath>> Checks;
  for (const bool OfOpen : {false, true})
    std::erase_if(Found, [&](const StaleFinding &Each) {
      return Each.Act.What == StaleAct::Form::Check &&
             Each.Open.has_value() == OfOpen &&
             !Checks.emplace(Each.Act.Learned, Each.Act.Place).second;
    });
  const std::vector<StaleFinding> All = Found;
  std::erase_if(Found, [&](const StaleFinding &Inner) {
    return llvm::any_of(
        All, [&](const StaleFinding &Outer) { return isPartOf(Inner, Outer); });
  });
}

/// The calls in \p Walked, of a function that runs on a loop for \p Loop, that
/// let the loop continue before they return, themselves or through others.
YieldingCalls StaleStateAnalysis::yieldsIn(const Body &Walked,
                                           const ContextReason &Loop) {
  YieldingCalls Result;
  const FunctionDecl &Function = *Walked.Function;
  const EffectSet Wanted =
      Loop.AllowsSyncWaits ? EffectSet(Yields | SyncWaits) : EffectSet(Yields);
  Inference.explore(&Function);
  for (unsigned I = 0; I < Walked.Sites.size(); ++I) {
    const Site &S = Walked.Sites[I];
    if (S.What == Site::Kind::Call && S.Callee && S.Node &&
        (Inference.effectsAt(Function, I) & Wanted))
      Result.insert(S.Node);
  }
  return Result;
}

std::vector<StaleFinding>
StaleStateAnalysis::judgeBody(const FunctionDecl &Function,
                              const ContextReason &Loop,
                              const YieldingCalls &Yields) {
  std::vector<StaleFinding> Found;
  const Body &Walked = Unit.Bodies.of(Function);
  if (Function.isDependentContext())
    return Found;
  const bool Suspends =
      Walked.isAsynchronous() && llvm::any_of(Walked.Sites, [](const Site &S) {
        return S.What == Site::Kind::Suspend;
      });
  const bool Walks = Loop && llvm::any_of(Walked.Sites, [&](const Site &S) {
                       const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
                       return S.What == Site::Kind::Call && Call &&
                              mayWalk(*Call, Walked, Unit);
                     });
  if (!Suspends && Yields.empty() && !Walks)
    return Found;
  std::vector<PassedPosition> Positions;
  if (Suspends)
    Positions = passedPositions(Function, Others, Accesses);
  for (const StaleAct &Act :
       findStaleActs(Walked, Accesses, Guards, Yields, Positions)) {
    if (!isEnabled(Act.What) || isIsolated(Act, Function))
      continue;
    std::optional<StaleFinding> Finding = decide(Function, Act);
    // As a rule, functions that yield repeat the tests that they rely on, but
    // keep references too long.
    if (!Suspends && Finding &&
        (Act.What != StaleAct::Form::Kept || Finding->Open || Finding->Again ||
         !Finding->By))
      continue;
    if (Finding)
      Found.push_back(std::move(*Finding));
  }
  mergeActs(Found, Unit.Context.getSourceManager());
  return Found;
}

std::vector<StaleFinding>
StaleStateAnalysis::judge(const FunctionDecl &Function,
                          const ContextReason &Loop) {
  std::vector<StaleFinding> Found;
  // The functions through which it lets others run keep state, too.
  llvm::SmallSetVector<const FunctionDecl *, 8> Reached;
  Reached.insert(&Function);
  for (unsigned I = 0; I < Reached.size() && I < MaxHelpers; ++I) {
    const Body &Walked = Unit.Bodies.of(*Reached[I]);
    const YieldingCalls Yields =
        Loop && !Walked.IsCoroutine ? yieldsIn(Walked, Loop) : YieldingCalls();
    llvm::append_range(Found, judgeBody(*Reached[I], Loop, Yields));
    for (const Site &S : Walked.Sites) {
      const FunctionDecl *Body = S.Callee && Yields.contains(S.Node)
                                     ? Accesses.visible(*S.Callee)
                                     : nullptr;
      if (Body && !isInSystemHeader(*Body) &&
          !Unit.Bodies.of(*Body).IsCoroutine)
        Reached.insert(Body);
    }
  }
  return Found;
}

} // namespace corolint
