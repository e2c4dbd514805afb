//===-- TaskCallables.cpp - How functions use callable arguments ----------===//
//===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskCallables.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"

using namespace clang;

namespace corolint {

namespace {

/// Functions that pass a callable on: deeper chains are not followed.
constexpr unsigned MaxCallableDepth = 6;

/// How long \p Callee keeps its argument \p Index, if a model declares it.
std::optional<KeptUntil> modelled(const FunctionDecl &Callee,
                                  const CallOperands &Operands, unsigned Index,
                                  Facts &Unit) {
  const auto *Entry = Unit.modelOf(Callee, Operands);
  if (!Entry || Index >= Operands.Arguments.size())
    return std::nullopt;
  for (const KeepAliveModel *Model : Entry->KeepsAlive)
    if (Model->Argument != Condition::Object &&
        llvm::is_contained(Operands.at(Model->Argument),
                           Operands.Arguments[Index]) &&
        Unit.Conditions.applies(*Model, Operands, nullptr))
      return Model->Until;
  return std::nullopt;
}

} // namespace

const CXXTryStmt *catcherOf(const Stmt &S, const StatementTree &Tree) {
  const Stmt *Child = &S;
  for (const Stmt *Outer = Tree.parent(Child); Outer;
       Child = Outer, Outer = Tree.parent(Outer)) {
    const auto *Try = dyn_cast<CXXTryStmt>(Outer);
    if (!Try || Child != Try->getTryBlock())
      continue;
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
      if (Try->getHandler(I)->getExceptionDecl())
        return Try;
  }
  return nullptr;
}

bool TaskCallables::keepsAlive(const Expr &Call, const FunctionDecl &Callee,
                               unsigned Index) {
  if (Unit.Annotations.of(Callee).has(Annotation::KeepsAlive))
    return true;
  if (Index < Callee.getNumParams() &&
      Unit.Annotations.of(*Callee.getParamDecl(Index))
          .has(Annotation::KeepsAlive))
    return true;
  CallOperands Operands = CallOperands::of(&Call);
  return modelled(Callee, Operands, Index, Unit) == KeptUntil::Finished;
}

CallableUse TaskCallables::of(const CallExpr &Call, const FunctionDecl &Callee,
                              unsigned Index) {
  CallableUse Result;
  if (keepsAlive(Call, Callee, Index)) {
    Result.Lives = CallableUse::Life::Kept;
    return Result;
  }
  CallOperands Operands = CallOperands::of(&Call);
  if (auto Until = modelled(Callee, Operands, Index, Unit)) {
    switch (*Until) {
    case KeptUntil::Invoked:
      Result.Lives = CallableUse::Life::Invoked;
      break;
    case KeptUntil::Borrowed:
      Result.Lives = CallableUse::Life::Borrowed;
      Result.ReturnsResult = true;
      break;
    default:
      Result.Lives = CallableUse::Life::Owned;
    }
    return Result;
  }
  return inBody(Callee, Index, 0);
}

/// The call with \p Ref as an operand, possibly inside casts, copies and
/// functions that pass it through, and that operand. Null if there is none.
std::pair<const CallExpr *, const Stmt *>
TaskCallables::callWith(const DeclRefExpr &Ref, const StatementTree &Tree) {
  const Stmt *Child = &Ref;
  for (const Stmt *S = Tree.parent(Child); S; S = Tree.parent(S)) {
    const auto *E = dyn_cast<Expr>(S);
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
    const auto *Entry = Callee ? Unit.Models.find(*Callee) : nullptr;
    const bool Passes =
        Call && ((Entry && Entry->PassThrough) || Call->getBuiltinCallee());
    const auto *Construct = dyn_cast<CXXConstructExpr>(S);
    const bool Copies =
        Construct && Construct->getConstructor()->isCopyOrMoveConstructor();
    if (!E || (Call && !Passes) || (!Call && !Copies && !innerOf(*E)))
      return {Call, Child};
    Child = S;
  }
  return {nullptr, Child};
}

/// Whether a lambda captures \p Operand by copy and is passed to a function
/// that destroys it right after calling it.
bool TaskCallables::endsWithHolder(const Stmt *Operand,
                                   const StatementTree &Tree) {
  const auto *Holder = dyn_cast_or_null<LambdaExpr>(Tree.parent(Operand));
  if (!Holder)
    return false;
  for (auto [Capture, Init] :
       llvm::zip(Holder->captures(), Holder->capture_inits()))
    if (Init == Operand && Capture.getCaptureKind() != LCK_ByCopy)
      return false;
  const Stmt *Argument = Holder;
  const Stmt *S = Tree.parent(Argument);
  while (isa_and_nonnull<MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                         ImplicitCastExpr>(S)) {
    Argument = S;
    S = Tree.parent(S);
  }
  const auto *Call = dyn_cast_or_null<CallExpr>(S);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee)
    return false;
  const CallOperands Operands = CallOperands::of(Call);
  const auto *At = llvm::find(Operands.Arguments, Argument);
  return At != Operands.Arguments.end() &&
         modelled(*Callee, Operands, At - Operands.Arguments.begin(), Unit) ==
             KeptUntil::Invoked;
}

/// Whether \p Operand is the callable that \p Call calls.
static bool invokes(const CallExpr &Call, const Stmt *Operand) {
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
  return Operand == Call.getCallee() ||
         (Operator && Operator->getOperator() == OO_Call &&
          Operand == Operator->getArg(0));
}

/// The use by a function that only refers to the callable, and returns a task
/// that needs it.
static CallableUse borrowed() {
  CallableUse Result;
  Result.Lives = CallableUse::Life::Borrowed;
  Result.ReturnsResult = true;
  return Result;
}

/// The use by the callee of \p Call, to which a function passes its callable
/// \p Operand on.
CallableUse TaskCallables::handedOn(const CallExpr &Call, const Stmt *Operand,
                                    bool InLibrary, unsigned Depth) {
  CallableUse Result;
  const FunctionDecl *Callee = calleeOf(Call);
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Place = llvm::find(Operands.Arguments, Operand);
  if (!Callee || Place == Operands.Arguments.end())
    return Result;
  const unsigned At = Place - Operands.Arguments.begin();
  const std::optional<KeptUntil> Until =
      InLibrary ? std::nullopt : modelled(*Callee, Operands, At, Unit);
  if (Until == KeptUntil::Borrowed)
    return borrowed();
  if (Until != KeptUntil::Invoked)
    return inBody(*Callee, At, Depth + 1);
  Result.Lives = CallableUse::Life::Invoked;
  return Result;
}

/// Combines all references to the parameter.
CallableUse TaskCallables::inBody(const FunctionDecl &Function, unsigned Index,
                                  unsigned Depth) {
  using Life = CallableUse::Life;
  CallableUse Result;
  const FunctionDecl *Definition = visibleBody(Function);
  if (!Definition || Index >= Definition->getNumParams() ||
      Depth > MaxCallableDepth ||
      Definition->getParamDecl(Index)->isParameterPack())
    return Result;
  const ParmVarDecl &Param = *Definition->getParamDecl(Index);
  const bool ByReference = Param.getType()->isReferenceType();
  if (Unit.Bodies.of(*Definition).IsCoroutine) {
    // A parameter by value is in the frame. One by reference is an ordinary
    // reference argument.
    Result.Lives = ByReference ? Life::Unknown : Life::Kept;
    return Result;
  }
  bool IsUnknown = false, EndsWithHolder = false;
  const bool InLibrary =
      Unit.Models.isLibrary(*Definition) || isInSystemHeader(*Definition);
  const StatementTree &Tree = Uses.treeOf(*Definition);
  Result.Lives = Life::Unused;
  for (const DeclRefExpr *Ref : Tree.references(Param)) {
    const auto [Call, Operand] = callWith(*Ref, Tree);
    Result.Lives = Life::Borrowed;
    if (!Call) {
      // `f.then([func = std::move(func)] { return func(); })`.
      if (endsWithHolder(Operand, Tree))
        Result.Lives = Life::Invoked;
      else
        IsUnknown = true;
      EndsWithHolder |= Result.Lives == Life::Invoked;
      continue;
    }
    CallableUse Step;
    const bool IsInvocation = invokes(*Call, Operand);
    if (!IsInvocation) {
      Step = handedOn(*Call, Operand, InLibrary, Depth);
      // The callable ends with the function that calls it.
      if (Step.Lives == Life::Invoked && !InLibrary) {
        EndsWithHolder = true;
        continue;
      }
      if (Step.Lives != Life::Borrowed && Step.Lives != Life::Owned &&
          Step.Lives != Life::Unused)
        IsUnknown = true;
    }
    Result.Catches |= Step.Catches || (IsInvocation && catcherOf(*Call, Tree));
    if (!IsInvocation && !Step.ReturnsResult) {
      Result.DropsResult |= Step.DropsResult;
      Result.Dropped = Step.Dropped;
      continue;
    }
    switch (Uses.of(*Call, Tree).What) {
    case TaskUse::Kind::Returned:
      Result.ReturnsResult = true;
      break;
    case TaskUse::Kind::Discarded:
      Result.Dropped = Call->getBeginLoc();
      [[fallthrough]];
    case TaskUse::Kind::Meant:
      Result.DropsResult = true;
      break;
    default:
      IsUnknown = true;
    }
  }
  if (IsUnknown)
    Result.Lives = Life::Unknown;
  else if (EndsWithHolder)
    Result.Lives = Life::Invoked;
  if (Result.Lives == Life::Borrowed && !ByReference)
    Result.Lives = Life::Owned;
  return Result;
}

} // namespace corolint
