//===-- TaskOverlap.cpp - Decides whether tasks are independent -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskOverlap.h"
#include "access/LifetimeBorrows.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "llvm/ADT/FoldingSet.h"

using namespace clang;

namespace corolint {

namespace {

/// A task that may run more functions is not analysed.
constexpr size_t MaxOverlapFunctions = 128;

/// The size limit of a summary: if it is reached, there may be more accesses.
constexpr size_t ManyAccesses = 256;

/// Whether an access of \p Kind visibly changes the state.
bool hasEffect(AccessKind Kind) {
  return Kind != AccessKind::Read && Kind != AccessKind::Use;
}

/// Whether \p Variable belongs to a function that \p Caller calls, so that each
/// call has its own.
bool isLocalOfCallee(const ValueDecl &Variable, const FunctionDecl &Caller) {
  const auto *Local = dyn_cast<VarDecl>(&Variable);
  if (!Local || !Local->hasLocalStorage())
    return false;
  for (const DeclContext *Scope = &Caller; Scope; Scope = Scope->getParent())
    if (Scope == Local->getDeclContext())
      return false;
  return true;
}

/// Whether \p Type may identify an object with state: a pointer, a smart
/// pointer, or a class that contains one.
bool refersToState(QualType Type, bool Deeper) {
  if (Type->isPointerType())
    return !Type->getPointeeType().isConstQualified();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return Class != nullptr;
  if (isPointerLike(*Class))
    return true;
  return Deeper && !isInSystemHeader(*Class) &&
         llvm::any_of(Class->fields(), [](const FieldDecl *Field) {
           return refersToState(Field->getType(), /*Deeper=*/false);
         });
}

/// A variable or member of type `int`: a number, or a descriptor.
bool isPlainNumber(const ValueDecl &Value) {
  const auto *Variable = dyn_cast<VarDecl>(&Value);
  return Value.getType().getNonReferenceType()->isSpecificBuiltinType(
             BuiltinType::Int) &&
         !(Variable && Variable->isConstexpr());
}

bool handsOutNumber(const CallExpr &Call) {
  return llvm::any_of(Call.arguments(), [](const Expr *Argument) {
    const ValueDecl *Named = namedBy(Argument->IgnoreParenImpCasts());
    return Named && isPlainNumber(*Named);
  });
}

/// Whether the value of \p E, or the result of awaiting it, is used.
bool isValueUsed(const Expr &E, const StatementTree &Tree) {
  const Expr *Value = &E;
  const Stmt *Around = Tree.parent(Value);
  while (const auto *Outer = dyn_cast_or_null<Expr>(Around)) {
    if (!isa<CoroutineSuspendExpr>(Outer) && !innerOf(*Outer))
      return true;
    Value = Outer;
    Around = Tree.parent(Value);
  }
  return !Value->getType()->isVoidType() && Around &&
         !isa<CompoundStmt, LabelStmt, SwitchCase>(Around);
}

bool areSame(const Expr &A, const Expr &B, const ASTContext &Context) {
  llvm::FoldingSetNodeID First, Second;
  A.Profile(First, Context, /*Canonical=*/true);
  B.Profile(Second, Context, /*Canonical=*/true);
  return First == Second;
}

/// Whether \p Callee converts an awaited object to an awaiter, which belongs to
/// the task.
bool convertsOperand(const FunctionDecl &Callee) {
  const IdentifierInfo *Name = Callee.getIdentifier();
  return Callee.getOverloadedOperator() == OO_Coawait ||
         (Name && Name->isStr("await_transform"));
}

/// Whether \p Callee creates an awaiter that may keep a reference to its
/// argument. How the awaiter uses it is not visible.
bool mayKeepOperands(const FunctionDecl &Callee, TaskClasses &Classes) {
  const TaskClass *Made = Classes.returnedBy(Callee);
  if (!Made || Made->IsTask)
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return (Method && Method->isInstance()) ||
         llvm::any_of(Callee.parameters(), [](const ParmVarDecl *Param) {
           return Param->getType()->isReferenceType() ||
                  Param->getType()->isPointerType();
         });
}

/// The same for an awaiter that the operand of \p Suspension creates itself.
bool keepsOperands(const Stmt &Suspension) {
  const auto *Await = dyn_cast<CoawaitExpr>(&Suspension);
  const Expr *Operand = Await ? innermostOf(Await->getOperand()) : nullptr;
  if (!Operand || isa<CallExpr, DeclRefExpr>(Operand))
    return false;
  bool Names = false;
  forEachEvaluated(*Operand, [&](const Stmt &S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(&S);
    Names |= isa<CXXThisExpr>(S) || (Ref && isa<VarDecl>(Ref->getDecl()));
    return !Names;
  });
  return Names;
}

bool touch(const AccessPath &A, const AccessPath &B) {
  return A.contains(B) || B.contains(A);
}

} // namespace

/// Whether the call at \p S, of code that is not visible, affects only its
/// operands and result.
bool TaskOverlap::isHarmless(const Site &S, const FunctionDecl &Within,
                             bool GivesResult, TaskWork &Work) {
  if (S.What == Site::Kind::Construct)
    return true;
  const FunctionDecl &Callee = *S.Callee;
  const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
  const bool IsLibrary =
      Unit.Models.isLibrary(Callee) || isInSystemHeader(Callee);
  if (Call && (!IsLibrary || Callee.isExternC()))
    Work.HandsOutNumbers |= handsOutNumber(*Call);
  if (IsLibrary || Callee.isConstexpr() || Callee.isDefaulted() || !Call)
    return true;
  const CallOperands Operands = CallOperands::of(Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (Method && Operands.Object && !Method->isConst() &&
      isa<CXXThisExpr>(Operands.Object->IgnoreParenImpCasts()))
    return false;
  return GivesResult || isValueUsed(*Call, Uses.treeOf(Within));
}

/// Scans all code that a task of the coroutine \p Root may run. Returns false
/// if some of it may have invisible effects, or moves to another thread.
bool TaskOverlap::scanCallee(const FunctionDecl &Root, bool GivesResult,
                             TaskWork &Work) {
  llvm::SmallVector<const FunctionDecl *, 16> Pending{&Root};
  llvm::DenseSet<const FunctionDecl *> Seen{&Root};
  while (!Pending.empty()) {
    const FunctionDecl &Function = *Pending.pop_back_val();
    const Body &Walked = Unit.Bodies.of(Function);
    // The function to which a closure is passed may run it at any time.
    if (llvm::any_of(Walked.Lambdas, [](const LambdaExpr *Lambda) {
          return Lambda->capture_size() != 0;
        }))
      return false;
    for (const Site &S : Walked.Sites) {
      if (S.What == Site::Kind::Suspend) {
        if (hopAt(*S.Node, Unit).Where != Hop::None || keepsOperands(*S.Node))
          return false;
        continue;
      }
      if (S.What == Site::Kind::Destroy || S.Await)
        continue;
      if (!S.Callee)
        return false;
      if (convertsOperand(*S.Callee))
        continue;
      const FunctionDecl *Next = Accesses.visible(*S.Callee);
      if (!Next || isDispatched(S)) {
        if (!isHarmless(S, Function, GivesResult, Work))
          return false;
      } else if (mayKeepOperands(*Next, Classes)) {
        return false;
      } else if (Seen.insert(Next).second) {
        if (Seen.size() > MaxOverlapFunctions)
          return false;
        Pending.push_back(Next);
      }
    }
  }
  return true;
}

/// Examines the expressions that the call evaluates. Returns false if they do
/// more than read values.
bool TaskOverlap::scanOperands(const CallExpr &Call, TaskWork &Work) {
  bool Known = true;
  forEachEvaluated(Call, [&](const Stmt &S) {
    if (isa<LambdaExpr, CXXNewExpr, CoroutineSuspendExpr>(S)) {
      Known = false;
    } else if (const auto *Inner = dyn_cast<CallExpr>(&S);
               Inner && Inner != &Call) {
      const FunctionDecl *Callee = calleeOf(*Inner);
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      if (!Callee || Classes.returnedBy(*Callee) ||
          (!Accesses.visible(*Callee) && !Unit.Models.isLibrary(*Callee) &&
           !isInSystemHeader(*Callee) && !(Method && Method->isConst())))
        Known = false;
    }
    return Known;
  });
  return Known;
}

std::optional<TaskWork> TaskOverlap::workOf(const CallExpr &Call,
                                            const FunctionDecl &Caller,
                                            bool GivesResult) {
  TaskWork Work;
  Work.Call = &Call;
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee || !scanOperands(Call, Work))
    return std::nullopt;
  const CallOperands Operands = CallOperands::of(&Call);
  const FunctionDecl *Definition =
      isDispatched(Call, *Callee) ? nullptr : Accesses.visible(*Callee);
  if (Definition) {
    const Body &Walked = Unit.Bodies.of(*Definition);
    // A coroutine that never suspends cannot overlap with others.
    if (Walked.IsUnbuiltCoroutine ||
        (Walked.IsCoroutine && llvm::none_of(Walked.Sites, [&](const Site &S) {
           return S.What == Site::Kind::Suspend && canSuspend(*S.Node, Unit);
         })))
      return std::nullopt;
    if (!scanCallee(*Definition, GivesResult, Work))
      return std::nullopt;
  } else {
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    // Its purpose must be visible in its operands.
    if (!GivesResult || (Operands.Arguments.empty() && !Operands.Object) ||
        (Operands.Object && Method && !Method->isConst() &&
         isa<CXXThisExpr>(Operands.Object->IgnoreParenImpCasts())))
      return std::nullopt;
    Work.HandsOutNumbers = handsOutNumber(Call);
  }
  for (const Access &Each : Accesses.within(Call, Unit.Bodies.of(Caller)))
    if (!Each.Path.Root || !isLocalOfCallee(*Each.Path.Root, Caller))
      Work.Accesses.push_back(Each);
  if (Work.Accesses.size() >= ManyAccesses)
    return std::nullopt;
  // Without a result, the work consists of its changes.
  if (!GivesResult && llvm::none_of(Work.Accesses, [](const Access &Each) {
        return isChange(Each.Kind);
      }))
    return std::nullopt;
  return Work;
}

/// Whether two tasks that use \p Path may interfere although neither visibly
/// changes it.
bool TaskOverlap::isResource(const AccessPath &Path, bool NumbersCount) {
  const ValueDecl *Value = Path.Root;
  if (!Path.Steps.empty())
    Value = Path.Steps.back();
  if (!Value)
    return false;
  return refersToState(Value->getType().getNonReferenceType(),
                       /*Deeper=*/true) ||
         (NumbersCount && isPlainNumber(*Value));
}

bool TaskOverlap::mayOverlap(const TaskWork &A, const TaskWork &B) {
  // Repeating a call implies that a different result is expected.
  if (areSame(*A.Call, *B.Call, Unit.Context))
    return false;
  const bool NumbersCount = A.HandsOutNumbers && B.HandsOutNumbers;
  for (const Access &Of : A.Accesses)
    for (const Access &With : B.Accesses)
      if (touch(Of.Path, With.Path) &&
          (hasEffect(Of.Kind) || hasEffect(With.Kind) ||
           (Of.Kind == AccessKind::Read && Of.Path == With.Path &&
            isResource(Of.Path, NumbersCount))))
        return false;
  return true;
}

bool TaskOverlap::mayOverlapItself(const TaskWork &Work, const VarDecl &Element,
                                   const Expr *Range,
                                   const FunctionDecl &Caller) {
  std::optional<AccessPath> Elements =
      Range ? Accesses.pathOf(Range, Unit.Bodies.of(Caller)) : std::nullopt;
  if (Elements)
    Elements->append(nullptr);
  for (const Access &Of : Work.Accesses) {
    // Each iteration has its own element, but not the element's target.
    size_t Own = 0;
    if (Of.Path.Root == &Element)
      Own = Element.getType()->isPointerType() ? 1 : 0;
    else if (Elements && Elements->contains(Of.Path))
      Own = Elements->Steps.size();
    else if (hasEffect(Of.Kind) || (Of.Kind == AccessKind::Read &&
                                    isResource(Of.Path, Work.HandsOutNumbers)))
      return false;
    else
      continue;
    if (hasEffect(Of.Kind) &&
        llvm::is_contained(
            llvm::drop_begin(Of.Path.Steps,
                             std::min(Own, Of.Path.Steps.size())),
            nullptr))
      return false;
  }
  return true;
}

} // namespace corolint
