//===-- FlowConditions.cpp - Evaluates branch conditions ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/FlowBuilder.h"

using namespace clang;

namespace corolint {

bool FlowBuilder::isPure(const Expr &E) const {
  llvm::SmallVector<const Stmt *, 8> Stack{&E};
  for (unsigned Steps = 0; !Stack.empty(); ++Steps) {
    const Stmt *S = Stack.pop_back_val();
    if (Steps > 64)
      return false;
    if (!isa<DeclRefExpr, MemberExpr, CXXThisExpr, ImplicitCastExpr, ParenExpr,
             BinaryOperator, UnaryOperator, IntegerLiteral, CharacterLiteral,
             CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, ConstantExpr,
             ArraySubscriptExpr, GNUNullExpr, FloatingLiteral>(S))
      return false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp())
      return false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp())
      return false;
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  return true;
}

bool FlowBuilder::assumeFact(World &W, std::pair<unsigned, unsigned> Fact,
                             bool Truth) {
  auto [It, Inserted] = W.Facts.try_emplace(Fact, Truth);
  return Inserted || It->second == Truth;
}

const CallExpr *FlowBuilder::resolveCall(const World &W, const Expr *E) {
  for (unsigned Steps = 0; E && Steps < 8; ++Steps) {
    E = sourceOfInit(E);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
      return Call;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    if (!Ref)
      return nullptr;
    auto It = W.Bindings.find(Ref->getDecl());
    E = It == W.Bindings.end() ? nullptr : It->second;
  }
  return nullptr;
}

const Outcome *FlowBuilder::outcomeOf(const World &W, const Expr *E) {
  auto It = W.Results.find(resolveCall(W, E));
  return It == W.Results.end() ? nullptr : &It->second;
}

std::optional<PlaceId> FlowBuilder::readinessTest(const World &W,
                                                  const Expr *Left,
                                                  const Expr *Right) {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(resolveCall(W, Left));
  if (!Call || !Call->getMethodDecl())
    return std::nullopt;
  const auto *Value = dyn_cast_or_null<DeclRefExpr>(sourceOfInit(Right));
  if (!Value ||
      !Unit.Models.readiness(*Call->getMethodDecl(),
                             classOf(Call->getImplicitObjectArgument()
                                         ->IgnoreParenImpCasts()
                                         ->getType()),
                             ReadinessMeaning::Ready, Value->getDecl()))
    return std::nullopt;
  return KnownPlaces->of(Call->getImplicitObjectArgument());
}

/// A function that receives the result of a readiness test and the expected
/// value compares the two, and the code after it relies on equality:
/// `assert_equal(r.status(), status::value)`.
void FlowBuilder::onAssertedReadiness(llvm::ArrayRef<const Expr *> Arguments,
                                      Worlds &State) {
  for (const Expr *Value : Arguments) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(sourceOfInit(Value));
    if (!Ref || !isa<EnumConstantDecl>(Ref->getDecl()))
      continue;
    for (const Expr *Test : Arguments)
      for (World &W : State)
        if (std::optional<PlaceId> Ready = readinessTest(W, Test, Value))
          W.Facts[{ReadyFact, *Ready}] = true;
  }
}

/// A comparison for equality, built-in or overloaded.
struct FlowBuilder::Comparison {
  const Expr *Left = nullptr, *Right = nullptr;
  bool Equal = true; ///< As opposed to unequal.

  static std::optional<Comparison> in(const Expr &E) {
    if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(&E)) {
      const CXXRewrittenBinaryOperator::DecomposedForm Form =
          Rewritten->getDecomposedForm();
      if (Form.Opcode == BO_EQ || Form.Opcode == BO_NE)
        return Comparison{Form.LHS, Form.RHS, Form.Opcode == BO_EQ};
    } else if (const auto *Binary = dyn_cast<BinaryOperator>(&E)) {
      if (Binary->isEqualityOp())
        return Comparison{Binary->getLHS(), Binary->getRHS(),
                          Binary->getOpcode() == BO_EQ};
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E);
               Operator && Operator->getNumArgs() == 2 &&
               (Operator->getOperator() == OO_EqualEqual ||
                Operator->getOperator() == OO_ExclaimEqual)) {
      return Comparison{Operator->getArg(0), Operator->getArg(1),
                        Operator->getOperator() == OO_EqualEqual};
    }
    return std::nullopt;
  }
};

/// Handles `a && b`, `a || b`, `ok = lock.try_lock()` and `std::try_lock(a, b)
/// < 0`. Returns nothing for other operators.
std::optional<bool> FlowBuilder::assumeOperator(World &W,
                                                const BinaryOperator &Binary,
                                                bool Truth, unsigned Depth) {
  switch (Binary.getOpcode()) {
  case BO_LAnd:
  case BO_LOr: {
    const bool Both = (Binary.getOpcode() == BO_LAnd) == Truth;
    return !Both || (assume(W, Binary.getLHS(), Truth, Depth + 1) &&
                     assume(W, Binary.getRHS(), Truth, Depth + 1));
  }
  case BO_Assign:
    return assume(W, Binary.getRHS(), Truth, Depth + 1);
  case BO_LT:
  case BO_GE: {
    Expr::EvalResult Bound;
    const Outcome *Known = outcomeOf(W, Binary.getLHS());
    if (Known && Known->Means == LockSuccess::MinusOne &&
        !Binary.getRHS()->isValueDependent() &&
        Binary.getRHS()->EvaluateAsInt(Bound, Context) &&
        Bound.Val.getInt().isZero())
      return Known->Success == ((Binary.getOpcode() == BO_LT) == Truth);
    return std::nullopt;
  }
  default:
    return std::nullopt;
  }
}

/// Returns nothing if the comparison alone decides nothing.
std::optional<bool> FlowBuilder::assumeComparison(World &W,
                                                  const Comparison &Compared,
                                                  bool Truth, unsigned Depth) {
  const auto &[Left, Right, Equal] = Compared;
  const bool AreEqual = Equal == Truth;
  std::optional<PlaceId> Ready = readinessTest(W, Left, Right);
  if (!Ready)
    Ready = readinessTest(W, Right, Left);
  if (Ready) {
    // Ready work stays ready; work that was not ready may have become so.
    if (AreEqual)
      W.Facts[{ReadyFact, *Ready}] = true;
    return true;
  }
  // `x == true`, `pthread_mutex_trylock(&m) == 0`.
  for (auto [Value, Constant] : {std::pair(Left, Right), {Right, Left}}) {
    Expr::EvalResult Result;
    if (Constant->isValueDependent() || Value->isValueDependent() ||
        !Constant->getType()->isIntegralOrEnumerationType() ||
        !Constant->EvaluateAsInt(Result, Context))
      continue;
    if (const Outcome *Known = outcomeOf(W, Value);
        Known && Known->Means == LockSuccess::MinusOne) {
      // The value is -1, or any number but -1.
      if (Result.Val.getInt() == -1)
        return Known->Success == AreEqual;
      return !AreEqual || !Known->Success;
    }
    const bool IsZero = Result.Val.getInt().isZero();
    if (!IsZero && !sourceOfInit(Value)->getType()->isBooleanType())
      continue;
    if (!assume(W, Value, AreEqual != IsZero, Depth + 1))
      return false;
    break;
  }
  // `lock == nullptr`, `guard == std::nullopt`.
  const GuardClass *Class = Guards.of(Left->getType());
  if (!Class || !Class->Wrapper)
    return std::nullopt;
  if (sourceOfInit(Right)->getType()->isNullPtrType() ||
      isa<CXXNullPtrLiteralExpr>(sourceOfInit(Right)) ||
      !Guards.of(Right->getType()))
    if (std::optional<PlaceId> Place = KnownPlaces->of(Left)) {
      auto It = W.Objects.find(*Place);
      if (It != W.Objects.end() && It->second.Held == AreEqual)
        return false;
    }
  return std::nullopt;
}

/// `lock.owns_lock()`, `future.is_ready()`.
bool FlowBuilder::assumeTest(World &W, const CXXMemberCallExpr &Call,
                             bool Truth) {
  const Expr *Object = Call.getImplicitObjectArgument();
  const ReadinessModel *Readiness = Unit.Models.readiness(
      *Call.getMethodDecl(), classOf(Object->IgnoreParenImpCasts()->getType()));
  if (Readiness && Readiness->Ready.empty() && Truth)
    if (std::optional<PlaceId> Place = KnownPlaces->of(Object))
      W.Facts[{ReadyFact, *Place}] = true;
  const GuardClass *Class = guardOf(*Object);
  if (!Class ||
      Guards.actionOf(*Call.getMethodDecl(), *Class) != GuardAction::Tests)
    return true;
  std::optional<PlaceId> Place = KnownPlaces->of(Object);
  if (!Place)
    return true;
  auto It = W.Objects.find(*Place);
  if (It != W.Objects.end() && It->second.Class)
    return It->second.Held == Truth;
  // A guard from elsewhere: its state is now known.
  if (Truth)
    setHeld(W, *Place, Class->Element ? Class->Element : Class,
            locationOf(Call));
  else
    release(W, *Place);
  return true;
}

/// Records the truth of a condition that no other rule handles, by its form,
/// until a variable in it changes.
bool FlowBuilder::assumeForm(World &W, const Expr &E, bool Truth) {
  llvm::FoldingSetNodeID Form;
  E.Profile(Form, Context, /*Canonical=*/true);
  const unsigned Hash = Form.ComputeHash();
  llvm::SmallVector<const Stmt *, 8> Stack{&E};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    const ValueDecl *Mentioned = nullptr;
    if (const auto *R = dyn_cast<DeclRefExpr>(S))
      Mentioned = R->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Mentioned = Member->getMemberDecl();
    if (Mentioned)
      Mentions[Mentioned].push_back(Hash);
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  return assumeFact(W, {ConditionFact, Hash}, Truth);
}

bool FlowBuilder::assume(World &W, const Expr *Condition, bool Truth,
                         unsigned Depth) {
  if (Depth > 32 || !Condition)
    return true;
  const Expr *E = sourceOfInit(Condition);
  if (!E || E->isTypeDependent() || E->isValueDependent())
    return true;

  if (auto It = W.Results.find(E); It != W.Results.end())
    return It->second.truth().value_or(Truth) == Truth;

  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_LNot)
    return assume(W, Unary->getSubExpr(), !Truth, Depth + 1);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (std::optional<bool> Holds = assumeOperator(W, *Binary, Truth, Depth))
      return *Holds;
  if (std::optional<Comparison> Compared = Comparison::in(*E))
    if (std::optional<bool> Holds =
            assumeComparison(W, *Compared, Truth, Depth))
      return *Holds;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && Call->getMethodDecl())
    return assumeTest(W, *Call, Truth);
  // A pointer to a guard is null if there is no guard.
  if (const GuardClass *Class = Guards.of(E->getType());
      Class && E->getType()->isPointerType() && Class->isRaii())
    if (std::optional<PlaceId> Place = KnownPlaces->of(E))
      if (auto It = W.Objects.find(*Place); It != W.Objects.end())
        return It->second.Held == Truth || !Truth;

  if (!isPure(*E))
    return true;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (Ref && isa<VarDecl>(Ref->getDecl())) {
    auto Known =
        W.Facts.find({VariableFact, KnownPlaces->ofVariable(*Ref->getDecl())});
    if (Known != W.Facts.end())
      return Known->second == Truth;
  }
  if (Ref)
    if (auto It = W.Bindings.find(Ref->getDecl()); It != W.Bindings.end()) {
      const Expr *Bound = It->second;
      if (!assume(W, Bound, Truth, Depth + 1))
        return false;
    }
  return assumeForm(W, *E, Truth);
}

} // namespace corolint
