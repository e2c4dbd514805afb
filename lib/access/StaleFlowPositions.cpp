//===-- StaleFlowPositions.cpp - Positions kept across a wait -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A number that was computed from a container, or that a caller compared with
// its size, is a position in it. After a suspension point, there may be no such
// element.
//
//===----------------------------------------------------------------------===//

#include "access/Containers.h"
#include "access/Interference.h"
#include "access/StaleFlowBuilder.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// Whether values of \p Type may be positions.
static bool isPosition(QualType Type) {
  return Type->isIntegerType() && !Type->isBooleanType() &&
         !Type->isEnumeralType();
}

/// Whether \p Path ends at a container with numbered elements.
static bool isNumberedAt(const AccessPath &Path, Facts &Unit) {
  const ValueDecl *Key = Path.key();
  return Key && (Path.Steps.empty() || Path.Steps.back()) &&
         isNumbered(Key->getType(), Unit);
}

/// Whether \p Key is \p Variable, or adds to it or to an iterator: `at`,
/// `at - 1`, `items.begin() + at`.
static bool selects(const Expr &Key, const ValueDecl &Variable) {
  llvm::SmallVector<const Expr *, 4> Parts{&Key};
  while (!Parts.empty()) {
    const Expr *Part = innermostOf(Parts.pop_back_val());
    // A conversion of iterators.
    while (const auto *Copied = dyn_cast_or_null<CXXConstructExpr>(Part))
      Part =
          Copied->getNumArgs() == 1 ? innermostOf(Copied->getArg(0)) : nullptr;
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Part)) {
      if (Ref->getDecl() == &Variable)
        return true;
    } else if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Part)) {
      if (Binary->isAdditiveOp())
        Parts.append({Binary->getLHS(), Binary->getRHS()});
    } else if (const auto *Sum = dyn_cast_or_null<CXXOperatorCallExpr>(Part)) {
      if (Sum->getOperator() == OO_Plus || Sum->getOperator() == OO_Minus)
        Parts.append(Sum->arg_begin(), Sum->arg_end());
    }
  }
  return false;
}

/// `items[at]`, `items.erase(items.begin() + at)`.
void StaleFlowBuilder::onPosition(const Access &Each, const Knowledge &K) {
  const bool Selects =
      Each.Key && !Each.Through &&
      (Each.Kind == AccessKind::Use || Each.Kind == AccessKind::Erase);
  // A check of the container is judged itself.
  if (!Selects || K.Checks.contains(Each.Path) ||
      K.Asserted.contains(Each.Path) || !isNumberedAt(Each.Path, Unit))
    return;
  for (const auto &[Variable, Copied] : K.Copies) {
    if (!Copied.Suspension || !isPosition(Variable->getType()) ||
        !llvm::is_contained(Copied.Of, Each.Path) ||
        !selects(*Each.Key, *Variable))
      continue;
    StaleAct Act;
    Act.What = StaleAct::Form::Position;
    Act.Place = Each.Path;
    Act.Does = Each.Kind;
    Act.Variable = cast<VarDecl>(Variable);
    Act.Act = Each.Where;
    Act.Learned = Copied.Where;
    Act.Suspension = Copied.Suspension;
    report(std::move(Act), K);
    return;
  }
}

//===----------------------------------------------------------------------===//
// Positions from callers
//===----------------------------------------------------------------------===//

namespace {

/// Finds the container in which the argument of a call is a position.
class CallersPosition {
public:
  CallersPosition(const FunctionDecl &Caller, const CallExpr &Call,
                  AccessAnalysis &Accesses)
      : Walked(Accesses.Unit.Bodies.of(Caller)), Call(Call), Accesses(Accesses),
        Sources(Accesses.Unit.Context.getSourceManager()) {}

  std::optional<PassedPosition> find(const Expr &Argument) {
    if (const VarDecl *Variable = variableOf(&Argument))
      return ofVariable(*Variable);
    return in(Argument, Argument.getBeginLoc());
  }

private:
  /// The only numbered container that \p Value reads.
  std::optional<PassedPosition> in(const Expr &Value, SourceLocation Where) {
    std::optional<PassedPosition> Found;
    for (const Access &Each : Accesses.within(Value, Walked)) {
      if (Each.Kind != AccessKind::Read ||
          !isNumberedAt(Each.Path, Accesses.Unit))
        continue;
      if (Found && !(Found->Container == Each.Path))
        return std::nullopt;
      Found = PassedPosition{nullptr, Each.Path, Where};
    }
    return Found;
  }

  /// Whether \p Condition compares \p Variable with something.
  static bool compares(const Expr &Condition, const VarDecl &Variable) {
    bool Found = false;
    forEachEvaluated(Condition, [&](const Stmt &S) {
      if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
        Found |= Binary->isRelationalOp() &&
                 (variableOf(Binary->getLHS()) == &Variable ||
                  variableOf(Binary->getRHS()) == &Variable);
      return !Found;
    });
    return Found;
  }

  /// Whether \p Branch decides whether the call is reached.
  bool guards(const IfStmt &Branch) const {
    if (Branch.getThen()->getSourceRange().fullyContains(Call.getSourceRange()))
      return true;
    return leavesFunction(Branch.getThen()) &&
           Sources.isBeforeInTranslationUnit(Branch.getEndLoc(),
                                             Call.getBeginLoc());
  }

  std::optional<PassedPosition> ofVariable(const VarDecl &Variable) {
    std::optional<PassedPosition> Found;
    if (Variable.isLocalVarDecl() && Variable.getInit() &&
        !Walked.Modified.contains(&Variable))
      Found = in(*Variable.getInit(), Variable.getLocation());
    forEachEvaluated(*writtenBody(*Walked.Function), [&](const Stmt &S) {
      const auto *Branch = dyn_cast<IfStmt>(&S);
      if (Branch && !Found && Branch->getCond() &&
          compares(*Branch->getCond(), Variable) && guards(*Branch))
        Found = in(*Branch->getCond(), Branch->getCond()->getBeginLoc());
      return true;
    });
    return Found;
  }

  const Body &Walked;
  const CallExpr &Call;
  AccessAnalysis &Accesses;
  const SourceManager &Sources;
};

} // namespace

/// Translates \p Path of a caller to the object \p Object that it calls.
static std::optional<AccessPath> relativeTo(const AccessPath &Path,
                                            const AccessPath &Object) {
  if (const auto *Variable = dyn_cast_or_null<VarDecl>(Path.Root);
      Variable && Variable->hasGlobalStorage())
    return Path;
  if (!Object.contains(Path))
    return std::nullopt;
  AccessPath Result;
  for (const FieldDecl *Step :
       llvm::drop_begin(Path.Steps, Object.Steps.size()))
    Result.append(Step);
  return Result;
}

std::vector<PassedPosition> passedPositions(const FunctionDecl &Coroutine,
                                            Interference &Others,
                                            AccessAnalysis &Accesses) {
  std::vector<PassedPosition> Found;
  if (llvm::none_of(Coroutine.parameters(), [](const ParmVarDecl *Param) {
        return isPosition(Param->getType());
      }))
    return Found;
  for (const WayIn &Way : Others.graph().entries(Coroutine)) {
    const auto *Call = dyn_cast<CallExpr>(Way.Node);
    const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
    if (!Callee || !declaresSameEntity(Callee, &Coroutine))
      continue;
    const CallOperands Operands = CallOperands::of(Call);
    std::optional<AccessPath> Object = AccessPath();
    if (Operands.Object)
      Object = Accesses.objectOf(*Operands.Object,
                                 Accesses.Unit.Bodies.of(*Way.Caller));
    CallersPosition Position(*Way.Caller, *Call, Accesses);
    for (unsigned I = 0; Object && I < Operands.Arguments.size() &&
                         I < Coroutine.getNumParams();
         ++I) {
      if (!isPosition(Coroutine.getParamDecl(I)->getType()))
        continue;
      std::optional<PassedPosition> Passed =
          Position.find(*Operands.Arguments[I]);
      std::optional<AccessPath> Container =
          Passed ? relativeTo(Passed->Container, *Object) : std::nullopt;
      if (!Container)
        continue;
      Passed->Parameter = Coroutine.getParamDecl(I);
      Passed->Container = *Container;
      Found.push_back(std::move(*Passed));
    }
  }
  return Found;
}

} // namespace corolint
