//===-- TaskUses.cpp - Finds out how a task is used -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/TaskUses.h"
#include "access/Containers.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

//===----------------------------------------------------------------------===//
// The tree
//===----------------------------------------------------------------------===//

StatementTree::StatementTree(const FunctionDecl &Function)
    : Function(Function) {
  llvm::SmallVector<const Stmt *, 32> Pending;
  if (const Stmt *Written = writtenBody(Function)) {
    Parents[Written] = nullptr;
    Pending.push_back(Written);
  }
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    Order.push_back(S);
    add(S, Pending);
  }
}

void StatementTree::add(const Stmt *S,
                        llvm::SmallVectorImpl<const Stmt *> &Pending) {
  llvm::SmallVector<const Stmt *, 8> Children;
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
    // The other parts of an await repeat its operand.
    Children.push_back(Await->getOperand());
  } else if (const auto *Return = dyn_cast<CoreturnStmt>(S)) {
    Children.push_back(Return->getOperand());
  } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      Children.push_back(Init);
  } else if (const auto *List = dyn_cast<InitListExpr>(S);
             List && List->isSyntacticForm() && List->getSemanticForm()) {
    Children.push_back(List->getSemanticForm());
  } else if (const auto *Pseudo = dyn_cast<PseudoObjectExpr>(S)) {
    Children.push_back(Pseudo->getSyntacticForm());
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    std::optional<const Stmt *> Taken;
    if (If->isConstexpr() && If->getCond() &&
        !If->getCond()->isValueDependent())
      Taken = If->getNondiscardedCase(Function.getASTContext());
    Children.append({If->getInit(), If->getConditionVariableDeclStmt(),
                     If->isConstexpr() ? nullptr : If->getCond(),
                     Taken ? *Taken : If->getThen(),
                     Taken ? nullptr : If->getElse()});
  } else if (!isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, OpaqueValueExpr,
                  CXXDefaultArgExpr>(S)) {
    Children.append(S->child_begin(), S->child_end());
  }
  if (const auto *Declared = dyn_cast<DeclStmt>(S))
    for (const Decl *D : Declared->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        Declarations[Variable] = S;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    References[Ref->getDecl()].push_back(Ref);
  for (const Stmt *Child : llvm::reverse(Children))
    if (Child && Parents.try_emplace(Child, S).second)
      Pending.push_back(Child);
}

const VarDecl *StatementTree::initialised(const Stmt *E) const {
  const auto *Declared = dyn_cast_or_null<DeclStmt>(parent(E));
  if (Declared)
    for (const Decl *D : Declared->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D);
          Variable && Variable->getInit() == E)
        return Variable;
  return nullptr;
}

llvm::ArrayRef<const DeclRefExpr *>
StatementTree::references(const ValueDecl &Variable) const {
  auto It = References.find(&Variable);
  if (It == References.end())
    return {};
  return It->second;
}

const Stmt *StatementTree::scopeOf(const VarDecl &Variable) const {
  const Stmt *Declared = declaration(Variable);
  return Declared ? parent(Declared) : nullptr;
}

bool StatementTree::isWithin(const Stmt *Inner, const Stmt *Outer) const {
  for (const Stmt *S = Inner; S; S = parent(S))
    if (S == Outer)
      return true;
  return false;
}

//===----------------------------------------------------------------------===//
// The path from a task to its use
//===----------------------------------------------------------------------===//

const CallExpr *taskCall(const Expr *E) {
  while (E) {
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
        Construct && Construct->getNumArgs() == 1 &&
        Construct->getConstructor()->isCopyOrMoveConstructor())
      E = Construct->getArg(0);
    else if (const Expr *Inner = innerOf(*E))
      E = Inner;
    else
      break;
  }
  return dyn_cast_or_null<CallExpr>(E);
}

const StatementTree &TaskUses::treeOf(const FunctionDecl &Function) {
  std::unique_ptr<StatementTree> &Entry = Trees[&Function];
  if (!Entry)
    Entry = std::make_unique<StatementTree>(Function);
  return *Entry;
}

namespace {

/// Whether \p S, which is not an expression, only executes \p Child and drops
/// its value.
bool dropsValue(const Stmt &S, const Stmt *Child) {
  if (isa<CompoundStmt, LabelStmt, SwitchCase, AttributedStmt>(S))
    return true;
  if (const auto *If = dyn_cast<IfStmt>(&S))
    return Child != If->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(&S))
    return Child != While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(&S))
    return Child != Do->getCond();
  if (const auto *For = dyn_cast<ForStmt>(&S))
    return Child != For->getCond();
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S))
    return Child == Range->getBody();
  return isa<CXXTryStmt, CXXCatchStmt>(S);
}

} // namespace

/// Whether \p Test, a conversion of a task, does more than test it: it calls a
/// function for its effect, such as one that produces the next value.
bool TaskUses::acts(const FunctionDecl &Test) {
  const FunctionDecl *Definition = visibleBody(Test);
  if (!Definition)
    return false;
  const StatementTree &Tree = treeOf(*Definition);
  return llvm::any_of(Tree.all(), [&](const Stmt *S) {
    if (!isa<CallExpr>(S))
      return false;
    const Stmt *Parent = Tree.parent(S);
    while (isa_and_nonnull<FullExpr>(Parent))
      S = std::exchange(Parent, Tree.parent(Parent));
    return Parent && dropsValue(*Parent, S);
  });
}

namespace {

/// The local object, not a pointer or reference, that \p E names.
const VarDecl *localObject(const Expr *E) {
  const VarDecl *Variable = variableOf(E);
  if (!Variable || !Variable->hasLocalStorage() ||
      Variable->getType()->isReferenceType() ||
      Variable->getType()->isPointerType())
    return nullptr;
  return Variable;
}

/// The variable or member that names the container to which \p Call adds an
/// element, or null.
const ValueDecl *containerOf(const CXXMemberCallExpr &Call, Facts &Unit) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  const Expr *Object = innermostOf(Call.getImplicitObjectArgument());
  if (!Method || !Object)
    return nullptr;
  const auto Action = containerAccess(*Method, *Object, Unit);
  if (!Action || !llvm::is_contained(Action->Kinds, AccessKind::Insert))
    return nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(Object))
    return Member->getMemberDecl();
  const auto *Ref = dyn_cast<DeclRefExpr>(Object);
  return Ref ? Ref->getDecl() : nullptr;
}

} // namespace

/// Functions that hand a task on: deeper chains are not followed.
static constexpr unsigned MaxTaskHandOver = 4;

/// Whether a function of \p Tree ends with \p Call, and nothing uses what that
/// returns: so it does not wait for what the call starts.
static bool endsWith(const Stmt *Call, const StatementTree &Tree,
                     const SourceManager &Sources) {
  const Stmt *Outer = Call ? Tree.parent(Call) : nullptr;
  while (isa_and_nonnull<FullExpr, CXXBindTemporaryExpr, ParenExpr>(Outer))
    Outer = Tree.parent(Outer);
  const auto *Cast = dyn_cast_or_null<CastExpr>(Outer);
  if (!Call || (isa_and_nonnull<Expr, DeclStmt, ReturnStmt>(Outer) &&
                !(Cast && Cast->getType()->isVoidType())))
    return false;
  return llvm::none_of(Tree.all(), [&](const Stmt *S) {
    return isa<CallExpr>(S) && Sources.isBeforeInTranslationUnit(
                                   Call->getEndLoc(), S->getBeginLoc());
  });
}

/// The use of the task that \p Callee takes by value as its argument \p Index,
/// if it only starts the task, or adds it to a container that lives on.
TaskUse TaskUses::ofParameter(const FunctionDecl &Callee, unsigned Index,
                              unsigned Depth) {
  const FunctionDecl *Definition = nullptr;
  if (Depth > MaxTaskHandOver || !Callee.hasBody(Definition) ||
      Definition->isDependentContext() || Definition->isInvalidDecl() ||
      Index >= Definition->getNumParams() ||
      Unit.Bodies.of(*Definition).IsCoroutine)
    return {};
  const ParmVarDecl &Param = *Definition->getParamDecl(Index);
  if (Param.isParameterPack() || Param.getType()->isLValueReferenceType())
    return {};
  auto [It, Inserted] = OfParameters.try_emplace({Definition, Index});
  if (!Inserted)
    return It->second;
  const StatementTree &Tree = treeOf(*Definition);
  const auto References = Tree.references(Param);
  if (References.size() != 1)
    return {};
  TaskUse Use = of(*References.front(), Tree, Depth + 1);
  const bool LivesOn = Use.What == TaskUse::Kind::Started ||
                       (Use.What == TaskUse::Kind::Collected && !Use.Variable &&
                        !isa_and_nonnull<ParmVarDecl>(Use.Holder));
  if (!LivesOn || !endsWith(Use.At, Tree, Unit.Context.getSourceManager()))
    return {};
  return OfParameters[{Definition, Index}] = Use;
}

/// Continues from an operand of \p Call to its value. Returns false if the call
/// decides the use of the task.
bool TaskUses::climbCall(const CallExpr &Call, const Stmt *From, bool &Handed,
                         TaskUse &Result, unsigned Depth) {
  Result.At = &Call;
  const FunctionDecl *Callee = calleeOf(Call);
  const auto *Entry =
      Callee ? Unit.modelOf(*Callee, CallOperands::of(&Call)) : nullptr;
  if (Entry && Entry->PassThrough)
    return true;
  std::optional<TaskAction> Action;
  if (Entry && Entry->Task)
    Action = Entry->Task->Action;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call);
  if (!Action && Callee && Member && From == Call.getCallee())
    if (const TaskClass *Task = Classes.of(Member->getImplicitObjectArgument()
                                               ->getType()
                                               .getNonReferenceType()))
      if (Task->Model)
        for (const TaskMethod &Method : Task->Model->Methods)
          if (Callee->getNameAsString() == Method.Method)
            Action = Method.Action;
  if (Action == TaskAction::Starts || Action == TaskAction::Detaches) {
    // A started task may be awaited, too: `co_await spawn(f())`.
    Result.What = TaskUse::Kind::Started;
    return false;
  }
  if (Action == TaskAction::Waits) {
    Result.What = TaskUse::Kind::Waited;
    return false;
  }
  if (Action == TaskAction::Chains)
    return true;
  if (!Action && Callee && !Handed && From != Call.getCallee()) {
    const CallOperands Operands = CallOperands::of(&Call);
    const auto *At = llvm::find(Operands.Arguments, From);
    const TaskUse Inner =
        At == Operands.Arguments.end()
            ? TaskUse{}
            : ofParameter(*Callee, At - Operands.Arguments.begin(), Depth);
    if (Inner.What != TaskUse::Kind::Unknown) {
      Result.What = Inner.What;
      Result.Holder = Inner.Holder;
      return false;
    }
  }
  if (Member && From != Call.getCallee() && !Handed) {
    const Expr *Object = Member->getImplicitObjectArgument();
    if (const VarDecl *Holder = localObject(Object)) {
      Result.What = TaskUse::Kind::Collected;
      Result.Variable = Holder;
      Result.Holder = Holder;
    } else if (const ValueDecl *Named = containerOf(*Member, Unit)) {
      Result.What = TaskUse::Kind::Collected;
      Result.Holder = Named;
    }
  }
  Handed = true;
  return true;
}

/// Climbs from the expression that creates a task to the node that decides its
/// use.
class TaskUses::Climb {
public:
  Climb(TaskUses &Uses, const Expr &Made, const StatementTree &Tree,
        unsigned Depth)
      : Uses(Uses), Made(Made), Tree(Tree), Depth(Depth) {
    Result.Outermost = &Made;
  }

  TaskUse run() {
    for (const Stmt *Child = &Made, *S = Tree.parent(Child); S;
         Child = S, S = Tree.parent(S)) {
      Result.At = S;
      if (std::optional<TaskUse> Use = step(*S, *Child))
        return *Use;
    }
    return First;
  }

private:
  /// The use of the task, if \p S, the parent of \p Child, decides it.
  std::optional<TaskUse> step(const Stmt &S, const Stmt &Child) {
    if (isa<CoawaitExpr, DependentCoawaitExpr>(S))
      return as(TaskUse::Kind::Awaited);
    if (isa<CoroutineSuspendExpr>(S))
      return as(TaskUse::Kind::Unknown);
    // Only explicit casts count: the left operand of a comma has an implicit
    // one.
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(&S);
        Cast && Cast->getCastKind() == CK_ToVoid && !Handed)
      return as(TaskUse::Kind::Meant);
    if (const auto *Call = dyn_cast<CallExpr>(&S))
      return onCall(*Call, Child);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
      if (!Construct->getConstructor()->isCopyOrMoveConstructor()) {
        Wrapped |= !Handed;
        Handed = true;
      }
      return std::nullopt;
    }
    // An object that wraps a task keeps it, and may never wait for it.
    if (isa<ReturnStmt, CoreturnStmt>(S))
      return as((Handed && !Wrapped && !Chained) || Tested ||
                        isa<CoreturnStmt>(S)
                    ? TaskUse::Kind::Unknown
                    : TaskUse::Kind::Returned);
    if (isa<DeclStmt>(S))
      return onDeclaration(Child);
    if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
      if (Binary->isCommaOp() && &Child == Binary->getLHS() && !Handed)
        return as(TaskUse::Kind::Discarded);
      if (!Binary->isCommaOp() && !Tested)
        return First;
      return std::nullopt;
    }
    if (const auto *E = dyn_cast<Expr>(&S)) {
      onExpression(*E);
      return std::nullopt;
    }
    return onStatement(S, Child);
  }

  TaskUse as(TaskUse::Kind What) {
    Result.What = What;
    return Result;
  }

  std::optional<TaskUse> onCall(const CallExpr &Call, const Stmt &Child) {
    // A test: `if (f())`, where the task converts to bool.
    const auto *Conversion =
        dyn_cast_or_null<CXXConversionDecl>(Call.getDirectCallee());
    if (Conversion && !Handed &&
        Conversion->getConversionType()->isBooleanType()) {
      if (Uses.acts(*Conversion))
        return as(TaskUse::Kind::Waited);
      Tested = true;
      Result.Outermost = &Call;
      return std::nullopt;
    }
    if (Tested)
      return TaskUse{};
    const bool Before = Handed;
    TaskUse Step = Result;
    if (!Uses.climbCall(Call, &Child, Handed, Step, Depth))
      return Step;
    if (Handed && !Before)
      First = Step;
    // A task made from another one finishes no earlier.
    const TaskClass *Made = Handed ? Uses.Classes.of(Call.getType()) : nullptr;
    Chained = Made && Made->IsTask && (Chained || !Before) &&
              First.What != TaskUse::Kind::Collected;
    Wrapped = false;
    if (!Handed)
      Result.Outermost = &Call;
    return std::nullopt;
  }

  TaskUse onDeclaration(const Stmt &Init) {
    if (Handed || Tested)
      return First;
    Result.Variable = Tree.initialised(&Init);
    if (Result.Variable && Result.Variable->hasLocalStorage())
      Result.What = TaskUse::Kind::Stored;
    return Result;
  }

  void onExpression(const Expr &E) {
    // `task t{f()};`
    const auto *List = dyn_cast<InitListExpr>(&E);
    const bool Same =
        innerOf(E) || isa<MemberExpr, ConditionalOperator>(E) ||
        (List && List->getNumInits() == 1 &&
         List->getType().getCanonicalType().getUnqualifiedType() ==
             Made.getType().getCanonicalType().getUnqualifiedType());
    if (Same && !Handed && !Tested && !isa<MemberExpr>(E))
      Result.Outermost = &E;
    if (!Same && !(Tested && isa<UnaryOperator>(E)))
      Handed = true;
  }

  TaskUse onStatement(const Stmt &S, const Stmt &Child) {
    if (Tested && !Handed && isa<IfStmt, WhileStmt, DoStmt, ForStmt>(S))
      return as(TaskUse::Kind::Tested);
    if (Handed || Tested)
      return First;
    if (dropsValue(S, &Child))
      Result.What = TaskUse::Kind::Discarded;
    Result.At = &Child;
    return Result;
  }

  TaskUses &Uses;
  const Expr &Made;
  const StatementTree &Tree;
  const unsigned Depth; ///< Of functions that hand the task on.
  TaskUse Result;
  bool Handed = false, Tested = false;
  bool Wrapped = false; ///< Passed only to a constructor.
  bool Chained = false; ///< Passed only to functions that return tasks.
  TaskUse First;        ///< A possible use by an invisible function.
};

TaskUse TaskUses::of(const Expr &Made, const StatementTree &Tree,
                     unsigned Depth) {
  return Climb(*this, Made, Tree, Depth).run();
}

TaskUse TaskUses::ofVariable(const VarDecl &Variable,
                             const StatementTree &Tree) {
  TaskUse Result;
  auto References = Tree.references(Variable);
  if (References.empty()) {
    Result.What = TaskUse::Kind::Discarded;
    return Result;
  }
  for (const DeclRefExpr *Ref : References) {
    TaskUse Use = of(*Ref, Tree);
    if (Ref == References.front())
      Result = Use;
    else if (Use.What != Result.What)
      Result.What = TaskUse::Kind::Unknown;
  }
  return Result;
}

} // namespace corolint
