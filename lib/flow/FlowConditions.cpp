//===-- FlowConditions.cpp - What branches tell ---------------------------===//
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
  return Named->of(Call->getImplicitObjectArgument());
}

/// A function that is handed the result of a readiness test and what it must
/// be compares the two, and what follows relies on it:
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

  const Expr *Left = nullptr, *Right = nullptr;
  bool Equal = true;
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    CXXRewrittenBinaryOperator::DecomposedForm Form =
        Rewritten->getDecomposedForm();
    if (Form.Opcode == BO_EQ || Form.Opcode == BO_NE) {
      Left = Form.LHS;
      Right = Form.RHS;
      Equal = Form.Opcode == BO_EQ;
    }
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == BO_LAnd || Binary->getOpcode() == BO_LOr) {
      bool Both = (Binary->getOpcode() == BO_LAnd) == Truth;
      return !Both || (assume(W, Binary->getLHS(), Truth, Depth + 1) &&
                       assume(W, Binary->getRHS(), Truth, Depth + 1));
    }
    if (Binary->getOpcode() == BO_Assign)
      return assume(W, Binary->getRHS(), Truth, Depth + 1);
    // `std::try_lock(a, b) < 0`
    if (Binary->getOpcode() == BO_LT || Binary->getOpcode() == BO_GE) {
      Expr::EvalResult Bound;
      const Outcome *Known = outcomeOf(W, Binary->getLHS());
      if (Known && Known->Means == LockSuccess::MinusOne &&
          !Binary->getRHS()->isValueDependent() &&
          Binary->getRHS()->EvaluateAsInt(Bound, Context) &&
          Bound.Val.getInt().isZero())
        return Known->Success == ((Binary->getOpcode() == BO_LT) == Truth);
    }
    if (Binary->isEqualityOp()) {
      Left = Binary->getLHS();
      Right = Binary->getRHS();
      Equal = Binary->getOpcode() == BO_EQ;
    }
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
             Operator && Operator->getNumArgs() == 2 &&
             (Operator->getOperator() == OO_EqualEqual ||
              Operator->getOperator() == OO_ExclaimEqual)) {
    Left = Operator->getArg(0);
    Right = Operator->getArg(1);
    Equal = Operator->getOperator() == OO_EqualEqual;
  }
  if (Left) {
    std::optional<PlaceId> Ready = readinessTest(W, Left, Right);
    if (!Ready)
      Ready = readinessTest(W, Right, Left);
    if (Ready) {
      bool Is = Equal == Truth;
      // Work that was ready stays ready; work that was not may have become so.
      if (Is)
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
        // It is -1, or any number but -1.
        if (Result.Val.getInt() == -1)
          return Known->Success == (Equal == Truth);
        return Equal != Truth || !Known->Success;
      }
      bool IsZero = Result.Val.getInt().isZero();
      if (!IsZero && !sourceOfInit(Value)->getType()->isBooleanType())
        continue;
      if (!assume(W, Value, (Equal == Truth) != IsZero, Depth + 1))
        return false;
      break;
    }
    // `lock == nullptr`, `guard == std::nullopt`.
    if (sourceOfInit(Right)->getType()->isNullPtrType() ||
        isa<CXXNullPtrLiteralExpr>(sourceOfInit(Right)) ||
        (Guards.of(Left->getType()) && Guards.of(Left->getType())->Wrapper &&
         !Guards.of(Right->getType())))
      if (const GuardClass *Class = Guards.of(Left->getType());
          Class && Class->Wrapper)
        if (std::optional<PlaceId> Place = Named->of(Left)) {
          auto It = W.Objects.find(*Place);
          if (It != W.Objects.end() && It->second.Held == (Equal == Truth))
            return false;
        }
  }

  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && Call->getMethodDecl()) {
    const Expr *Object = Call->getImplicitObjectArgument();
    const ReadinessModel *Readiness = Unit.Models.readiness(
        *Call->getMethodDecl(),
        classOf(Object->IgnoreParenImpCasts()->getType()));
    if (Readiness && Readiness->Ready.empty() && Truth)
      if (std::optional<PlaceId> Place = Named->of(Object))
        W.Facts[{ReadyFact, *Place}] = true;
    const GuardClass *Class = guardOf(*Object);
    if (!Class ||
        Guards.actionOf(*Call->getMethodDecl(), *Class) != GuardAction::Tests)
      return true;
    std::optional<PlaceId> Place = Named->of(Object);
    if (!Place)
      return true;
    auto It = W.Objects.find(*Place);
    if (It != W.Objects.end() && It->second.Class)
      return It->second.Held == Truth;
    // A guard that came from elsewhere: now its state is known.
    if (Truth)
      setHeld(W, *Place, Class->Element ? Class->Element : Class,
              locationOf(*Call));
    else
      release(W, *Place);
    return true;
  }
  // A pointer to a guard says whether there is one.
  if (const GuardClass *Class = Guards.of(E->getType());
      Class && E->getType()->isPointerType() && Class->isRaii())
    if (std::optional<PlaceId> Place = Named->of(E))
      if (auto It = W.Objects.find(*Place); It != W.Objects.end())
        return It->second.Held == Truth || !Truth;

  if (!isPure(*E))
    return true;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (Ref && isa<VarDecl>(Ref->getDecl())) {
    auto Known =
        W.Facts.find({VariableFact, Named->ofVariable(*Ref->getDecl())});
    if (Known != W.Facts.end())
      return Known->second == Truth;
  }
  if (Ref)
    if (auto It = W.Bindings.find(Ref->getDecl()); It != W.Bindings.end()) {
      const Expr *Bound = It->second;
      if (!assume(W, Bound, Truth, Depth + 1))
        return false;
    }
  llvm::FoldingSetNodeID Shape;
  E->Profile(Shape, Context, /*Canonical=*/true);
  unsigned Hash = Shape.ComputeHash();
  llvm::SmallVector<const Stmt *, 8> Stack{E};
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

} // namespace corolint
