//===-- TaskLoops.cpp - Finds loops that wait without suspending ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskLoops.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "code/Suspension.h"

using namespace clang;

namespace corolint {

/// What an iteration of a loop executes.
struct TaskLoops::Contents {
  bool Suspends = false;        ///< In a way that lets the event happen.
  bool Reschedules = false;     ///< Only lets others run.
  bool DoesOther = false;       ///< Makes other calls, or changes state.
  bool Exits = false;           ///< By other ways than its condition.
  bool IsEmpty = false;         ///< It executes only its condition.
  const Expr *Polled = nullptr; ///< The state that it tests.
  llvm::SmallPtrSet<const ValueDecl *, 4> Modified;
  /// The variables that the conditions of its exits read.
  llvm::SmallVector<const ValueDecl *, 4> ExitsBy;
  /// The conditions of exits that every iteration passes.
  llvm::SmallVector<const Expr *, 2> LeavesIf;
  llvm::SmallPtrSet<const ValueDecl *, 2> Answers; ///< Of what it polls.
};

namespace {

const Expr *conditionOf(const Stmt &Loop) {
  if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    return While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(&Loop))
    return Do->getCond();
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    return For->getCond();
  return nullptr;
}

/// The variables and members that \p E reads.
llvm::SmallVector<const ValueDecl *, 4> namedIn(const Expr &E) {
  llvm::SmallVector<const ValueDecl *, 4> Result;
  llvm::SmallVector<const Stmt *, 8> Pending{&E};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Result.push_back(Ref->getDecl());
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      Result.push_back(Member->getMemberDecl());
    Pending.append(S->child_begin(), S->child_end());
  }
  return Result;
}

const ValueDecl *assigned(const Expr *Target) {
  Target = Target->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Target))
    return Ref->getDecl();
  if (const auto *Member = dyn_cast<MemberExpr>(Target))
    return Member->getMemberDecl();
  return nullptr;
}

bool isLocalNumber(const ValueDecl &Variable) {
  const auto *Local = dyn_cast<VarDecl>(&Variable);
  return Local && Local->hasLocalStorage() &&
         Local->getType()->isArithmeticType();
}

/// Whether \p Exit leaves the enclosing \p Loop.
bool leaves(const Stmt &Exit, const Stmt &Loop, const StatementTree &Tree) {
  if (!isa<BreakStmt>(Exit))
    return isa<ReturnStmt, CoreturnStmt, GotoStmt, CXXThrowExpr>(Exit);
  for (const Stmt *S = Tree.parent(&Exit); S != &Loop; S = Tree.parent(S))
    if (isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, SwitchStmt>(S))
      return false;
  return true;
}

/// The condition under which \p Exit alone leaves \p Loop, if every iteration
/// evaluates it.
const Expr *conditionOfExit(const Stmt &Exit, const Stmt &Loop,
                            const StatementTree &Tree) {
  const Stmt *Inner = &Exit;
  const Stmt *Around = Tree.parent(Inner);
  if (isa_and_nonnull<CompoundStmt>(Around)) {
    Inner = Around;
    Around = Tree.parent(Inner);
  }
  const auto *If = dyn_cast_or_null<IfStmt>(Around);
  if (!If || If->getThen() != Inner)
    return nullptr;
  const Stmt *Outer = Tree.parent(If);
  if (isa_and_nonnull<CompoundStmt>(Outer))
    Outer = Tree.parent(Outer);
  return Outer == &Loop ? If->getCond() : nullptr;
}

/// Whether \p S calls a method that changes \p State.
bool callsMutator(const Stmt &S, const ValueDecl &State) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&S);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  return Method && !Method->isConst() &&
         assigned(Call->getImplicitObjectArgument()) == &State;
}

} // namespace

/// Whether \p Loop only delays the next attempt of an outer loop to change the
/// polled state, as a spin lock with back-off does.
bool TaskLoops::delaysAttempt(const Stmt &Loop, const Expr &Polled,
                              const StatementTree &Tree) {
  const auto *Poll = dyn_cast<CXXMemberCallExpr>(&Polled);
  const ValueDecl *State =
      Poll ? assigned(Poll->getImplicitObjectArgument()) : nullptr;
  const Stmt *Outer = Tree.parent(&Loop);
  while (Outer && !isa<WhileStmt, DoStmt, ForStmt>(Outer))
    Outer = Tree.parent(Outer);
  if (!State || !Outer)
    return false;
  return llvm::any_of(Tree.all(), [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || !Tree.isWithin(S, Outer) || Tree.isWithin(S, &Loop))
      return false;
    const FunctionDecl *Callee = calleeOf(*Call);
    Callee = Callee ? visibleBody(*Callee) : nullptr;
    return callsMutator(*S, *State) ||
           (Callee &&
            llvm::any_of(Uses.treeOf(*Callee).all(), [&](const Stmt *Inner) {
              return callsMutator(*Inner, *State);
            }));
  });
}

/// Whether `Left Operator Right` holds.
static bool comparesAs(BinaryOperatorKind Operator, int64_t Left,
                       int64_t Right) {
  switch (Operator) {
  case BO_LT:
    return Left < Right;
  case BO_LE:
    return Left <= Right;
  case BO_GT:
    return Left > Right;
  case BO_GE:
    return Left >= Right;
  case BO_NE:
    return Left != Right;
  default:
    return Left == Right;
  }
}

/// Whether \p Call reads state that others change. A loop that only converts an
/// object waits for that.
bool TaskLoops::polls(const CallExpr &Call) {
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return false;
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(*Callee, Operands);
  // A question with a time limit blocks instead of spinning.
  const bool Asks =
      Entry && Entry->Polls &&
      llvm::none_of(Entry->Effects, [&](const FunctionModel *Model) {
        return Model->Effect == EffectKind::Blocks &&
               Unit.Conditions.applies(*Model, Operands, nullptr);
      });
  return Asks || isa<CXXConversionDecl>(Callee) ||
         Unit.Models.readiness(*Callee, Operands.objectClass());
}

/// Whether \p Callee writes events to the caller's memory, as `poll` and
/// `waitpid` do. Loads of counters do not.
static bool writesEvents(const FunctionDecl &Callee) {
  return llvm::any_of(Callee.parameters(), [](const ParmVarDecl *Parameter) {
    const QualType Type = Parameter->getType();
    return Type->isPointerType() &&
           !Type->getPointeeType().isConstQualified() &&
           !Type->getPointeeType().isVolatileQualified();
  });
}

/// Whether \p E is the number of events that a polled call returns, or a
/// variable that holds it.
bool TaskLoops::isAnswer(const Expr &E, const Contents &Inside) {
  const Expr *Inner = innermostOf(&E);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Inner);
      Binary && Binary->getOpcode() == BO_Assign)
    Inner = innermostOf(Binary->getRHS());
  if (Inner->getType()->isBooleanType() || !Inner->getType()->isIntegerType())
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
    return Inside.Answers.contains(Ref->getDecl());
  const auto *Call = dyn_cast<CallExpr>(Inner);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  return Callee && writesEvents(*Callee) && polls(*Call);
}

/// Whether \p Condition being \p Holds means that a polled call answered
/// anything but 0: it had an event, or failed.
bool TaskLoops::meansEvent(const Expr &Condition, bool Holds,
                           const Contents &Inside) {
  llvm::SmallVector<std::pair<const Expr *, bool>, 4> Pending{
      {&Condition, Holds}};
  while (!Pending.empty()) {
    auto [E, Truth] = Pending.pop_back_val();
    E = E->IgnoreParenImpCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot) {
      Pending.emplace_back(Not->getSubExpr(), !Truth);
      continue;
    }
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (Binary && Binary->getOpcode() == (Truth ? BO_LAnd : BO_LOr)) {
      Pending.emplace_back(Binary->getLHS(), Truth);
      Pending.emplace_back(Binary->getRHS(), Truth);
      continue;
    }
    if (isAnswer(*E, Inside) && Truth)
      return true;
    if (!Binary || !Binary->isComparisonOp())
      continue;
    const bool OnLeft = isAnswer(*Binary->getLHS(), Inside);
    if (!OnLeft && !isAnswer(*Binary->getRHS(), Inside))
      continue;
    const Expr *Other = OnLeft ? Binary->getRHS() : Binary->getLHS();
    Expr::EvalResult Value;
    if (Other->isValueDependent() || !Other->EvaluateAsInt(Value, Unit.Context))
      continue;
    const int64_t Bound = Value.Val.getInt().getExtValue();
    const int64_t Left = OnLeft ? 0 : Bound;
    const int64_t Right = OnLeft ? Bound : 0;
    if (comparesAs(Binary->getOpcode(), Left, Right) != Truth)
      return true;
  }
  return false;
}

/// Whether \p Call, in the condition of a loop with an empty body, only reads
/// its object: `while (!work.result());`. Nothing in the loop changes the
/// result.
static bool onlyAsks(const CallExpr &Call) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
  if (!Method || !Method->isConst() || Call.getNumArgs() != 0)
    return false;
  const FunctionDecl *Definition = visibleBody(*Method);
  if (!Definition)
    return true;
  // A getter; any other body may wait by itself.
  llvm::SmallVector<const Stmt *, 8> Pending{Definition->getBody()};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    if (isa<CallExpr, CXXConstructExpr, WhileStmt, ForStmt, DoStmt>(S))
      return false;
    Pending.append(S->child_begin(), S->child_end());
  }
  return true;
}

/// Whether the body of \p Loop does nothing.
static bool isEmpty(const Stmt &Loop) {
  const Stmt *Body = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    Body = While->getBody();
  else if (const auto *Do = dyn_cast<DoStmt>(&Loop))
    Body = Do->getBody();
  else if (const auto *For = dyn_cast<ForStmt>(&Loop); For && !For->getInc())
    Body = For->getBody();
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  return isa_and_nonnull<NullStmt>(Body) || (Block && Block->body_empty());
}

void TaskLoops::readCall(const CallExpr &Call, Contents &Result) {
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee) {
    Result.DoesOther = true;
    return;
  }
  CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(*Callee, Operands);
  if (Callee->isNoReturn())
    Result.Exits = true;
  // Advancing an iterator.
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
      Operator &&
      (Operator->isAssignmentOp() || Operator->getOperator() == OO_PlusPlus ||
       Operator->getOperator() == OO_MinusMinus))
    if (const ValueDecl *Changed = assigned(Operator->getArg(0)))
      Result.Modified.insert(Changed);
  if (polls(Call) || (Result.IsEmpty && onlyAsks(Call))) {
    Result.Polled = Result.Polled ? Result.Polled : &Call;
    return;
  }
  if (Entry && (Entry->Pauses || Entry->PassThrough))
    return;
  // A constant evaluation changes nothing.
  if (!Callee->isConstexpr() && !Call.getBuiltinCallee())
    Result.DoesOther = true;
}

void TaskLoops::readAwait(const Stmt &Await, Contents &Result) {
  if (!canSuspend(Await, Unit))
    return;
  Result.Suspends = true;
  const auto *Suspension = dyn_cast<CoroutineSuspendExpr>(&Await);
  if (!Suspension || !isa<CoawaitExpr>(Await))
    return;
  const Expr *Operand = Suspension->getOperand();
  const CXXRecordDecl *Class = classOf(Operand->getType());
  bool Found = Class && Unit.Models.isListed(*Class, NameList::Reschedules);
  if (const CallExpr *Call = taskCall(Operand))
    if (const FunctionDecl *Callee = calleeOf(*Call))
      if (const auto *Entry = Unit.modelOf(*Callee, CallOperands::of(Call)))
        Found |= Entry->Reschedules;
  if (Found) {
    Result.Suspends = false;
    Result.Reschedules = true;
  }
}

TaskLoops::Contents TaskLoops::read(const Stmt &Loop,
                                    const StatementTree &Tree) {
  Contents Result;
  Result.IsEmpty = isEmpty(Loop);
  bool Suspended = false;
  llvm::SmallVector<const Stmt *, 16> Pending(Loop.child_begin(),
                                              Loop.child_end());
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    Pending = {For->getCond(), For->getInc(), For->getBody()};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    if (isSuspensionPoint(*S)) {
      readAwait(*S, Result);
      Suspended |= Result.Suspends;
      // Creating an awaitable that only reschedules has no other effect.
      if (!Result.Suspends)
        continue;
    }
    if (isa<LambdaExpr>(S))
      continue;
    if (leaves(*S, Loop, Tree)) {
      Result.Exits = true;
      for (const Stmt *Around = Tree.parent(S); Around && Around != &Loop;
           Around = Tree.parent(Around))
        if (const auto *If = dyn_cast<IfStmt>(Around))
          Result.ExitsBy.append(namedIn(*If->getCond()));
      if (const Expr *Condition = conditionOfExit(*S, Loop, Tree))
        Result.LeavesIf.push_back(Condition);
    }
    if (const auto *Return = dyn_cast<CoreturnStmt>(S)) {
      // The call of the promise belongs to the coroutine itself.
      Pending.push_back(Return->getOperand());
      continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S))
      readCall(*Call, Result);
    const Expr *Target = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp())
      Target = Binary->getLHS();
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp())
      Target = Unary->getSubExpr();
    if (Target) {
      const ValueDecl *Changed = assigned(Target);
      // A variable that holds the polled value is not a counter.
      const auto *Plain = dyn_cast<BinaryOperator>(S);
      const auto *Asked = Plain && Plain->getOpcode() == BO_Assign
                              ? dyn_cast<CallExpr>(innermostOf(Plain->getRHS()))
                              : nullptr;
      if (Changed && !(Asked && polls(*Asked)))
        Result.Modified.insert(Changed);
      if (Changed && Asked && isAnswer(*Asked, Result))
        Result.Answers.insert(Changed);
      if (!Changed || !isLocalNumber(*Changed))
        Result.DoesOther = true;
    }
    if (isa<CXXNewExpr, CXXDeleteExpr>(S))
      Result.DoesOther = true;
    if (const auto *Declaration = dyn_cast<DeclStmt>(S))
      for (const Decl *Declared : Declaration->decls())
        if (const auto *Local = dyn_cast<VarDecl>(Declared);
            Local && Local->getInit())
          if (isAnswer(*Local->getInit(), Result))
            Result.Answers.insert(Local);
    Pending.append(S->child_begin(), S->child_end());
  }
  Result.Suspends = Suspended;
  return Result;
}

/// Whether \p Condition reads a flag that only others can change.
bool TaskLoops::readsFlag(const Expr &Condition) {
  const Expr *E = Condition.IgnoreParenImpCasts();
  while (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() != UO_LNot)
      return false;
    E = Unary->getSubExpr()->IgnoreParenImpCasts();
  }
  if (!E->getType()->isBooleanType())
    return false;
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isa<FieldDecl>(Member->getMemberDecl());
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Variable && !Variable->getType().isConstQualified() &&
         (!Variable->hasLocalStorage() ||
          Ref->refersToEnclosingVariableOrCapture() ||
          Variable->getType()->isReferenceType());
}

void TaskLoops::judgeLoop(const Stmt &Loop, const StatementTree &Tree) {
  Contents Inside = read(Loop, Tree);
  if (Inside.Suspends)
    return;
  const Expr *Condition = conditionOf(Loop);
  bool Always = !Condition;
  if (Condition && !Condition->isValueDependent()) {
    bool Value = false;
    Always = Condition->EvaluateAsBooleanCondition(Value, Unit.Context);
    if (Always && !Value)
      return;
  }
  TaskFinding Finding{Inside.Reschedules ? TaskFinding::Kind::ReschedulingLoop
                                         : TaskFinding::Kind::PollingLoop,
                      Loop.getBeginLoc()};
  const bool IsCoroutine = Unit.Bodies.of(Tree.function()).IsCoroutine;
  if (IsCoroutine && Always && !Inside.Exits && !Inside.Reschedules) {
    Finding.What = TaskFinding::Kind::EndlessLoop;
  } else {
    if (Inside.DoesOther)
      return;
    // A loop with a counter ends sooner or later.
    if (Condition && !Always)
      Inside.ExitsBy.append(namedIn(*Condition));
    for (const ValueDecl *Named : Inside.ExitsBy)
      if (Inside.Modified.contains(Named))
        return;
    // A loop that continues only after an event drains the events, and ends:
    // `while (waitpid(-1, &status, WNOHANG) > 0);`.
    if ((Condition && !Always && meansEvent(*Condition, true, Inside)) ||
        llvm::any_of(Inside.LeavesIf, [&](const Expr *Exit) {
          return meansEvent(*Exit, false, Inside);
        }))
      return;
    if (Inside.Reschedules && Inside.Polled &&
        delaysAttempt(Loop, *Inside.Polled, Tree))
      return;
    if (Inside.Polled)
      Finding.Notes.push_back(
          {TaskNote::Kind::Polled, Inside.Polled->getExprLoc()});
    else if (Condition && !Always && readsFlag(*Condition))
      Finding.Notes.push_back(
          {TaskNote::Kind::Polled, Condition->getExprLoc()});
    else
      return;
  }
  if (Reported.insert(Finding.Where).second)
    Found.push_back(std::move(Finding));
}

std::vector<TaskFinding> TaskLoops::judge(const FunctionDecl &Function) {
  // A library's loops are not reported, wherever its headers are.
  if (Unit.Models.isLibrary(Function))
    return {};
  const StatementTree &Tree = Uses.treeOf(Function);
  for (const Stmt *S : Tree.all())
    if (isa<WhileStmt, DoStmt, ForStmt>(S))
      judgeLoop(*S, Tree);
  return std::exchange(Found, {});
}

} // namespace corolint
