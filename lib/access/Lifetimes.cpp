//===-- Lifetimes.cpp - Objects that end before their task ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Lifetimes.h"
#include "code/Callables.h"
#include "code/Expressions.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

TaskNote describeUse(const TaskUse &Use) {
  SourceLocation Where = Use.At ? Use.At->getBeginLoc() : SourceLocation();
  switch (Use.What) {
  case TaskUse::Kind::Returned:
    return {TaskNote::Kind::TaskReturned, Where};
  case TaskUse::Kind::Stored:
    return {TaskNote::Kind::TaskStored, Use.Variable->getLocation(),
            Use.Variable->getNameAsString()};
  case TaskUse::Kind::Started: {
    const auto *Call = cast<CallExpr>(Use.At);
    const FunctionDecl *Callee = Call->getDirectCallee();
    return {TaskNote::Kind::TaskStarted, locationOf(*Call),
            Callee ? Callee->getNameAsString() : std::string()};
  }
  case TaskUse::Kind::Collected:
    return {TaskNote::Kind::TaskCollected, Where,
            Use.Holder->getNameAsString()};
  default:
    return {TaskNote::Kind::TaskDropped,
            Use.Outermost ? Use.Outermost->getBeginLoc() : Where};
  }
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

void Lifetimes::report(TaskFinding Finding) {
  if (Finding.Where.isValid() && Reported.insert(Finding.Where).second)
    Found.push_back(std::move(Finding));
}

TaskNote describeLate(const BorrowUse &Late, const ParmVarDecl *Param) {
  std::string Name = Late.Variable ? Late.Variable->getNameAsString() : "this";
  if (Late.IsDerived && Param)
    Name = Param->getNameAsString();
  return {Late.Suspension ? TaskNote::Kind::UsedAfter
                          : TaskNote::Kind::UsedWhenStarted,
          Late.Where, Name};
}

void Lifetimes::reportArgument(TaskFinding Finding, const BorrowUse &Late,
                               const TaskUse &Use) {
  Finding.Notes.push_back(describeUse(Use));
  Finding.Notes.push_back(describeLate(Late, nullptr));
  report(std::move(Finding));
}

/// Records that a body in another unit decides whether the argument is used too
/// late.
void Lifetimes::reportOpen(TaskFinding Finding, const TaskUse &Use,
                           const CallExpr &Call, const FunctionDecl &Callee,
                           const BorrowedArgument &Passed) {
  if (visibleBody(Callee) || !Callee.isExternallyVisible() ||
      isDispatched(Call, Callee) || Unit.Models.isLibrary(Callee) ||
      isInSystemHeader(Callee) ||
      (Passed.Parameter && !refersToOthers(Passed.Parameter->getType(), Unit)))
    return;
  Finding.Borrower = &Callee;
  if (Passed.Parameter)
    Finding.Lent = Passed.As.Index;
  Finding.Notes.push_back(describeUse(Use));
  if (Finding.Where.isValid() && ReportedOpen.insert(Finding.Where).second)
    Found.push_back(std::move(Finding));
}

/// \p Edits of a coroutine, unless an earlier finding offers them: they would
/// be applied twice.
FixIts Lifetimes::once(FixIts Edits) {
  if (Edits.empty())
    return Edits;
  const SourceLocation Where = Edits.front().RemoveRange.getBegin();
  return Edited.insert(Where).second ? Edits : FixIts();
}

/// The edits after which the coroutine \p Callee owns the object of its
/// reference parameter \p Index.
FixIts Lifetimes::ownInFrame(const FunctionDecl &Callee, unsigned Index,
                             const Expr *Argument) {
  FixIts Result = takeByValue(Callee, Index, Unit.Context);
  const FunctionDecl *Definition = visibleBody(Callee);
  // A lazy coroutine starts too late to take anything over.
  if (Result.empty() && Definition && !Classes.startsLazily(*Definition) &&
      Unit.Bodies.of(*Definition).isAsynchronous())
    Result = ownParameter(*Definition, Index, Argument, Unit.Context);
  return once(std::move(Result));
}

void Lifetimes::judgeArgument(const CallExpr &Call, const FunctionDecl &Callee,
                              const TaskUse &Use,
                              const BorrowedArgument &Passed) {
  const FunctionDecl &Within = Tree->function();
  Referent Object = referentOf(Passed.Argument, Unit, &Within);
  const auto *Local = dyn_cast_or_null<VarDecl>(Object.Variable);
  if (hasOtherOwners(Object) || changesOwner(Object) ||
      (Local && isHandedOver(*Local)))
    return;
  const ParmVarDecl *Param = Passed.Parameter;
  const bool TakesRvalue = Param && Param->getType()->isRValueReferenceType();
  // The owner of a closure decides how long it lives, but an object moved out
  // of it is given away.
  const bool GivenAway = Object.What == Referent::Kind::Capture &&
                         Object.Moved && TakesRvalue &&
                         Use.What != TaskUse::Kind::Stored;
  // A default argument is written elsewhere, and made where it is used.
  TaskFinding Finding{TaskFinding::Kind::TemporaryArgument,
                      isa<CXXDefaultArgExpr>(Passed.Argument)
                          ? locationOf(Call)
                          : Passed.Argument->getBeginLoc()};
  if (Object.Variable)
    Finding.Name = Object.Variable->getNameAsString();
  if (!GivenAway && !endsBefore(Object, Use)) {
    // The closure is copied into the frame, but its captured references are
    // not.
    const VarDecl *Ends = nullptr;
    for (const VarDecl *Captured : capturedByReference(Passed.Argument))
      if (endsBefore({Captured->getType()->isReferenceType()
                          ? Referent::Kind::Unknown
                          : Referent::Kind::Local,
                      nullptr, Captured},
                     Use) &&
          Captured->hasLocalStorage())
        Ends = Captured;
    if (!Ends || !Param || Param->getType()->isReferenceType())
      return;
    Object.What = Referent::Kind::Local;
    Finding.Name = Ends->getNameAsString();
  }
  if (Object.What != Referent::Kind::Temporary)
    Finding.What = TaskFinding::Kind::LocalArgument;
  if (!Param)
    Finding.What = Object.What == Referent::Kind::Temporary
                       ? TaskFinding::Kind::TemporaryObject
                       : TaskFinding::Kind::LocalObject;
  const std::optional<BorrowUse> &Late = Borrows.of(Callee, Passed.As);
  if (!Late)
    return reportOpen(std::move(Finding), Use, Call, Callee, Passed);
  if (!Param) {
    const FunctionDecl &Method = *visibleBody(Callee);
    if (Object.Shared && !Late->In && !Classes.startsLazily(Method))
      Finding.Fixes = once(keepObject(Method, Unit.Context));
    return reportArgument(std::move(Finding), *Late, Use);
  }
  const FunctionDecl *Pattern = Callee.getTemplateInstantiationPattern();
  if (TakesRvalue && !Pattern) {
    // The parameter promises to take over its argument, so the callee is at
    // fault.
    const FunctionDecl *Definition = visibleBody(Callee);
    const ParmVarDecl *Written = Definition->getParamDecl(Passed.As.Index);
    TaskFinding AtParameter{TaskFinding::Kind::MovedParameter,
                            Written->getLocation(), Written->getNameAsString()};
    AtParameter.Notes.push_back(
        {TaskNote::Kind::Passed, Passed.Argument->getBeginLoc()});
    AtParameter.Notes.push_back(describeLate(*Late, Written));
    AtParameter.Fixes =
        ownInFrame(*Definition, Passed.As.Index, Passed.Argument);
    return report(std::move(AtParameter));
  }
  if (Param->getType()->isReferenceType() &&
      Param->getType()->getPointeeType().isConstQualified() && !Late->In)
    Finding.Fixes = ownInFrame(Callee, Passed.As.Index, Passed.Argument);
  reportArgument(std::move(Finding), *Late, Use);
}

void Lifetimes::judgeCall(const CallExpr &Call, const FunctionDecl &Callee) {
  TaskUse Use = Uses.of(Call, *Tree);
  Callers &Known = Called[Callee.getCanonicalDecl()];
  Known.Any = true;
  const bool Outlives = outlives(Use, Callee);
  Known.Careful |= !Outlives;
  auto Arguments = borrowedArguments(Call, Callee, Unit);
  for (const BorrowedArgument &Passed : Arguments) {
    Referent Object = referentOf(Passed.Argument, Unit, &Tree->function());
    if (Object.What != Referent::Kind::Temporary)
      Known.Careful = true;
    const bool Keeps =
        Passed.Parameter
            ? Callables.keepsAlive(Call, Callee, Passed.As.Index)
            : Unit.Annotations.of(Callee).has(Annotation::KeepsAlive);
    if (Outlives && !Keeps)
      judgeArgument(Call, Callee, Use, Passed);
  }
  if (Outlives)
    judgeLaterCallables(Call, Callee, &Use);
}

/// Whether \p Function is a generator that runs nothing before its first value
/// is requested.
static bool isLazyGenerator(const FunctionDecl &Function, TaskClasses &Classes,
                            Facts &Unit) {
  const FunctionDecl *Definition = visibleBody(Function);
  return Definition && Unit.Bodies.of(*Definition).IsCoroutine &&
         !Classes.returnedBy(Function) && Classes.startsLazily(*Definition);
}

/// `auto values = generate(State());`: the values are requested after the
/// argument is destroyed.
void Lifetimes::judgeGenerator(const CallExpr &Call,
                               const FunctionDecl &Callee) {
  const FunctionDecl &Definition = *visibleBody(Callee);
  const TaskUse Use = Uses.of(Call, *Tree);
  if ((Use.What != TaskUse::Kind::Stored &&
       Use.What != TaskUse::Kind::Returned) ||
      !outlives(Use, Definition))
    return;
  for (const BorrowedArgument &Passed :
       borrowedArguments(Call, Definition, Unit)) {
    const Referent Object =
        referentOf(Passed.Argument, Unit, &Tree->function());
    if (!endsBefore(Object, Use) || hasOtherOwners(Object))
      continue;
    const std::optional<BorrowUse> &Late = Borrows.of(Definition, Passed.As);
    if (!Late)
      continue;
    TaskFinding Finding{TaskFinding::Kind::GeneratorArgument,
                        Passed.Argument->getBeginLoc()};
    TaskNote Used = describeLate(*Late, nullptr);
    Used.What = TaskNote::Kind::UsedWhenIterated;
    Finding.Notes.push_back(std::move(Used));
    if (Passed.Parameter && Passed.Parameter->getType()->isReferenceType() &&
        !Late->In)
      Finding.Fixes = ownInFrame(Callee, Passed.As.Index, Passed.Argument);
    report(std::move(Finding));
  }
}

//===----------------------------------------------------------------------===//
// Results of temporary tasks
//===----------------------------------------------------------------------===//

/// `auto &&x = co_await f();` where the awaiter returns a reference into the
/// task that `f` returned.
void Lifetimes::judgeAwaitedResult(const VarDecl &Variable) {
  if (!Variable.getType()->isReferenceType() || !Variable.getInit() ||
      Variable.isImplicit())
    return;
  const Expr *Init = Variable.getInit();
  while (Init && !isa<CoawaitExpr>(Init)) {
    if (isa<MaterializeTemporaryExpr>(Init))
      return; // The reference keeps a value alive.
    Init = innerOf(*Init);
  }
  const auto *Await = cast_or_null<CoawaitExpr>(Init);
  if (!Await || Await->isPRValue() || !Await->getOperand())
    return;
  const Expr *Operand = Await->getOperand();
  const CallExpr *Call = taskCall(Operand);
  if (!Call || Call->isGLValue())
    return;
  const TaskClass *Task = Classes.of(Call->getType());
  // If the task is copyable, the last copy to be destroyed ends the result.
  // Assume that there are copies unless a model excludes it.
  if (!Task || !Task->IsTask || !Task->ownsFrame() ||
      (Task->IsCopyable && !Task->Model))
    return;
  const FunctionDecl *Maker = Task->IsCopyable ? calleeOf(*Call) : nullptr;
  const FunctionDecl *Seen = Maker ? visibleBody(*Maker) : nullptr;
  if (Seen && !Unit.Bodies.of(*Seen).IsCoroutine)
    return;
  // Only a result that the task holds by value ends with the task.
  const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(Task->Class);
  if (!Class || Class->getTemplateArgs().size() == 0 ||
      Class->getTemplateArgs()[0].getKind() != TemplateArgument::Type ||
      !Unit.Context.hasSameUnqualifiedType(
          Class->getTemplateArgs()[0].getAsType(), Await->getType()))
    return;
  auto References = Tree->references(Variable);
  if (References.empty())
    return;
  TaskFinding Finding{TaskFinding::Kind::AwaitedResult, Variable.getLocation(),
                      Variable.getNameAsString()};
  Finding.Notes.push_back({TaskNote::Kind::UsedAfter,
                           References.front()->getBeginLoc(), Finding.Name});
  Finding.Fixes = copyReferent(Variable);
  report(std::move(Finding));
}

//===----------------------------------------------------------------------===//
// Coroutines that cannot be awaited
//===----------------------------------------------------------------------===//

/// Callers of such a coroutine continue at once, and may destroy objects that
/// they passed by reference at any time.
std::vector<TaskFinding>
Lifetimes::judgeUnawaited(const FunctionDecl &Function) {
  const TaskClass *Task = Classes.returnedBy(Function);
  if (!Task || !Task->isEager() || Task->ownsFrame())
    return {};
  const bool Shared = Task->Model && Task->Dropped == TaskDropped::Detaches &&
                      Task->IsCopyable && !Task->IsNoDiscard;
  if (Task->IsAwaitable && !Shared)
    return {};
  auto Known = Called.find(Function.getCanonicalDecl());
  if (Known != Called.end() && Known->second.Careful)
    return {};
  for (unsigned I = 0; I < Function.getNumParams(); ++I) {
    QualType Type = Function.getParamDecl(I)->getType();
    // A parameter that cannot bind to a temporary is assumed to refer to a
    // long-lived object.
    if (Type->isPointerType() ||
        (Type->isLValueReferenceType() &&
         !Type->getPointeeType().isConstQualified()) ||
        !refersToOthers(Type, Unit))
      continue;
    const std::optional<BorrowUse> &Late =
        Borrows.of(Function, {Borrowed::Kind::Parameter, I});
    if (!Late || Late->In)
      continue;
    const ParmVarDecl *Param = Function.getParamDecl(I);
    TaskFinding Finding{TaskFinding::Kind::UnawaitedParameter, Late->Where,
                        Param->getNameAsString()};
    if (Late->IsDerived)
      Finding.Where = Param->getLocation();
    if (Late->Suspension)
      Finding.Notes.push_back(
          {TaskNote::Kind::Suspends, keywordOf(*Late->Suspension)});
    if (Type->isReferenceType())
      Finding.Fixes = ownInFrame(Function, I, nullptr);
    report(std::move(Finding));
  }
  return std::exchange(Found, {});
}

//===----------------------------------------------------------------------===//
// All functions
//===----------------------------------------------------------------------===//

/// Whether an argument of \p Call is a lambda with references, or is made from
/// one.
static bool handsCallable(const Stmt &Call) {
  return llvm::any_of(CallOperands::of(&Call).Arguments, [](const Expr *E) {
    return !capturedByReference(closureOf(E)).empty();
  });
}

/// Whether \p Callee may pass its argument to a callable that is kept.
static bool mayLend(const FunctionDecl &Callee, Facts &Unit) {
  const FunctionDecl *Definition = visibleBody(Callee);
  return Definition && !isInSystemHeader(*Definition) &&
         llvm::any_of(Definition->parameters(),
                      [&](const ParmVarDecl *Param) {
                        return refersToOthers(Param->getType(), Unit);
                      }) &&
         !Unit.Bodies.of(*Definition).Lambdas.empty();
}

std::vector<TaskFinding> Lifetimes::judge(const FunctionDecl &Function) {
  const Body &Walked = Unit.Bodies.of(Function);
  bool Matters = llvm::any_of(Walked.Lambdas, [&](const LambdaExpr *Lambda) {
    return Lambda->capture_size() != 0 && coroutineOf(*Lambda, Unit);
  });
  const bool RefersToLocals =
      !Function.isMain() &&
      llvm::any_of(Walked.Lambdas, [](const LambdaExpr *Lambda) {
        return !capturedByReference(Lambda).empty();
      });
  llvm::SmallVector<const Site *, 8> Calls, Handing, Generators, Lending;
  llvm::SmallVector<const Site *, 2> Buffering;
  for (const Site &S : Walked.Sites) {
    if (S.What != Site::Kind::Call || !isa_and_nonnull<CallExpr>(S.Node) ||
        !S.Callee || S.Anchor != S.Node)
      continue;
    if (!Function.isMain() &&
        (handsBuffer(*cast<CallExpr>(S.Node), *S.Callee, Unit) ||
         handsOperand(*cast<CallExpr>(S.Node), *S.Callee, Unit)))
      Buffering.push_back(&S);
    if (Classes.returnedBy(*S.Callee))
      Calls.push_back(&S);
    else if (isLazyGenerator(*S.Callee, Classes, Unit))
      Generators.push_back(&S);
    else if (RefersToLocals && handsCallable(*S.Node))
      Handing.push_back(&S);
    else if (mayLend(*S.Callee, Unit))
      Lending.push_back(&S);
  }
  if (!Matters && Calls.empty() && Handing.empty() && Generators.empty() &&
      Lending.empty() && Buffering.empty() && !RefersToLocals)
    return {};
  Tree = &Uses.treeOf(Function);
  for (const Site *S : Calls)
    if (Tree->parent(S->Node))
      judgeCall(*cast<CallExpr>(S->Node), *S->Callee);
  for (const Site *S : Generators)
    if (Tree->parent(S->Node))
      judgeGenerator(*cast<CallExpr>(S->Node), *S->Callee);
  for (const Site *S : Handing)
    if (Tree->parent(S->Node))
      judgeLaterCallables(*cast<CallExpr>(S->Node), *S->Callee, nullptr);
  for (const Site *S : Lending)
    if (Tree->parent(S->Node))
      judgeLending(*cast<CallExpr>(S->Node), *S->Callee);
  for (const Site *S : Buffering)
    if (Tree->parent(S->Node))
      judgeOperands(*cast<CallExpr>(S->Node), *S->Callee);
  for (const LambdaExpr *Lambda : Walked.Lambdas) {
    judgeLambda(*Lambda);
    if (RefersToLocals)
      judgeStoredCallable(*Lambda);
  }
  if (!Walked.Awaits)
    return std::exchange(Found, {});
  for (const Stmt *S : Tree->all())
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(D))
          judgeAwaitedResult(*Variable);
  return std::exchange(Found, {});
}

} // namespace corolint
