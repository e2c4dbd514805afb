//===-- LifetimeLambdas.cpp - Captures that end before their task ---------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Containers.h"
#include "access/Lifetimes.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

const FunctionDecl *coroutineOf(const LambdaExpr &Lambda, Facts &Unit) {
  const FunctionDecl *Operator = Lambda.getCallOperator();
  if (const FunctionTemplateDecl *Generic = Lambda.getDependentCallOperator()) {
    Operator = nullptr;
    for (const FunctionDecl *Instance : Generic->specializations())
      if (visibleBody(*Instance)) {
        Operator = Instance;
        break;
      }
  }
  Operator = Operator ? visibleBody(*Operator) : nullptr;
  return Operator && Unit.Bodies.of(*Operator).isAsynchronous() ? Operator
                                                                : nullptr;
}

void Lifetimes::reportCapture(const FunctionDecl &Operator, TaskNote Why) {
  const std::optional<BorrowUse> &Late =
      Borrows.of(Operator, {Borrowed::Kind::Captures, 0});
  if (!Late)
    return;
  TaskFinding Finding{TaskFinding::Kind::Capture, Late->Where};
  if (!Late->Variable)
    Finding.What = TaskFinding::Kind::CapturedThis;
  else
    Finding.Name = Late->Variable->getNameAsString();
  Finding.Notes.push_back(std::move(Why));
  if (Late->Suspension)
    Finding.Notes.push_back(
        {TaskNote::Kind::Suspends, keywordOf(*Late->Suspension)});
  report(std::move(Finding));
}

void Lifetimes::judgeInvokedLambda(const LambdaExpr &Lambda,
                                   const FunctionDecl &Operator,
                                   const CallExpr &Call) {
  TaskUse Use = Uses.of(Call, *Tree);
  if (!outlives(Use, Operator))
    return;
  const size_t Before = Found.size();
  reportCapture(Operator, {TaskNote::Kind::ClosureEnds, Lambda.getBeginLoc()});
  if (Found.size() > Before)
    Found.back().Fixes = passCaptures(Lambda, Call, Unit);
}

void Lifetimes::judgeStoredLambda(const VarDecl &Variable,
                                  const FunctionDecl &Operator) {
  for (const DeclRefExpr *Ref : Tree->references(Variable)) {
    const Stmt *S = Tree->parent(Ref);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(S))
      S = Tree->parent(S);
    const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(S);
    if (!Call || Call->getOperator() != OO_Call ||
        innermostOf(Call->getArg(0)) != Ref)
      continue;
    TaskUse Use = Uses.of(*Call, *Tree);
    if (!outlives(Use, Operator) ||
        !endsBefore({Referent::Kind::Local, nullptr, &Variable}, Use))
      continue;
    reportCapture(Operator,
                  {TaskNote::Kind::ClosureLocal, Variable.getLocation(),
                   Variable.getNameAsString()});
  }
}

void Lifetimes::judgePassedLambda(const LambdaExpr &Lambda,
                                  const FunctionDecl &Operator,
                                  const CallExpr &Call, unsigned Index) {
  const FunctionDecl *Callee = calleeOf(Call);
  CallableUse Kept;
  if (Callee)
    Kept = Callables.of(Call, *Callee, Index);
  const TaskClass *Task = Classes.returnedBy(Operator);
  const bool IsEager = Task && Task->isEager();
  switch (Kept.Lives) {
  case CallableUse::Life::Kept:
    return;
  case CallableUse::Life::Invoked:
  case CallableUse::Life::Owned:
    // Its task is unfinished when the callable is destroyed.
    if (Kept.DropsResult ? IsEager : true)
      reportCapture(Operator,
                    {TaskNote::Kind::ClosureEndsWith, Lambda.getBeginLoc(),
                     Callee->getNameAsString()});
    return;
  case CallableUse::Life::Borrowed: {
    TaskUse Use = Uses.of(Call, *Tree);
    const bool Outlives = Kept.ReturnsResult ? outlives(Use, Operator)
                                             : Kept.DropsResult && IsEager;
    if (Outlives)
      reportCapture(Operator,
                    {TaskNote::Kind::ClosureEnds, Lambda.getBeginLoc()});
    return;
  }
  case CallableUse::Life::Unknown:
  case CallableUse::Life::Unused:
    break;
  }
  // The owner of the lambda cannot know when its coroutine is finished.
  if (IsEager && !Task->IsAwaitable)
    reportCapture(Operator,
                  {TaskNote::Kind::ClosureUnknown, Lambda.getBeginLoc()});
}

//===----------------------------------------------------------------------===//
// Lambdas that run later
//===----------------------------------------------------------------------===//

/// Whether something may wait for the objects passed to \p Call before
/// \p Variable is destroyed: a call, a local object that ends earlier, or the
/// executor, if it is a local object itself.
bool Lifetimes::mayBeWaitedFor(const VarDecl &Variable, const CallExpr &Call) {
  if (!followedByNothing(Variable, &Call))
    return true;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  auto MayWait = [&](const VarDecl &Local) {
    const CXXRecordDecl *Class = Local.getType()->getAsCXXRecordDecl();
    return Local.hasLocalStorage() && Class && !Class->isLambda() &&
           Class->hasDefinition() && !Class->hasTrivialDestructor() &&
           !isContainer(Local.getType(), Unit);
  };
  auto IsComplete = [&](const VarDecl &Local) {
    return Unit.Models.isListed(*Local.getType()->getAsCXXRecordDecl(),
                                NameList::CompleteClasses);
  };
  for (const Stmt *S : Tree->all()) {
    if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declared->decls())
        if (const auto *Local = dyn_cast<VarDecl>(D);
            Local && MayWait(*Local) && !IsComplete(*Local) &&
            Sources.isBeforeInTranslationUnit(Variable.getLocation(),
                                              Local->getLocation()))
          return true;
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *Local = dyn_cast<VarDecl>(Ref->getDecl());
      if (Local && Local != &Variable && MayWait(*Local) &&
          Tree->isWithin(Ref, &Call) &&
          !isa_and_nonnull<LambdaExpr>(Tree->parent(Ref)))
        return true;
    }
  }
  return false;
}

/// Whether an argument of the reference parameter \p Param may well be a
/// temporary: the parameter binds to implicitly created objects or to rvalues.
static bool mayBindTemporary(const ParmVarDecl &Param) {
  const QualType Type = Param.getType();
  if (!Type->isReferenceType())
    return false;
  const CXXRecordDecl *Class = Type->getPointeeType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return false;
  if (Type->isRValueReferenceType())
    return true;
  auto Converts = [](const CXXConstructorDecl &Constructor) {
    return Constructor.isConvertingConstructor(false) &&
           !Constructor.isCopyOrMoveConstructor() &&
           Constructor.getNumParams() != 0;
  };
  return Type->getPointeeType().isConstQualified() &&
         llvm::any_of(Class->decls(), [&](const Decl *D) {
           if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
             D = Template->getTemplatedDecl();
           const auto *Constructor = dyn_cast<CXXConstructorDecl>(D);
           return Constructor && Converts(*Constructor);
         });
}

/// Whether \p Captured, or the object to which it refers, ends before a
/// callable passed to \p Call may run. \p Use is that of the task that \p Call
/// returns, or null.
bool Lifetimes::endsBeforeCall(const VarDecl &Captured, const CallExpr &Call,
                               const TaskUse *Use) {
  const auto *Param = dyn_cast<ParmVarDecl>(&Captured);
  if (!Captured.hasLocalStorage() ||
      !Captured.getDeclContext()->Equals(&Tree->function()))
    return false;
  if (Captured.getType()->isReferenceType())
    // A coroutine that awaits the task may own the object to which it refers.
    return !Use && Param && mayBindTemporary(*Param) &&
           followedByNothing(Captured, &Call);
  return Use ? endsBefore({Referent::Kind::Local, nullptr, &Captured}, *Use)
             : !mayBeWaitedFor(Captured, Call);
}

/// Whether the result of \p Call is unused.
static bool isDiscarded(const CallExpr &Call, const StatementTree &Tree) {
  const Stmt *S = Tree.parent(&Call);
  while (isa_and_nonnull<FullExpr, CXXBindTemporaryExpr, ParenExpr>(S))
    S = Tree.parent(S);
  const auto *Outer = dyn_cast_or_null<Expr>(S);
  if (!Outer)
    return !isa_and_nonnull<DeclStmt, ReturnStmt>(S);
  return Call.getType()->isVoidType() ||
         (isa<CastExpr>(Outer) && Outer->getType()->isVoidType());
}

/// Handles `return f().then([&local] { … });` and `post(loop, [&local] { …
/// });`, where code that runs later refers to an object that ends now. \p Use
/// is null if the call makes no task. Then it is judged only if the callable is
/// known to be kept, and nothing waits for what the call returns.
void Lifetimes::judgeLaterCallables(const CallExpr &Call,
                                    const FunctionDecl &Callee,
                                    const TaskUse *Use) {
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(Callee, Operands);
  bool Returned = false;
  if (!Use && !isDiscarded(Call, *Tree) &&
      !Kept.livesAfter(Call, *Tree, Returned))
    return;
  for (const auto &[Index, Argument] : llvm::enumerate(Operands.Arguments)) {
    const Expr *Closure = Use ? Argument : closureOf(Argument);
    const auto References = capturedByReference(Closure);
    if (References.empty() ||
        (Use && Entry ? !runsLater(*Entry, Operands, *Argument)
                      : !Kept.outlivesCall(Call, Callee, Index)))
      continue;
    for (const VarDecl *Captured : References) {
      // The caller that receives the result may own the object of a reference,
      // and wait.
      if ((Returned && Captured->getType()->isReferenceType()) ||
          !endsBeforeCall(*Captured, Call, Use))
        continue;
      TaskFinding Finding{Captured->getType()->isReferenceType()
                              ? TaskFinding::Kind::LaterReference
                              : TaskFinding::Kind::LaterCallable,
                          Closure->getBeginLoc(), Captured->getNameAsString()};
      if (Use)
        Finding.Notes.push_back(describeUse(*Use));
      report(std::move(Finding));
      break;
    }
  }
}

/// `dialog->on_change = [&local] { … };`: an object that outlives the
/// function keeps a reference to something that ends with it.
void Lifetimes::judgeStoredCallable(const LambdaExpr &Lambda) {
  const auto References = capturedByReference(&Lambda);
  const CallExpr *Call =
      References.empty() ? nullptr : Kept.storing(Lambda, *Tree);
  if (!Call)
    return;
  for (const VarDecl *Captured : References) {
    if (Captured->getType()->isReferenceType() ||
        !endsBeforeCall(*Captured, *Call, nullptr))
      continue;
    return report({TaskFinding::Kind::LaterCallable, Lambda.getBeginLoc(),
                   Captured->getNameAsString()});
  }
}

/// Handles `schedule(name())`, where `schedule` passes a view of its argument
/// to a callable that is kept.
void Lifetimes::judgeLending(const CallExpr &Call, const FunctionDecl &Callee) {
  TaskUse Handed;
  Handed.What = TaskUse::Kind::Started;
  Handed.At = &Call;
  for (const BorrowedArgument &Passed : borrowedArguments(Call, Callee, Unit)) {
    if (!Passed.Parameter || mayBindTemporary(*Passed.Parameter))
      continue; // Reported at the callable.
    Referent Object = referentOf(Passed.Argument, Unit, &Tree->function());
    if (!endsBefore(Object, Handed) || hasOtherOwners(Object))
      continue;
    const std::optional<BorrowUse> &Late = Borrows.of(Callee, Passed.As);
    if (!Late)
      continue;
    TaskFinding Finding{TaskFinding::Kind::LentToCallable,
                        Passed.Argument->getBeginLoc(),
                        Passed.Parameter->getNameAsString()};
    Finding.Notes.push_back(describeLate(*Late, nullptr));
    report(std::move(Finding));
  }
}

void Lifetimes::judgeLambda(const LambdaExpr &Lambda) {
  const FunctionDecl *Operator = coroutineOf(Lambda, Unit);
  if (!Operator || Lambda.capture_size() == 0)
    return;
  const auto *Method = cast<CXXMethodDecl>(Operator);
  // `[x](this auto self)` keeps a copy of itself in the frame.
  if (!Method->isImplicitObjectMemberFunction() &&
      !Method->getParamDecl(0)->getType()->isReferenceType())
    return;
  const Stmt *Child = &Lambda;
  for (const Stmt *S = Tree->parent(Child); S; Child = S, S = Tree->parent(S)) {
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const auto *Invoked = dyn_cast<CXXOperatorCallExpr>(Call);
      if (Invoked && Invoked->getOperator() == OO_Call &&
          Child == Invoked->getArg(0))
        return judgeInvokedLambda(Lambda, *Operator, *Call);
      CallOperands Operands = CallOperands::of(Call);
      const auto *At = llvm::find(Operands.Arguments, Child);
      if (At != Operands.Arguments.end())
        judgePassedLambda(Lambda, *Operator, *Call,
                          At - Operands.Arguments.begin());
      return;
    }
    if (isa<DeclStmt>(S)) {
      const VarDecl *Variable = Tree->initialised(Child);
      if (Variable && Variable->hasLocalStorage() &&
          Variable->getType().getNonReferenceType()->getAsCXXRecordDecl() ==
              Lambda.getLambdaClass())
        judgeStoredLambda(*Variable, *Operator);
      return;
    }
    const auto *E = dyn_cast<Expr>(S);
    const auto *Construct = dyn_cast<CXXConstructExpr>(S);
    if (!E || (!innerOf(*E) && !Construct))
      return;
    // A wrapper that only refers to the closure, or is kept with it.
    if (Construct && Construct->getNumArgs() != 0 &&
        Child == Construct->getArg(0) &&
        Callables.keepsAlive(*Construct, *Construct->getConstructor(), 0))
      return;
  }
}

} // namespace corolint
