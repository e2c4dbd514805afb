//===-- KeptCallables.cpp - Callables that outlive a call -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/KeptCallables.h"
#include "access/Containers.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace corolint {

namespace {

/// Functions that pass a callable on: deeper chains are not followed.
constexpr unsigned MaxKeeperDepth = 6;

/// A function that directly or indirectly calls more functions may call
/// anything.
constexpr unsigned MaxKeeperCallees = 64;

/// Whether \p Place is in an object that outlives the function in which it is
/// written: a member, a global, or the target of a reference or pointer.
bool livesOn(const Expr *Place) {
  while (Place) {
    Place = innermostOf(Place);
    if (isa<CXXThisExpr>(Place))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Place)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      return Variable && (!Variable->hasLocalStorage() ||
                          Variable->getType()->isReferenceType() ||
                          Variable->getType()->isPointerType());
    }
    if (const auto *Member = dyn_cast<MemberExpr>(Place))
      Place = Member->getBase();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Place))
      Place = Element->getBase();
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Place);
             Operator && Operator->getNumArgs() > 0 &&
             Operator->getOperator() != OO_Call)
      Place = Operator->getArg(0);
    else if (const auto *Unary = dyn_cast<UnaryOperator>(Place))
      Place = Unary->getSubExpr();
    else
      return false;
  }
  return false;
}

/// Whether \p Callee, a method, inserts into its object.
bool inserts(const FunctionDecl &Callee, const CallOperands &Operands,
             Facts &Unit) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (!Method || !Operands.Object)
    return false;
  auto Access = containerAccess(*Method, *Operands.Object, Unit);
  return Access && llvm::is_contained(Access->Kinds, AccessKind::Insert);
}

/// Whether the model \p Entry of a function declares that a call with
/// \p Operands waits or blocks.
bool mayWait(const ModelIndex::FunctionEntry &Entry,
             const CallOperands &Operands, Facts &Unit) {
  return llvm::any_of(Entry.Effects, [&](const FunctionModel *Model) {
    return Model->Effect != EffectKind::None &&
           Unit.Conditions.applies(*Model, Operands, /*Enclosing=*/nullptr);
  });
}

bool runsInCaller(const CallableModel *Model) {
  return Model->Runs == ContextKind::Caller ||
         Model->Runs == ContextKind::NoYield;
}

/// Whether \p Callee is a method of a class that a model describes completely.
bool isOfCompleteClass(const FunctionDecl &Callee, Facts &Unit) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  return Method &&
         Unit.Models.isListed(*Method->getParent(), NameList::CompleteClasses);
}

/// Whether \p S calls a function that only models describe, and no model
/// declares that it waits or runs something before it returns.
bool isKnownNotToWait(const Site &S, Facts &Unit) {
  if (S.What != Site::Kind::Call || !S.Callee)
    return false;
  if (S.Callee->isReplaceableGlobalAllocationFunction())
    return true;
  const CallOperands Operands = CallOperands::of(S.Node);
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(S.Node);
  const auto *Entry = Unit.modelOf(*S.Callee, Operands);
  if (!Unit.Models.isLibrary(*S.Callee) &&
      !isOfCompleteClass(*S.Callee, Unit) &&
      (!Entry || Entry->Callables.empty()))
    return false;
  if (Operator && Operator->getOperator() == OO_Call)
    return false;
  if (Operator && Operator->getOperator() == OO_Equal)
    return true; // It keeps a callable, and does not run it.
  if (!Entry)
    return llvm::all_of(Operands.Arguments, [](const Expr *Argument) {
      return !classOf(Argument->getType()) ||
             !classOf(Argument->getType())->isLambda();
    });
  return !mayWait(*Entry, Operands, Unit) &&
         llvm::none_of(Entry->Callables, runsInCaller);
}

/// Whether the outcome of \p Wait, which may end without the event that it
/// waits for, is not tested: `return done.wait_for(time);`.
bool endsEarlyUntested(const CallExpr &Wait, const StatementTree &Tree) {
  const auto *Method = dyn_cast<CXXMemberCallExpr>(&Wait);
  if (!Method || Method->getNumArgs() == 0 ||
      !(Wait.getType()->isBooleanType() || Wait.getType()->isEnumeralType()))
    return false;
  const Stmt *S = Tree.parent(&Wait);
  while (isa_and_nonnull<FullExpr, ParenExpr, CastExpr>(S))
    S = Tree.parent(S);
  return isa_and_nonnull<ReturnStmt, CompoundStmt>(S);
}

} // namespace

bool KeptCallables::outlivesCall(const CallExpr &Call,
                                 const FunctionDecl &Callee, unsigned Index,
                                 unsigned Depth) {
  using Life = CallableUse::Life;
  if (Depth > MaxKeeperDepth)
    return false;
  const CallOperands Operands = CallOperands::of(&Call);
  if (Index >= Operands.Arguments.size())
    return false;
  const auto *Entry = Unit.modelOf(Callee, Operands);
  if (!Entry || Entry->Callables.empty())
    return isStoredIn(Callee, Index, Depth);
  if (mayWait(*Entry, Operands, Unit) ||
      !runsLater(*Entry, Operands, *Operands.Arguments[Index]))
    return false;
  const Life Lives = Callables.of(Call, Callee, Index).Lives;
  return Lives == Life::Kept || Lives == Life::Invoked;
}

/// Whether \p Construct makes an object that runs its first argument, as a
/// thread does.
bool KeptCallables::runsCallable(const CXXConstructExpr &Construct) {
  const CallOperands Operands = CallOperands::of(&Construct);
  const auto *Entry = Unit.modelOf(*Construct.getConstructor(), Operands);
  return Entry && runsLater(*Entry, Operands, *Construct.getArg(0));
}

/// Whether \p E, with the callable \p Child as an operand, is that callable, a
/// copy of it, or an object that runs a copy.
bool KeptCallables::isCopied(const Expr &E, const Stmt *Child) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&E))
    // Also the conversion to a class that erases the type of callables.
    return Construct->getNumArgs() != 0 && Construct->getArg(0) == Child &&
           (Construct->getConstructor()->isCopyOrMoveConstructor() ||
            Construct->getConstructor()->isConvertingConstructor(false) ||
            runsCallable(*Construct));
  if (const auto *Call = dyn_cast<CallExpr>(&E)) {
    const FunctionDecl *Callee = calleeOf(*Call);
    const auto *Entry = Callee ? Unit.Models.find(*Callee) : nullptr;
    return (Entry && Entry->PassThrough) || Call->getBuiltinCallee();
  }
  return innerOf(E) != nullptr;
}

/// The call of which \p Copy, possibly copied, is an operand, and that operand;
/// or the lambda that captures it.
std::pair<const Stmt *, const Stmt *>
KeptCallables::holderOf(const Stmt &Copy, const StatementTree &Tree) {
  const Stmt *Child = &Copy;
  const Stmt *Holder = Tree.parent(Child);
  while (const auto *E = dyn_cast_or_null<Expr>(Holder)) {
    if (isa<LambdaExpr>(E) || !isCopied(*E, Child))
      break;
    Child = Holder;
    Holder = Tree.parent(Holder);
  }
  return {Holder, Child};
}

/// Whether \p Call assigns its operand \p Child to an object that lives on, or
/// inserts it into one.
bool KeptCallables::stores(const CallExpr &Call, const FunctionDecl &Callee,
                           const Stmt *Child) {
  const auto *Assign = dyn_cast<CXXOperatorCallExpr>(&Call);
  if (Assign && Assign->isAssignmentOp())
    return Assign->getNumArgs() == 2 && Assign->getArg(1) == Child &&
           livesOn(Assign->getArg(0));
  const CallOperands Operands = CallOperands::of(&Call);
  return llvm::is_contained(Operands.Arguments, Child) &&
         inserts(Callee, Operands, Unit) && livesOn(Operands.Object);
}

const CallExpr *KeptCallables::storing(const Expr &Callable,
                                       const StatementTree &Tree) {
  const auto [Holder, Child] = holderOf(Callable, Tree);
  const auto *Call = dyn_cast_or_null<CallExpr>(Holder);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  return Callee && stores(*Call, *Callee, Child) ? Call : nullptr;
}

bool KeptCallables::livesAfter(const CallExpr &Call, const StatementTree &Tree,
                               bool &Returned) {
  const CXXRecordDecl *Class = Call.getType()->getAsCXXRecordDecl();
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee || Unit.Models.startsPendingWork(*Callee))
    return false;
  if (Class && !Class->hasTrivialDestructor()) {
    // The destructor of a class that no library declares may wait.
    const GuardModel *Guard = Unit.Models.guard(*Class);
    if ((Guard && Guard->Role == GuardRole::PendingWork &&
         Guard->AcquiredBy.empty()) ||
        !(Unit.Models.isLibrary(*Class) ||
          Unit.modelOf(*Callee, CallOperands::of(&Call))))
      return false;
  }
  const auto [Holder, Child] = holderOf(Call, Tree);
  if (isa_and_nonnull<ReturnStmt>(Holder))
    return Returned = true;
  if (const auto *Keeper = dyn_cast_or_null<CallExpr>(Holder)) {
    const FunctionDecl *Keeps = calleeOf(*Keeper);
    return Keeps && stores(*Keeper, *Keeps, Child);
  }
  return isa_and_nonnull<DeclStmt>(Holder);
}

/// Whether \p Copy, a name of the callable or a lambda that holds it, ends up
/// in an object that lives on, and nothing runs it before the function returns.
bool KeptCallables::isStored(const Stmt &Copy, const StatementTree &Tree,
                             unsigned Depth) {
  const auto [Holder, Child] = holderOf(Copy, Tree);
  if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Holder))
    return isStored(*Lambda, Tree, Depth + 1);
  const auto *Call = dyn_cast_or_null<CallExpr>(Holder);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee || Depth > MaxKeeperDepth)
    return false;
  if (stores(*Call, *Callee, Child))
    return true;
  const auto *Assign = dyn_cast<CXXOperatorCallExpr>(Call);
  const CallOperands Operands = CallOperands::of(Call);
  const auto *At = llvm::find(Operands.Arguments, Child);
  if ((Assign && Assign->isAssignmentOp()) || At == Operands.Arguments.end() ||
      inserts(*Callee, Operands, Unit))
    return false;
  return outlivesCall(*Call, *Callee, At - Operands.Arguments.begin(),
                      Depth + 1);
}

/// Whether \p Function may, after \p After, call a stored callable or wait. A
/// function that calls more than `MaxKeeperCallees` others may.
bool KeptCallables::mayRun(const FunctionDecl &Function, const Stmt &After) {
  const SourceManager &Sources = Unit.Context.getSourceManager();
  const StatementTree &Tree = Uses.treeOf(Function);
  auto IsEarlier = [&](const CallExpr &Call) {
    return Tree.isWithin(&Call, &After) ||
           !Sources.isBeforeInTranslationUnit(After.getEndLoc(),
                                              Call.getEndLoc());
  };
  llvm::SmallSetVector<const FunctionDecl *, 16> Reached;
  Reached.insert(&Function);
  for (unsigned I = 0; I != Reached.size(); ++I)
    for (const Site &S : Unit.Bodies.of(*Reached[I]).Sites) {
      if (S.What == Site::Kind::Suspend)
        return true;
      const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
      if (S.What != Site::Kind::Call || !Call || (I == 0 && IsEarlier(*Call)))
        continue;
      if (!S.Callee || Reached.size() > MaxKeeperCallees)
        return true;
      const CallOperands Operands = CallOperands::of(Call);
      const auto *Entry = Unit.modelOf(*S.Callee, Operands);
      if (Entry && mayWait(*Entry, Operands, Unit))
        return true;
      if (Unit.Models.isLibrary(*S.Callee) || isInSystemHeader(*S.Callee)) {
        const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
        if (Operator && Operator->getOperator() == OO_Call)
          return true;
        continue;
      }
      const FunctionDecl *Definition = visibleBody(*S.Callee);
      if (!Definition)
        return true;
      Reached.insert(Definition);
    }
  return false;
}

bool KeptCallables::isStoredIn(const FunctionDecl &Function, unsigned Index,
                               unsigned Depth) {
  const FunctionDecl *Definition = visibleBody(Function);
  if (!Definition || Index >= Definition->getNumParams() ||
      Definition->getParamDecl(Index)->isParameterPack() ||
      Unit.Models.isLibrary(*Definition) || isInSystemHeader(*Definition) ||
      Unit.Bodies.of(*Definition).IsCoroutine)
    return false;
  auto [It, Inserted] = Known.try_emplace({Definition, Index}, false);
  if (!Inserted)
    return It->second;
  const StatementTree &Tree = Uses.treeOf(*Definition);
  bool Stores = false;
  for (const DeclRefExpr *Ref :
       Tree.references(*Definition->getParamDecl(Index))) {
    if (!isStored(*Ref, Tree, Depth))
      continue;
    const Stmt *Whole = Ref;
    while (isa_and_nonnull<Expr>(Tree.parent(Whole)))
      Whole = Tree.parent(Whole);
    if (mayRun(*Definition, *Whole))
      return false;
    Stores = true;
  }
  return Known[{Definition, Index}] = Stores;
}

bool KeptCallables::nothingFollows(const Stmt &After, const Stmt *Scope,
                                   const StatementTree &Tree) {
  if (!Scope)
    Scope = writtenBody(Tree.function());
  const SourceManager &Sources = Unit.Context.getSourceManager();
  // A loop returns to statements before the task.
  const Stmt *Loop = nullptr;
  for (const Stmt *S = &After; S && S != Scope; S = Tree.parent(S))
    if (isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S))
      Loop = S;
  SourceLocation End = Sources.getExpansionLoc(After.getEndLoc());
  for (const Site &S : Unit.Bodies.of(Tree.function()).Sites) {
    if (S.What != Site::Kind::Call && S.What != Site::Kind::Suspend)
      continue;
    SourceLocation Where = Sources.getExpansionLoc(S.Where);
    const bool Follows = Sources.isBeforeInTranslationUnit(End, Where) ||
                         (Loop && Tree.isWithin(S.Node, Loop));
    if (Follows && S.Node != &After && Tree.isWithin(S.Node, Scope) &&
        !isKnownNotToWait(S, Unit) &&
        !(isa<CallExpr>(S.Node) &&
          endsEarlyUntested(*cast<CallExpr>(S.Node), Tree)))
      return false;
  }
  return true;
}

} // namespace corolint
