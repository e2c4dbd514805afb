//===-- Suspension.cpp - Decides which awaits can suspend -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Suspension.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/AST/CXXInheritance.h"

using namespace clang;

namespace corolint {

namespace {

/// The class that \p Type names, unless it is a pointer.
const CXXRecordDecl *awaitableClass(QualType Type) {
  return Type.getNonReferenceType()->isPointerType() ? nullptr : classOf(Type);
}

/// Calls \p Visit for \p Class and its bases until one returns true.
bool anyOfClassAndBases(const CXXRecordDecl &Class,
                        llvm::function_ref<bool(const CXXRecordDecl &)> Visit) {
  if (Visit(Class))
    return true;
  return Class.hasDefinition() &&
         !Class.forallBases(
             [&](const CXXRecordDecl *Base) { return !Visit(*Base); });
}

/// The operand of an `operator co_await` or `await_transform` call, or null for
/// other calls.
const Expr *convertedOperand(const CallExpr &Call, const FunctionDecl &Callee) {
  const IdentifierInfo *Name = Callee.getIdentifier();
  if (Callee.getOverloadedOperator() != OO_Coawait &&
      !(Name && Name->isStr("await_transform")))
    return nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
      Member && Callee.getOverloadedOperator() == OO_Coawait)
    return Member->getImplicitObjectArgument();
  return Call.getNumArgs() > 0 ? Call.getArg(0) : nullptr;
}

/// Visits the classes and functions from an await's operand to its awaiter,
/// through `await_transform` and `operator co_await`, until one of them
/// returns true.
bool anyOnTheWay(
    const Expr *E, llvm::function_ref<bool(const CXXRecordDecl &)> OfClass,
    llvm::function_ref<bool(const FunctionDecl &, const CallExpr &)>
        OfFunction) {
  for (unsigned Steps = 0; E && Steps < 32; ++Steps) {
    if (const CXXRecordDecl *Class = awaitableClass(E->getType()))
      if (anyOfClassAndBases(*Class, OfClass))
        return true;
    if (const Expr *Inner = innerOf(*E)) {
      E = Inner;
    } else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E)) {
      E = Opaque->getSourceExpr();
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = calleeOf(*Call);
      if (!Callee)
        return false;
      if (OfFunction(*Callee, *Call))
        return true;
      E = convertedOperand(*Call, *Callee);
    } else {
      return false;
    }
  }
  return false;
}

bool chainNeverSuspends(const Expr *E, Facts &Unit) {
  return anyOnTheWay(
      E,
      [&](const CXXRecordDecl &Class) {
        return Unit.Annotations.of(Class).has(Annotation::NeverSuspends) ||
               Unit.Models.neverSuspends(Class);
      },
      [&](const FunctionDecl &Function, const CallExpr &) {
        if (Unit.Annotations.of(Function).has(Annotation::NeverSuspends))
          return true;
        const ModelIndex::FunctionEntry *Entry = Unit.Models.find(Function);
        return Entry && Entry->NeverSuspends;
      });
}

} // namespace

bool isAlwaysReady(const FunctionDecl &Ready) {
  const FunctionDecl *Definition = nullptr;
  if (!Ready.hasBody(Definition))
    return false;
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Block || Block->size() != 1)
    return false;
  const auto *Return = dyn_cast<ReturnStmt>(*Block->body_begin());
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  bool Result = false;
  return Value && !Value->isValueDependent() &&
         Value->EvaluateAsBooleanCondition(Result, Ready.getASTContext()) &&
         Result;
}

namespace {

/// The method that \p E, part of an await, calls; null if it is unknown.
const FunctionDecl *methodOf(const Expr *E) {
  const auto *Call = dyn_cast_or_null<CallExpr>(innermostOf(E));
  return Call ? Call->getDirectCallee() : nullptr;
}

/// The body of the `await_suspend` whose result \p Return returns, or null.
const Stmt *forwardedBy(const ReturnStmt &Return, DeclarationName Name) {
  const FunctionDecl *Callee = methodOf(Return.getRetValue());
  return Callee && Callee->getDeclName() == Name && Callee->hasBody(Callee)
             ? Callee->getBody()
             : nullptr;
}

/// Whether \p Suspend, an `await_suspend`, always returns `false`, which
/// resumes the coroutine at once. It may forward to that of another awaiter.
bool alwaysResumes(const FunctionDecl &Suspend) {
  const FunctionDecl *Definition = nullptr;
  if (!Suspend.getReturnType()->isBooleanType() || !Suspend.hasBody(Definition))
    return false;
  bool Returns = false;
  unsigned Forwards = 0;
  llvm::SmallVector<const Stmt *, 16> Open{Definition->getBody()};
  while (!Open.empty()) {
    const Stmt *S = Open.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      const Stmt *Inner = forwardedBy(*Return, Suspend.getDeclName());
      if (Inner && ++Forwards <= 8) {
        Open.push_back(Inner);
        continue;
      }
      const Expr *Value = Return->getRetValue();
      bool Result = true;
      if (!Value || Value->isValueDependent() ||
          !Value->EvaluateAsBooleanCondition(Result, Suspend.getASTContext()) ||
          Result)
        return false;
      Returns = true;
    }
    llvm::append_range(Open, S->children());
  }
  return Returns;
}

/// The local container of the range-for loop that declares \p Element, or null.
const VarDecl *rangeOf(const VarDecl &Element) {
  if (!Element.isCXXForRangeDecl() || !Element.getInit())
    return nullptr;
  const Expr *E = innermostOf(Element.getInit());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = Unary->getSubExpr();
  else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
           Operator && Operator->getOperator() == OO_Star)
    E = Operator->getArg(0);
  const VarDecl *Begin = variableOf(E);
  const auto *Call =
      Begin && Begin->isImplicit()
          ? dyn_cast_or_null<CXXMemberCallExpr>(innermostOf(Begin->getInit()))
          : nullptr;
  const VarDecl *Range =
      Call ? variableOf(Call->getImplicitObjectArgument()) : nullptr;
  const VarDecl *Container =
      Range && Range->isImplicit() ? variableOf(Range->getInit()) : nullptr;
  return Container && Container->hasLocalStorage() &&
                 !isa<ParmVarDecl>(Container) &&
                 Container->getType()->isRecordType()
             ? Container
             : nullptr;
}

/// Whether \p Container is created without arguments.
bool startsEmpty(const VarDecl &Container) {
  const auto *Made =
      dyn_cast_or_null<CXXConstructExpr>(innermostOf(Container.getInit()));
  return Made && llvm::all_of(Made->arguments(), [](const Expr *Argument) {
           return isa<CXXDefaultArgExpr>(Argument);
         });
}

/// Whether a method of a container adds no element and lends none.
bool addsNothing(const CXXMethodDecl &Method) {
  static constexpr StringRef Names[] = {
      "begin", "capacity", "clear", "empty",         "end",
      "rend",  "rbegin",   "size",  "shrink_to_fit", "reserve"};
  return Method.getIdentifier() && llvm::is_contained(Names, Method.getName());
}

/// Whether the local \p Container is always empty: no use of it can add an
/// element.
bool isAlwaysEmpty(const VarDecl &Container) {
  const auto *Owner =
      dyn_cast_or_null<FunctionDecl>(Container.getParentFunctionOrMethod());
  if (!Owner || !Owner->hasBody(Owner) || !startsEmpty(Container))
    return false;
  llvm::SmallPtrSet<const Expr *, 4> Harmless;
  bool MayFill = false;
  auto Allow = [&](const Expr *E) {
    if (E && variableOf(E) == &Container)
      Harmless.insert(innermostOf(E));
  };
  forEachEvaluated(*writtenBody(*Owner), [&](const Stmt &S) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(&S);
    if (Call && Call->getMethodDecl() && addsNothing(*Call->getMethodDecl()))
      Allow(Call->getImplicitObjectArgument());
    else if (const auto *Loop = dyn_cast<CXXForRangeStmt>(&S))
      Allow(Loop->getRangeInit());
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      MayFill |= Ref->getDecl() == &Container && !Harmless.contains(Ref);
    return !MayFill;
  });
  return !MayFill;
}

/// Whether \p Await awaits an element of a container that has none, so that it
/// never runs.
bool awaitsNoElement(const CoroutineSuspendExpr &Await) {
  const VarDecl *Element = variableOf(Await.getOperand());
  const VarDecl *Container = Element ? rangeOf(*Element) : nullptr;
  return Container && isAlwaysEmpty(*Container);
}

} // namespace

static bool mayBeSuspension(const Stmt &Suspension, Facts &Unit) {
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(&Suspension);
  if (!Await) {
    const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&Suspension);
    if (!Dependent)
      return true;
    // The operand of an await in a template is known only after instantiation.
    return !Dependent->getOperand()->isTypeDependent() &&
           !chainNeverSuspends(Dependent->getOperand(), Unit);
  }
  if (chainNeverSuspends(Await->getOperand(), Unit) ||
      chainNeverSuspends(Await->getCommonExpr(), Unit))
    return false;
  if (awaitsNoElement(*Await))
    return false;
  const FunctionDecl *Ready = methodOf(Await->getReadyExpr());
  if (Ready && isAlwaysReady(*Ready))
    return false;
  const FunctionDecl *Suspend = methodOf(Await->getSuspendExpr());
  return !Suspend || !alwaysResumes(*Suspend);
}

bool canSuspend(const Stmt &Suspension, Facts &Unit) {
  if (auto Known = Unit.Suspensions.find(&Suspension);
      Known != Unit.Suspensions.end())
    return Known->second;
  const bool Result = mayBeSuspension(Suspension, Unit);
  Unit.Suspensions[&Suspension] = Result;
  return Result;
}

bool startsAtOnce(const CoroutineBodyStmt &Coroutine, Facts &Unit) {
  const auto *Initial = dyn_cast_or_null<CoawaitExpr>(
      innermostOf(dyn_cast_or_null<Expr>(Coroutine.getInitSuspendStmt())));
  return Initial && !canSuspend(*Initial, Unit);
}

namespace {

Hop hopOf(const Annotations &Marks) {
  if (Marks.has(Annotation::ResumesAllowBlocking))
    return Hop::MayBlock;
  return Marks.has(Annotation::ResumesOnLoop) ? Hop::OnLoop : Hop::None;
}

Hop hopOf(HopTarget Target) {
  switch (Target) {
  case HopTarget::Unknown: // Unknown is innocent.
  case HopTarget::AllowBlocking:
    return Hop::MayBlock;
  case HopTarget::EventLoop:
    return Hop::OnLoop;
  case HopTarget::Alternates:
    return Hop::Alternates;
  }
  llvm_unreachable("all targets are covered");
}

Hop hopOf(ContextKind Runs) {
  return Runs == ContextKind::AllowBlocking || Runs == ContextKind::Pool
             ? Hop::MayBlock
             : Hop::OnLoop;
}

/// The hop that \p Model assigns to \p Call, which returns the awaitable.
HopTo hopOf(const ResumeModel &Model, const CallOperands &Call, Facts &Unit) {
  auto Holds = [&](const Condition &C) {
    return Unit.Conditions.holds(C, Call, nullptr);
  };
  if (!llvm::all_of(Model.OnlyIf, Holds) || llvm::any_of(Model.Unless, Holds))
    return {};
  HopTo Result{hopOf(Model.Runs), Model.Until == HopUntil::Suspension};
  const Expr *Executor = nullptr;
  if (Model.Executor == Condition::Object)
    Executor = Call.Object;
  else if (Model.Executor != position::None)
    for (const Expr *Argument : Call.at(Model.Executor))
      Executor = Argument;
  if (Executor)
    if (std::optional<ContextKind> Runs =
            executorContext(*Executor, Unit.Models))
      Result.Where = hopOf(*Runs);
  if (!Call.Arguments.empty() && !Call.Arguments.front()->isTypeDependent()) {
    llvm::FoldingSetNodeID Shape;
    innermostOf(Call.Arguments.front())
        ->Profile(Shape, Unit.Context, /*Canonical=*/true);
    Result.ArgumentShape = Shape.ComputeHash();
  }
  return Result;
}

HopTo hopOf(const FunctionDecl &Function, const CallExpr &Call, Facts &Unit) {
  if (Hop Declared = hopOf(Unit.Annotations.of(Function));
      Declared != Hop::None)
    return {Declared};
  const CallOperands Operands = CallOperands::of(&Call);
  if (const ModelIndex::FunctionEntry *Entry = Unit.modelOf(Function, Operands))
    for (const ResumeModel *Model : Entry->Resumes)
      if (HopTo Found = hopOf(*Model, Operands, Unit); Found.Where != Hop::None)
        return Found;
  return {};
}

/// Adapters of adapters …: longer chains are not followed.
constexpr unsigned MaxAdapters = 8;

/// The hop of a completion token among the arguments of \p Call, which adapters
/// may wrap: `async_wait(redirect_error(bind_executor(pool, token), error))`.
HopTo hopOfToken(const CallExpr &Call, Facts &Unit) {
  for (const Expr *Argument : Call.arguments()) {
    const Expr *Wrapped = Argument;
    for (unsigned Steps = 0; Wrapped && Steps < MaxAdapters; ++Steps) {
      const auto *Token = dyn_cast_or_null<CallExpr>(innermostOf(Wrapped));
      const FunctionDecl *Callee = Token ? Token->getDirectCallee() : nullptr;
      if (!Callee)
        break;
      if (HopTo Found = hopOf(*Callee, *Token, Unit); Found.Where != Hop::None)
        return Found;
      const CallOperands Operands = CallOperands::of(Token);
      const auto *Entry = Unit.modelOf(*Callee, Operands);
      Wrapped = nullptr;
      if (Entry && !Entry->Binds.empty())
        for (const Expr *Bound : Operands.at(Entry->Binds.front()->Argument))
          Wrapped = Bound;
    }
  }
  return {};
}

HopTo hopOnTheWay(const Expr *Operand, Facts &Unit) {
  HopTo Result;
  anyOnTheWay(
      Operand,
      [&](const CXXRecordDecl &Class) {
        Result.Where = hopOf(Unit.Annotations.of(Class));
        if (Result.Where == Hop::None)
          if (const ResumeModel *Model = Unit.Models.resume(Class))
            Result = hopOf(*Model, {}, Unit);
        return Result.Where != Hop::None;
      },
      [&](const FunctionDecl &Function, const CallExpr &Call) {
        Result = hopOf(Function, Call, Unit);
        if (Result.Where == Hop::None)
          Result = hopOfToken(Call, Unit);
        return Result.Where != Hop::None;
      });
  return Result;
}

} // namespace

HopTo hopAt(const Stmt &Suspension, Facts &Unit) {
  if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(&Suspension))
    return Dependent->getOperand()->isTypeDependent()
               ? HopTo()
               : hopOnTheWay(Dependent->getOperand(), Unit);
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(&Suspension);
  if (!Await || !isSuspensionPoint(*Await))
    return {};
  const HopTo Written = hopOnTheWay(Await->getOperand(), Unit);
  return Written.Where != Hop::None ? Written
                                    : hopOnTheWay(Await->getCommonExpr(), Unit);
}

} // namespace corolint
