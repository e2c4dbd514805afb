//===-- TaskDrops.cpp - Finds tasks that are dropped ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskDrops.h"
#include "access/LifetimeBorrows.h"
#include "access/Lifetimes.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "code/Members.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// Whether \p Function only makes and returns an object.
bool onlyMakesObject(const FunctionDecl &Function, Facts &Unit) {
  const FunctionDecl *Definition = visibleBody(Function);
  if (!Definition)
    return false;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(writtenBody(*Definition));
  if (!Block || Block->size() != 1 || !isa<ReturnStmt>(*Block->body_begin()))
    return false;
  for (const Site &S : Unit.Bodies.of(*Definition).Sites) {
    if (S.What == Site::Kind::Call) {
      const auto *Entry = S.Callee ? Unit.Models.find(*S.Callee) : nullptr;
      if (!Entry || !Entry->PassThrough)
        return false;
    } else if (S.What == Site::Kind::Construct && S.Callee &&
               !S.Callee->isTrivial()) {
      const FunctionDecl *Constructor = visibleBody(*S.Callee);
      if (!Constructor || !isa<CompoundStmt>(Constructor->getBody()) ||
          !cast<CompoundStmt>(Constructor->getBody())->body_empty())
        return false;
    }
  }
  return true;
}

/// Whether an object of type \p Type holds a callable that returns nothing:
/// `std::function<void(int)>` and similar classes.
bool isVoidCallable(QualType Type) {
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Class || Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const auto *Signature =
      Class->getTemplateArgs()[0].getAsType()->getAs<FunctionProtoType>();
  return Signature && Signature->getReturnType()->isVoidType();
}

} // namespace

/// Whether a model declares that awaiting an object of \p Class is a hop, or
/// lets other coroutines run.
static bool isHop(const CXXRecordDecl &Class, Facts &Unit) {
  return Unit.Models.resume(Class) ||
         Unit.Models.isListed(Class, NameList::Reschedules);
}

/// Whether dropping the result of \p Callee leaves its work undone.
bool TaskDrops::doesNothing(const TaskClass &Task, const FunctionDecl &Callee) {
  const auto *Entry = Unit.Models.find(Callee);
  if (Entry && Entry->Task &&
      (Entry->Task->Action == TaskAction::Starts ||
       Entry->Task->Action == TaskAction::Detaches))
    return false;
  if (Task.IsTask) {
    if (!Task.Model && !Task.IsAwaitable)
      return false; // It may be started without an await.
    return Task.losesWork();
  }
  // A newly made awaiter has not begun.
  if (!Task.IsAwaitable)
    return false;
  if (Task.IsNoDiscard || Callee.hasAttr<WarnUnusedResultAttr>())
    return true;
  if ((Entry && (!Entry->Resumes.empty() || Entry->Reschedules)) ||
      isHop(*Task.Class, Unit) ||
      Unit.Annotations.of(Callee).has(Annotation::ResumesAllowBlocking) ||
      Unit.Annotations.of(Callee).has(Annotation::ResumesOnLoop))
    return true;
  return onlyMakesObject(Callee, Unit);
}

/// Whether awaiting \p Task returns a guard. A dropped task releases it at
/// once.
bool TaskDrops::givesGuard(const TaskClass &Task) {
  const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Task.Class);
  const CXXRecordDecl *Result = nullptr;
  for (const NamedDecl *Member : membersNamed(*Task.Class, "await_resume"))
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member))
      Result = Method->getReturnType()->getAsCXXRecordDecl();
  if (!Result && Task.IsTask && Class && Class->getTemplateArgs().size() != 0 &&
      Class->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    Result = Class->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
  const GuardModel *Guard = Result ? Unit.Models.guard(*Result) : nullptr;
  return Guard && (Guard->Role == GuardRole::Lock ||
                   Guard->Role == GuardRole::AsyncLock ||
                   Guard->Role == GuardRole::Hold);
}

/// Whether ignoring the result of \p Coroutine matters.
bool TaskDrops::losesResult(const FunctionDecl &Coroutine) {
  const TaskClass *Task = Classes.returnedBy(Coroutine);
  return Task && Task->IsTask && (Task->IsAwaitable || Task->Model) &&
         (Task->losesWork() || (Task->IsNoDiscard && Task->IsAwaitable));
}

/// Whether \p Statement is expected to throw: it is the operand of a macro that
/// catches by type, or the end of a lambda whose caller does. This occurs in
/// tests.
bool TaskDrops::isProbe(const Stmt &Statement, const StatementTree &Tree) {
  const SourceManager &Sources = Unit.Context.getSourceManager();
  if (const CXXTryStmt *Try = catcherOf(Statement, Tree);
      Try && Sources.isMacroArgExpansion(Statement.getBeginLoc()) &&
      Sources.isMacroBodyExpansion(Try->getBeginLoc()))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Tree.function());
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Tree.parent(&Statement));
  if (!Method || !Method->getParent()->isLambda() || !Block ||
      Block->body_back() != &Statement || Block != Tree.function().getBody())
    return false;
  if (!Probes) {
    Probes.emplace();
    for (const FunctionDecl *Function : Contexts.functions()) {
      if (!visibleBody(*Function) || Unit.Bodies.of(*Function).Lambdas.empty())
        continue;
      for (const Site &S : Unit.Bodies.of(*Function).Sites) {
        const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
        if (S.What != Site::Kind::Call || !S.Callee || !Call)
          continue;
        const CallOperands Operands = CallOperands::of(Call);
        for (unsigned I = 0; I < Operands.Arguments.size(); ++I)
          if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(
                  innermostOf(Operands.Arguments[I]));
              Lambda && Callables.of(*Call, *S.Callee, I).Catches)
            Probes->insert(Lambda->getLambdaClass());
      }
    }
  }
  return Probes->contains(Method->getParent());
}

/// Whether \p Caller replaces \p Callee, a method of the same name of a base:
/// it calls it for its effect and returns an awaiter of its own.
static bool replacesBase(const FunctionDecl &Caller,
                         const FunctionDecl &Callee) {
  const auto *Own = dyn_cast<CXXMethodDecl>(&Caller);
  const auto *Base = dyn_cast<CXXMethodDecl>(&Callee);
  return Own && Base && Own->getDeclName() == Base->getDeclName() &&
         Own->getParent()->isDerivedFrom(Base->getParent());
}

void TaskDrops::report(TaskFinding Finding) {
  if (Finding.Where.isValid() && Reported.insert(Finding.Where).second)
    Found.push_back(std::move(Finding));
}

/// Whether the task of \p Call is part of an expression that is reported for
/// itself, or was for another part of it.
bool TaskDrops::isPartOfDropped(const CallExpr &Call, const TaskUse &Use) {
  const Expr *Whole = innermostOf(Use.Outermost);
  if (!Whole || Whole == &Call)
    return false;
  const auto *Outer = dyn_cast<CallExpr>(Whole);
  const FunctionDecl *Callee = Outer ? calleeOf(*Outer) : nullptr;
  const TaskClass *Task = Callee ? Classes.of(Outer->getType()) : nullptr;
  return (Task && Outer->isPRValue() && doesNothing(*Task, *Callee)) ||
         !Wholes.insert(Whole).second;
}

void TaskDrops::judgeCall(const Site &S, const StatementTree &Tree) {
  const auto &Call = *cast<CallExpr>(S.Node);
  const TaskClass *Task = Classes.of(Call.getType());
  if (!Task)
    return;
  if (!Task->IsTask && replacesBase(Tree.function(), *S.Callee))
    return;
  const bool Guards = givesGuard(*Task);
  if (!Guards && !doesNothing(*Task, *S.Callee))
    return judgeForgotten(Call, *Task, Tree);
  // A call through a template's parameter is judged where the argument is
  // passed.
  if (S.Variable && isa<ParmVarDecl>(S.Variable) &&
      Tree.function().isTemplateInstantiation())
    return;
  TaskUse Use = Uses.of(Call, Tree);
  TaskFinding Finding{Task->IsTask ? TaskFinding::Kind::DroppedTask
                                   : TaskFinding::Kind::DroppedAwaiter,
                      S.Where};
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  Finding.Name = Method && Method->getParent()->isLambda()
                     ? std::string()
                     : S.Callee->getNameAsString();
  if (!Finding.Name.empty())
    Finding.Notes.push_back(
        {TaskNote::Kind::Declared, S.Callee->getLocation(), Finding.Name});
  Finding.Cancels = !Task->isLazy() && Task->Dropped == TaskDropped::Cancels;
  if (Guards && !Finding.Name.empty())
    Finding.What = TaskFinding::Kind::UnheldGuard;
  switch (Use.What) {
  case TaskUse::Kind::Tested:
    Finding.What = TaskFinding::Kind::TestedTask;
    break;
  case TaskUse::Kind::Discarded:
    if (isProbe(*Use.Outermost, Tree) || isPartOfDropped(Call, Use))
      return;
    break;
  case TaskUse::Kind::Stored:
    return judgeVariable(*Use.Variable, *Task, Tree);
  default:
    return;
  }
  const Body &Walked = Unit.Bodies.of(Tree.function());
  if (Walked.IsCoroutine && Walked.isAsynchronous() && Task->IsAwaitable &&
      !S.InHandler && Use.Outermost &&
      !Use.Outermost->getBeginLoc().isMacroID() &&
      Use.What == TaskUse::Kind::Discarded)
    Finding.Fixes.push_back(
        FixItHint::CreateInsertion(Use.Outermost->getBeginLoc(), "co_await "));
  report(std::move(Finding));
}

/// Whether making an object of \p Class by \p Constructor, null for an
/// aggregate, and destroying it does nothing.
static bool isInert(const CXXRecordDecl &Class,
                    const CXXConstructorDecl *Constructor, Facts &Unit) {
  const CXXRecordDecl *Definition = Class.getDefinition();
  if (!Definition || !Definition->hasTrivialDestructor())
    return false;
  if (!Constructor || Constructor->isTrivial())
    return true;
  const FunctionDecl *Body = visibleBody(*Constructor);
  return Body && isa_and_nonnull<CompoundStmt>(Body->getBody()) &&
         cast<CompoundStmt>(Body->getBody())->body_empty() &&
         llvm::none_of(Unit.Bodies.of(*Body).Sites, [](const Site &S) {
           return S.What == Site::Kind::Call;
         });
}

/// `Sleep(5s);` where `co_await Sleep(5s);` was meant.
void TaskDrops::judgeObject(const Expr &Made, const TaskClass &Task,
                            const CXXConstructorDecl *Constructor,
                            const StatementTree &Tree) {
  if (!Tree.parent(&Made) ||
      (Constructor && Constructor->isCopyOrMoveConstructor()))
    return;
  const bool IsNoDiscard =
      Task.IsNoDiscard ||
      (Constructor && Constructor->hasAttr<WarnUnusedResultAttr>());
  // An object of a task class that holds no coroutine is empty.
  if (Task.IsTask
          ? !Task.Model || !Task.isLazy()
          : !Task.IsAwaitable || (!IsNoDiscard && !isHop(*Task.Class, Unit) &&
                                  !isInert(*Task.Class, Constructor, Unit)))
    return;
  const TaskUse Use = Uses.of(Made, Tree);
  if (Use.What != TaskUse::Kind::Discarded || isProbe(*Use.Outermost, Tree))
    return;
  const SourceLocation Where = Use.Outermost->getBeginLoc();
  TaskFinding Finding{TaskFinding::Kind::DroppedObject, Where,
                      Task.Class->getNameAsString()};
  Finding.Notes.push_back(
      {TaskNote::Kind::Declared, Task.Class->getLocation(), Finding.Name});
  const Body &Walked = Unit.Bodies.of(Tree.function());
  if (Walked.IsCoroutine && Walked.isAsynchronous() && !Where.isMacroID())
    Finding.Fixes.push_back(FixItHint::CreateInsertion(Where, "co_await "));
  report(std::move(Finding));
}

/// Judges the awaitables that \p Function makes by constructors. Aggregates,
/// which have none, are looked for in coroutines only.
void TaskDrops::judgeObjects(const FunctionDecl &Function) {
  const Body &Walked = Unit.Bodies.of(Function);
  for (const Site &S : Walked.Sites)
    if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(S.Node);
        Made && S.What == Site::Kind::Construct && Made->isPRValue())
      if (const TaskClass *Task = Classes.of(Made->getType()))
        judgeObject(*Made, *Task, Made->getConstructor(),
                    Uses.treeOf(Function));
  if (!Walked.IsCoroutine)
    return;
  const StatementTree &Tree = Uses.treeOf(Function);
  for (const Stmt *S : Tree.all())
    if (const auto *List = dyn_cast<InitListExpr>(S);
        List && List->isSemanticForm() && List->getType()->isRecordType())
      if (const TaskClass *Task = Classes.of(List->getType()))
        judgeObject(*List, *Task, nullptr, Tree);
}

/// Whether a variable is unused on purpose, by its name or its attribute.
static bool isMeantUnused(const VarDecl &Variable) {
  const llvm::StringRef Name = Variable.getName();
  return Variable.hasAttr<UnusedAttr>() || Name.starts_with("_") ||
         Name.contains_insensitive("unused") ||
         Name.contains_insensitive("ignore") ||
         Name.contains_insensitive("dummy") ||
         Name.contains_insensitive("discard");
}

/// Whether the function of \p Tree may let an eager task in \p Variable run
/// until the end of its scope: it runs while the coroutine is suspended, and
/// while a call pumps the loop.
static bool letsItRun(const VarDecl &Variable, const StatementTree &Tree,
                      TaskClasses &Classes, Facts &Unit) {
  return llvm::any_of(
      Unit.Bodies.of(Tree.function()).Sites, [&](const Site &S) {
        const bool Runs = S.What == Site::Kind::Suspend ||
                          (S.What == Site::Kind::Call &&
                           !(S.Callee && Classes.returnedBy(*S.Callee)));
        return Runs &&
               Unit.Context.getSourceManager().isBeforeInTranslationUnit(
                   Variable.getEndLoc(), S.Where);
      });
}

/// `auto f = update();`, where a dropped task continues but its class is
/// `[[nodiscard]]`. A cast to void would show that the drop is intended.
void TaskDrops::judgeForgotten(const CallExpr &Call, const TaskClass &Task,
                               const StatementTree &Tree) {
  // A destructor may wait.
  const bool Detaches =
      Task.Dropped ? *Task.Dropped == TaskDropped::Detaches
                   : Task.Class->hasDefinition() &&
                         Task.Class->getDefinition()->hasTrivialDestructor();
  if (!Task.IsTask || !Task.IsNoDiscard || !Task.isEager() || !Detaches)
    return;
  const TaskUse Use = Uses.of(Call, Tree);
  if (Use.What != TaskUse::Kind::Stored ||
      !Tree.references(*Use.Variable).empty() || isMeantUnused(*Use.Variable) ||
      Use.Variable->getType()->isReferenceType() ||
      letsItRun(*Use.Variable, Tree, Classes, Unit))
    return;
  report({TaskFinding::Kind::ForgottenTask, Use.Variable->getLocation(),
          Use.Variable->getNameAsString()});
}

void TaskDrops::judgeVariable(const VarDecl &Variable, const TaskClass &Task,
                              const StatementTree &Tree) {
  if (!Tree.references(Variable).empty() || Variable.hasAttr<UnusedAttr>() ||
      Variable.getType()->isReferenceType())
    return;
  const bool Guards = givesGuard(Task);
  if (!Task.IsTask && !Guards)
    return;
  if (!Task.isLazy() && !Guards && letsItRun(Variable, Tree, Classes, Unit))
    return;
  TaskFinding Finding{Guards ? TaskFinding::Kind::UnheldGuard
                             : TaskFinding::Kind::UnusedTask,
                      Variable.getLocation(), Variable.getNameAsString()};
  Finding.Cancels = !Task.isLazy();
  report(std::move(Finding));
}

/// Finds coroutines passed to a template that drops their results.
void TaskDrops::judgeArguments(const Site &S) {
  const auto &Call = *cast<CallExpr>(S.Node);
  CallOperands Operands = CallOperands::of(&Call);
  for (unsigned I = 0; I < Operands.Arguments.size(); ++I) {
    const Expr *Argument = Operands.Arguments[I];
    const auto *Lambda = dyn_cast_or_null<LambdaExpr>(innermostOf(Argument));
    const FunctionDecl *Coroutine =
        Lambda ? coroutineOf(*Lambda, Unit) : nullptr;
    if (!Coroutine || !losesResult(*Coroutine))
      continue;
    CallableUse Use = Callables.of(Call, *S.Callee, I);
    if (!Use.DropsResult || Use.ReturnsResult || Use.Dropped.isInvalid())
      continue;
    TaskFinding Finding{TaskFinding::Kind::DroppedByCallee,
                        Lambda->getBeginLoc(), S.Callee->getNameAsString()};
    Finding.Notes.push_back({TaskNote::Kind::ResultDropped, Use.Dropped});
    report(std::move(Finding));
  }
}

/// Judges a coroutine, \p From, that is converted to a \p Callable that returns
/// nothing.
void TaskDrops::judgeConversion(QualType Callable, const Expr &From) {
  if (!isVoidCallable(Callable) || isVoidCallable(From.getType()))
    return;
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(innermostOf(&From));
  const FunctionDecl *Called = Lambda ? coroutineOf(*Lambda, Unit) : nullptr;
  if (!Called)
    Called = callableOf(&From, Unit.Models);
  if (Called && losesResult(*Called))
    report({TaskFinding::Kind::VoidCallable, From.getBeginLoc()});
}

std::vector<TaskFinding> TaskDrops::judge(const FunctionDecl &Function) {
  const Body &Walked = Unit.Bodies.of(Function);
  const StatementTree *Tree = nullptr;
  for (const Site &S : Walked.Sites) {
    if (S.What == Site::Kind::Construct)
      if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(S.Node);
          Construct && Construct->getNumArgs() != 0)
        judgeConversion(Construct->getType(), *Construct->getArg(0));
    if (const auto *Assignment = dyn_cast_or_null<CXXOperatorCallExpr>(S.Node);
        Assignment && Assignment->getOperator() == OO_Equal)
      judgeConversion(Assignment->getArg(0)->getType(), *Assignment->getArg(1));
    if (S.What != Site::Kind::Call || !S.Callee || S.Anchor != S.Node ||
        S.Await || !isa_and_nonnull<CallExpr>(S.Node))
      continue;
    if (!Walked.Lambdas.empty())
      judgeArguments(S);
    if (!Classes.returnedBy(*S.Callee))
      continue;
    if (!Tree)
      Tree = &Uses.treeOf(Function);
    if (Tree->parent(S.Node))
      judgeCall(S, *Tree);
  }
  judgeObjects(Function);
  return std::exchange(Found, {});
}

} // namespace corolint
