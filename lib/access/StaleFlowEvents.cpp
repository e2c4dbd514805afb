//===-- StaleFlowEvents.cpp - Applies statements to knowledge -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Callers.h"
#include "access/Containers.h"
#include "access/Interference.h"
#include "access/StaleFlowBuilder.h"
#include "code/Callables.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

const CoroutineSuspendExpr *suspensionIn(const Stmt &E) {
  const CoroutineSuspendExpr *Found = nullptr;
  forEachEvaluated(E, [&](const Stmt &S) {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S); Await && !Found)
      Found = Await;
    return !Found;
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// Suspension points
//===----------------------------------------------------------------------===//

/// The call whose result \p S awaits, or null for any other statement.
static const CallExpr *awaitedCall(const Stmt &S) {
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S);
  return Await ? dyn_cast_or_null<CallExpr>(innermostOf(Await->getOperand()))
               : nullptr;
}

namespace {

/// What a call does to a mutex that coroutines wait for.
struct AsyncMutexCall {
  const ValueDecl *Mutex = nullptr; ///< A variable or a data member, or null.
  GuardAction Action = GuardAction::Tests;

  static AsyncMutexCall of(const Stmt &S, Facts &Unit) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(&S);
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    const CXXRecordDecl *Class =
        Method ? classOf(Call->getObjectType()) : nullptr;
    const GuardModel *Model = Class ? Unit.Models.guard(*Class) : nullptr;
    if (!Model || Model->Role != GuardRole::AsyncMutex)
      return {};
    const std::string Name = Method->getDeclName().getAsString();
    const auto *Action = llvm::find_if(
        Model->Methods, [&](const auto &Each) { return Each.Method == Name; });
    if (Action == Model->Methods.end())
      return {};
    // `mutex.for_read().lock()` is a view of the same mutex.
    const Expr *Object = innermostOf(Call->getImplicitObjectArgument());
    while (const auto *View = dyn_cast_or_null<CXXMemberCallExpr>(Object)) {
      if (View->getNumArgs() != 0)
        return {};
      Object = innermostOf(View->getImplicitObjectArgument());
    }
    AsyncMutexCall Result;
    Result.Action = Action->Action;
    Result.Mutex = namedBy(Object);
    return Result;
  }
};

} // namespace

/// Whether the coroutine, or a lambda in it, unlocks \p Mutex by hand. Without
/// that, the coroutine rather waits for a signal.
bool StaleFlowBuilder::unlocks(const ValueDecl &Mutex) {
  bool Found = false;
  auto Visit = [&](const Stmt &S) {
    const AsyncMutexCall Call = AsyncMutexCall::of(S, Unit);
    Found |= Call.Mutex == &Mutex && Call.Action == GuardAction::Releases;
    return !Found;
  };
  forEachEvaluated(*writtenBody(*Walked.Function), Visit);
  for (const LambdaExpr *Lambda : Walked.Lambdas)
    forEachEvaluated(*Lambda->getBody(), Visit);
  return Found;
}

void StaleFlowBuilder::onSuspension(const Stmt &S, Knowledge &K) {
  const CallExpr *Awaited = awaitedCall(S);
  const AsyncMutexCall Lock =
      Awaited ? AsyncMutexCall::of(*Awaited, Unit) : AsyncMutexCall();
  if (canSuspend(S, Unit)) {
    K.suspend(S);
    onPredicateWait(S, K);
    if (Awaited) {
      onWalk(*Awaited, S, K);
      onLent(*Awaited, S, K);
    }
  }
  if (Lock.Mutex && Lock.Action == GuardAction::Acquires &&
      unlocks(*Lock.Mutex))
    K.Guards.emplace(Lock.Mutex, Lock.Mutex);
}

/// `co_await changed.wait([&] { return …; })`: the predicate was true some time
/// before the coroutine resumes.
void StaleFlowBuilder::onPredicateWait(const Stmt &S, Knowledge &K) {
  const CallExpr *Call = awaitedCall(S);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee)
    return;
  const CallOperands Operands = CallOperands::of(Call);
  const Expr *Predicate = predicateOf(*Callee, Operands, Unit);
  const FunctionDecl *Callable =
      Predicate ? callableOf(Predicate, Unit.Models) : nullptr;
  const FunctionDecl *Body = Callable ? Accesses.visible(*Callable) : nullptr;
  if (!Body)
    return;
  for (const Access &Each : Accesses.summary(*Body)) {
    if (Each.Kind != AccessKind::Read)
      continue;
    Check Learned;
    Learned.Condition = Predicate;
    Learned.Where = Predicate->getBeginLoc();
    Learned.Suspension = &S;
    Learned.Woken = true;
    K.Checks[Each.Path] = Learned;
  }
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

/// Whether the variable is only ever released.
bool StaleFlowBuilder::isOnlyReleased(const VarDecl &Variable) {
  const Stmt *Written = writtenBody(*Walked.Function);
  unsigned Uses = 0, Releases = 0;
  forEachEvaluated(*Written, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Uses += Ref->getDecl() == &Variable;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(&S))
      Releases += Call->getNumArgs() == 0 && Call->getType()->isVoidType() &&
                  variableOf(Call->getImplicitObjectArgument()) == &Variable;
    return true;
  });
  return Uses == Releases;
}

/// The class of the object in a library's owner of one object: the guard's, for
/// `std::optional<Guard>`. Null if it owns none.
static const CXXRecordDecl *heldIn(const CXXRecordDecl &Class, Facts &Unit) {
  const auto *Owner = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Owner || !isPointerLike(Class) || !Unit.Models.isLibrary(Class) ||
      Owner->getTemplateArgs().size() == 0 ||
      Owner->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return nullptr;
  const CXXRecordDecl *Held =
      Owner->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  return Held && Held->hasDefinition() ? Held : nullptr;
}

/// Whether the object isolates while it lives: a guard returned by an await, or
/// left by an attempt to get one, according to a model, an annotation or its
/// shape.
bool StaleFlowBuilder::isGuard(const VarDecl &Variable, const Expr &Init) {
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return false;
  auto Isolates = [&](const CXXRecordDecl &Of) {
    const GuardClass *Guard = Guards.of(Of);
    return Guard && (Guard->IsAsyncLock || Guard->IsLock || Guard->IsNoYield);
  };
  const CXXRecordDecl *Held = heldIn(*Class, Unit);
  if (Isolates(*Class) || (Held && Isolates(*Held)))
    return true;
  const Expr *Inner = innermostOf(&Init);
  while (const auto *Move = dyn_cast_or_null<CXXConstructExpr>(Inner))
    Inner = Move->getNumArgs() == 1 ? innermostOf(Move->getArg(0)) : nullptr;
  return isa_and_nonnull<CoroutineSuspendExpr>(Inner) &&
         !Class->hasTrivialDestructor() && !isPointerLike(*Class) &&
         isOnlyReleased(Variable);
}

void StaleFlowBuilder::onVariable(const VarDecl &Variable, const Expr &Init,
                                  Knowledge &K) {
  K.forget(Variable);
  QualType Type = Variable.getType();
  if (isGuard(Variable, Init)) {
    K.Guards.emplace(&Variable, mutexNamedIn(Init, Guards, Unit));
    return;
  }
  const bool IsView = isView(Type, Unit) || holdsView(Type, Unit);
  const bool Refers = Type->isReferenceType() ||
                      ((isIndirect(Type) || IsView) && !copiesPointer(Init));
  if (Refers) {
    const Expr *Source = &Init;
    if (IsView)
      if (const Expr *Viewed = viewedBy(Init))
        Source = Viewed;
    std::optional<AccessPath> Path = Accesses.pathOf(Source, Walked);
    if (!Path)
      return;
    Kept Taken;
    Taken.Path = *Path;
    if (IsView)
      Taken.Path.append(nullptr);
    Taken.Where = Variable.getLocation();
    Taken.IsIterator =
        !Type->isReferenceType() && !Type->isPointerType() && !IsView;
    Taken.Loop = Loops.lookup(&Variable);
    Taken.Key = keyOf(Init);
    K.Taken[&Variable] = Taken;
    return;
  }
  Copy Copied;
  Copied.Where = Variable.getLocation();
  forEachEvaluated(Init, [&](const Stmt &S) {
    if (isa<CoroutineSuspendExpr>(S))
      return false;
    AccessList Reads;
    Accesses.at(S, Walked, Reads);
    for (const Access &Each : Reads)
      if (Each.Kind == AccessKind::Read)
        Copied.Of.push_back(Each.Path);
    return true;
  });
  if (!Copied.Of.empty())
    K.Copies[&Variable] = Copied;
}

void StaleFlowBuilder::onEnd(const VarDecl *Variable, Knowledge &K) {
  if (Variable)
    K.forget(*Variable);
}

//===----------------------------------------------------------------------===//
// Accesses
//===----------------------------------------------------------------------===//

/// Whether a copy of an owning pointer keeps the object at \p Path alive.
bool StaleFlowBuilder::hasOwner(const AccessPath &Path,
                                const Knowledge &K) const {
  for (const auto &[Owner, Copied] : K.Copies)
    if (const CXXRecordDecl *Class = classOf(Owner->getType());
        Class && isPointerLike(*Class))
      for (const AccessPath &Of : Copied.Of)
        if (Of.contains(Path))
          return true;
  return false;
}

void StaleFlowBuilder::useKept(const ValueDecl *Value, SourceLocation Where,
                               Knowledge &K) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Value);
  if (const auto *Binding = dyn_cast_or_null<BindingDecl>(Value))
    Variable = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
  auto It = Variable ? K.Taken.find(Variable) : K.Taken.end();
  if (It == K.Taken.end() || !It->second.Suspension)
    return;
  if (hasOwner(It->second.Path, K))
    return;
  StaleAct Act;
  Act.What = StaleAct::Form::Kept;
  Act.Place = It->second.Path;
  Act.Variable = Variable;
  Act.IsIterator = It->second.IsIterator;
  Act.Loop = It->second.Loop;
  Act.Guarded = It->second.Guarded;
  Act.Held = It->second.Held;
  Act.Learned = It->second.Where;
  Act.Suspension = It->second.Suspension;
  Act.Act = Act.Loop ? Act.Loop->getForLoc() : Where;
  report(std::move(Act), K);
  K.Taken.erase(It);
}

/// Finds uses of the target of a reference, pointer or iterator. A comparison
/// does not count.
void StaleFlowBuilder::onKeptUse(const Stmt &S, Knowledge &K) {
  if (K.Taken.empty())
    return;
  auto Use = [&](const Expr *E) {
    E = innermostOf(E);
    // A pointer, iterator or view that is passed on by value.
    if (const auto *Copied = dyn_cast_or_null<CXXConstructExpr>(E);
        Copied && Copied->getNumArgs() == 1)
      E = Copied->getArg(0);
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(innermostOf(E)))
      useKept(Ref->getDecl(), Ref->getLocation(), K);
  };
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
    if (Ref->getDecl()->getType()->isReferenceType() ||
        isa<BindingDecl>(Ref->getDecl()))
      useKept(Ref->getDecl(), Ref->getLocation(), K);
  } else if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
    if (Member->isArrow() || isView(Member->getBase()->getType(), Unit))
      Use(Member->getBase());
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->getOpcode() == UO_Deref || Unary->isIncrementDecrementOp())
      Use(Unary->getSubExpr());
  } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(&S)) {
    Use(Subscript->getBase());
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S)) {
    switch (Operator->getOperator()) {
    case OO_Star:
    case OO_Arrow:
    case OO_Subscript:
    case OO_PlusPlus:
    case OO_MinusMinus:
      Use(Operator->getArg(0));
      break;
    default:
      break;
    }
  } else if (const auto *Call = dyn_cast<CallExpr>(&S)) {
    for (const Expr *Argument : Call->arguments())
      Use(Argument);
  }
}

/// The write \p Each to state that \p Learned read before \p Suspension.
static StaleAct tornWrite(const Access &Each, SourceLocation Learned,
                          const Stmt *Suspension) {
  StaleAct Act;
  Act.What = StaleAct::Form::Torn;
  Act.Place = Each.Path;
  Act.Does = AccessKind::Write;
  Act.Value = Each.Value;
  Act.Act = Each.Where;
  Act.Learned = Learned;
  Act.Suspension = Suspension;
  return Act;
}

/// The act of \p Each, an access of \p S, on \p Path, which \p Known checked.
static StaleAct actOnCheck(const Access &Each, const Stmt &S,
                           const AccessPath &Path, const Check &Known) {
  StaleAct Act;
  Act.What = Known.Woken ? StaleAct::Form::Woken : StaleAct::Form::Check;
  Act.Place = Path;
  Act.Does = Each.Kind;
  const auto *Call = dyn_cast<CallExpr>(&S);
  Act.Act = Each.Through && Call ? locationOf(*Call) : Each.Where;
  Act.Learned = Known.Where;
  Act.Suspension = Known.Suspension ? Known.Suspension : Known.Guarded;
  Act.Guarded = !Known.Suspension;
  if (Act.Guarded)
    Act.Held = Known.Held;
  Act.Condition = Known.Condition;
  Act.Truth = Known.Truth;
  return Act;
}

/// `n = n + co_await f()`: the value is from before the suspension.
void StaleFlowBuilder::checkTorn(const Access &Each, const Stmt &S,
                                 const Knowledge &K) {
  const CoroutineSuspendExpr *Await =
      Each.Value ? suspensionIn(*Each.Value) : nullptr;
  if (!Await || K.isIsolated() || !canSuspend(*Await, Unit))
    return;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  SourceLocation Read;
  forEachEvaluated(*Each.Value, [&](const Stmt &Node) {
    // Only one of the two is evaluated.
    if (isa<AbstractConditionalOperator>(Node) ||
        (isa<BinaryOperator>(Node) && cast<BinaryOperator>(Node).isLogicalOp()))
      return false;
    AccessList Here;
    Accesses.at(Node, Walked, Here);
    for (const Access &Other : Here)
      if ((Other.Kind == AccessKind::Read ||
           Other.Kind == AccessKind::Replace) &&
          Other.Path == Each.Path && !Other.Through &&
          (Sources.isBeforeInTranslationUnit(Other.Where, keywordOf(*Await)) ||
           Await->getSourceRange().fullyContains(Node.getSourceRange())))
        Read = Other.Where;
    return true;
  });
  if (Read.isInvalid())
    return;
  StaleAct Act = tornWrite(Each, Read, Await);
  Act.Assignment = dyn_cast<BinaryOperator>(&S);
  report(std::move(Act), K);
}

/// `auto old = n; co_await f(); n = old + 1;`
void StaleFlowBuilder::checkLostUpdate(const Access &Each, const Knowledge &K) {
  if (!Each.Value || variableOf(Each.Value))
    return;
  for (const auto &[Variable, Copied] : K.Copies) {
    if (!Copied.Suspension || !llvm::is_contained(Copied.Of, Each.Path) ||
        !mentions(*Each.Value, *Variable))
      continue;
    report(tornWrite(Each, Copied.Where, Copied.Suspension), K);
    return;
  }
}

/// Whether \p Each is harmless if its element has been erased: `erase(key)`. If
/// the key is an iterator, the iterator itself is reported.
static bool checksItself(const Access &Each) {
  return Each.Kind == AccessKind::Erase && Each.Key;
}

void StaleFlowBuilder::onChange(const Access &Each, const Stmt &S,
                                Knowledge &K) {
  if (Each.Kind == AccessKind::Write && !Each.Through) {
    checkTorn(Each, S, K);
    checkLostUpdate(Each, K);
  }
  for (const AccessPath &Path : K.Asserted)
    if (Each.Path.contains(Path))
      K.Claimed.try_emplace(Path, false);
  for (auto It = K.Checks.begin(); It != K.Checks.end();) {
    const auto &[Path, Known] = *It;
    if (!Each.Path.contains(Path) || !sameKey(Known.Key, Each.Key)) {
      ++It;
      continue;
    }
    // A repeated test after a wait without result: the wait isolates.
    if ((Known.Suspension || Known.Guarded) && !Known.Doubled &&
        !checksItself(Each)) {
      StaleAct Act = actOnCheck(Each, S, Path, Known);
      Act.Value = Each.Value;
      Act.Adds = Each.Adds;
      report(std::move(Act), K);
    }
    if (Path == Each.Path)
      onCreation(Each, Known, K);
    if (!Known.Suspension) {
      K.Claimed.try_emplace(Path, false);
    }
    It = K.Checks.erase(It);
  }
  K.changed(Each.Path,
            Each.Kind == AccessKind::Write || Each.Kind == AccessKind::Replace);
}

void StaleFlowBuilder::onAccess(const Access &Each, const Stmt &S,
                                Knowledge &K) {
  onPosition(Each, K);
  switch (Each.Kind) {
  case AccessKind::Read:
    return;
  case AccessKind::Use: {
    auto It = K.Checks.find(Each.Path);
    if (It == K.Checks.end() ||
        !(It->second.Suspension || It->second.Guarded) ||
        !sameKey(It->second.Key, Each.Key))
      return;
    report(actOnCheck(Each, S, Each.Path, It->second), K);
    // Only code with another lock invalidates a check under a guard.
    if (It->second.Suspension)
      K.Checks.erase(It);
    return;
  }
  case AccessKind::AtOnce:
  case AccessKind::Touch:
    K.touched(Each.Path);
    for (auto It = K.Checks.begin(); It != K.Checks.end();) {
      if (!Each.Path.contains(It->first)) {
        ++It;
        continue;
      }
      if (!It->second.Suspension)
        K.Claimed.try_emplace(It->first, false);
      It = K.Checks.erase(It);
    }
    return;
  default:
    if (const auto *Variable = dyn_cast_or_null<VarDecl>(Each.Path.Root);
        Variable && Each.Path.Steps.empty() && Variable->hasLocalStorage() &&
        // Through a reference, another object gets the value.
        !Variable->getType()->isReferenceType() &&
        Each.Kind == AccessKind::Write && !Each.Through && Each.Value)
      onVariable(*Variable, *Each.Value, K);
    onChange(Each, S, K);
  }
}

void StaleFlowBuilder::onStatement(const Stmt &S, Knowledge &K) {
  if (isa<CoroutineSuspendExpr>(S)) {
    onSuspension(S, K);
    return;
  }
  // Its operands were evaluated before.
  if (Yields.contains(&S))
    K.suspend(S);
  if (const auto *Call = dyn_cast<CallExpr>(&S);
      Call && mayWalk(*Call, Walked, Unit))
    onWalk(*Call, S, K);
  onKeptUse(S, K);
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D);
          Variable && Variable->getInit())
        onVariable(*Variable, *Variable->getInit(), K);
    return;
  }
  if (const AsyncMutexCall Unlock = AsyncMutexCall::of(S, Unit);
      Unlock.Action == GuardAction::Releases)
    K.Guards.erase(Unlock.Mutex);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(&S))
    if (const VarDecl *Variable = variableOf(Call->getImplicitObjectArgument());
        Variable && Call->getNumArgs() == 0 && Call->getType()->isVoidType())
      K.Guards.erase(Variable);
  AccessList Here;
  Accesses.at(S, Walked, Here);
  for (const Access &Each : Here) {
    // A function that reads the state that it changes tests it again itself.
    bool LooksAgain = Each.Through && isChange(Each.Kind) &&
                      llvm::any_of(Here, [&](const Access &Other) {
                        return Other.Through &&
                               Other.Kind == AccessKind::Read &&
                               Each.Path.contains(Other.Path);
                      });
    if (Each.Through && Each.Kind == AccessKind::Use)
      LooksAgain = testsState(*Each.Through, *Each.Path.key());
    if (LooksAgain)
      std::erase_if(K.Checks, [&](const auto &Entry) {
        return Entry.second.Suspension && Each.Path.contains(Entry.first);
      });
    onAccess(Each, S, K);
  }
  onRequirement(S, Here, K);
}

} // namespace corolint
