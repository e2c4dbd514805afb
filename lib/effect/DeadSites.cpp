//===-- DeadSites.cpp - Sites whose effects never matter ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/DeadSites.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/FlowGraph.h"
#include "code/Suspension.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// A variable that holds a condition may be initialised from another one.
/// Longer chains are not followed.
constexpr unsigned MaxCopies = 4;

const FunctionDecl *calleeIn(const Expr &E) {
  const auto *Call = dyn_cast<CallExpr>(&E);
  return Call ? calleeOf(*Call) : nullptr;
}

bool isZero(const Expr &E, ASTContext &Context) {
  if (E.isValueDependent() || !E.getType()->isIntegerType())
    return false;
  Expr::EvalResult Value;
  return E.EvaluateAsInt(Value, Context) && Value.Val.getInt().isZero();
}

void insertNodes(const CFGBlock &Block, llvm::DenseSet<const void *> &Nodes) {
  for (const CFGElement &Element : Block) {
    if (auto Statement = Element.getAs<CFGStmt>())
      Nodes.insert(Statement->getStmt());
    else if (auto Automatic = Element.getAs<CFGAutomaticObjDtor>())
      Nodes.insert(Automatic->getVarDecl());
    else if (auto Temporary = Element.getAs<CFGTemporaryDtor>())
      Nodes.insert(Temporary->getBindTemporaryExpr());
    else if (auto Init = Element.getAs<CFGInitializer>())
      Nodes.insert(Init->getInitializer()->getInit());
  }
}

} // namespace

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Whether \p Value is the result of a function that returns twice.
bool DeadSites::returnsTwice(const Expr &Value, const Body &Walked) {
  const Expr *E = innermostOf(&Value);
  if (const auto *Assignment = dyn_cast<BinaryOperator>(E);
      Assignment && Assignment->getOpcode() == BO_Assign)
    E = innermostOf(Assignment->getRHS());
  if (const FunctionDecl *Callee = calleeIn(*E)) {
    const auto *Entry = Unit.Models.find(*Callee);
    return Entry && Entry->Forks;
  }
  const ValueDecl *Named = namedBy(E);
  if (!Named)
    return false;
  return llvm::any_of(Walked.Sites, [&](const Site &S) {
    if (S.What != Site::Kind::Call || !S.Callee)
      return false;
    const auto *Entry = Unit.Models.find(*S.Callee);
    return Entry && Entry->Forks && Walked.AssignedTo.lookup(S.Node) == Named;
  });
}

/// Whether \p E is true if this thread is a certain one, or else if it is
/// another; nothing if it compares no threads.
std::optional<bool> DeadSites::comparesThreads(const Expr &E) {
  bool Equal = true;
  const Expr *Compare = &E;
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(Compare)) {
    Equal = Rewritten->getOpcode() != BO_NE;
    Compare = innermostOf(Rewritten->getSemanticForm());
    if (const auto *Not = dyn_cast<UnaryOperator>(Compare))
      Compare = innermostOf(Not->getSubExpr());
  }
  const Expr *Sides[2] = {};
  if (const auto *Binary = dyn_cast<BinaryOperator>(Compare);
      Binary && Binary->isEqualityOp()) {
    Equal = Binary->getOpcode() == BO_EQ;
    Sides[0] = Binary->getLHS();
    Sides[1] = Binary->getRHS();
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Compare);
             Operator && Operator->getNumArgs() == 2 &&
             (Operator->getOperator() == OO_EqualEqual ||
              Operator->getOperator() == OO_ExclaimEqual)) {
    Equal = Equal == (Operator->getOperator() == OO_EqualEqual);
    Sides[0] = Operator->getArg(0);
    Sides[1] = Operator->getArg(1);
  } else {
    return std::nullopt;
  }
  const bool Found = llvm::any_of(Sides, [&](const Expr *Side) {
    const FunctionDecl *Callee = calleeIn(*innermostOf(Side));
    return Callee && Unit.Models.readiness(*Callee, nullptr,
                                           ReadinessMeaning::ThisThread);
  });
  return Found ? std::optional(Equal) : std::nullopt;
}

/// The value of \p Condition for which the branch is never taken on the thread
/// of a coroutine, if there is one.
std::optional<bool> DeadSites::deadTruth(const Expr &Condition,
                                         const Body &Walked) {
  bool Truth = true;
  const Expr *E = innermostOf(&Condition);
  for (unsigned Copies = 0; Copies < MaxCopies;) {
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot) {
      Truth = !Truth;
      E = innermostOf(Not->getSubExpr());
      continue;
    }
    const auto *Variable = dyn_cast_or_null<VarDecl>(namedBy(E));
    if (!Variable || isa<ParmVarDecl>(Variable) || !Variable->getInit() ||
        !Variable->getType()->isBooleanType() || !Variable->hasLocalStorage() ||
        Walked.Modified.contains(Variable))
      break;
    E = innermostOf(Variable->getInit());
    ++Copies;
  }
  if (std::optional<bool> Equal = comparesThreads(*E))
    return *Equal ? !Truth : Truth;
  // `pid == 0` and similar, in the child.
  if (const auto *Compare = dyn_cast<BinaryOperator>(E);
      Compare && Compare->isComparisonOp()) {
    const Expr *Left = Compare->getLHS(), *Right = Compare->getRHS();
    BinaryOperatorKind Operator = Compare->getOpcode();
    if (isZero(*Left, Unit.Context)) {
      std::swap(Left, Right);
      Operator = BinaryOperator::reverseComparisonOp(Operator);
    }
    if (!isZero(*Right, Unit.Context) || !returnsTwice(*Left, Walked))
      return std::nullopt;
    if (Operator == BO_EQ || Operator == BO_LE)
      return Truth;
    if (Operator == BO_NE || Operator == BO_GT)
      return !Truth;
    return std::nullopt;
  }
  if (E->getType()->isIntegerType() && !E->getType()->isBooleanType() &&
      returnsTwice(*E, Walked))
    return !Truth;
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee)
    return std::nullopt;
  const CXXRecordDecl *Object = CallOperands::of(Call).objectClass();
  if (Unit.Models.readiness(*Callee, Object, ReadinessMeaning::OnLoop))
    return !Truth;
  if (Unit.Models.readiness(*Callee, Object, ReadinessMeaning::OffLoop))
    return Truth;
  return std::nullopt;
}

/// Whether some condition in the function may exclude a branch.
bool DeadSites::hasDeadBranches(const Body &Walked) {
  return llvm::any_of(Walked.Sites, [&](const Site &S) {
    if (S.What != Site::Kind::Call || !S.Callee)
      return false;
    if (const auto *Entry = Unit.Models.find(*S.Callee); Entry && Entry->Forks)
      return true;
    const CXXRecordDecl *Object = CallOperands::of(S.Node).objectClass();
    return Unit.Models.readiness(*S.Callee, Object, ReadinessMeaning::OnLoop) ||
           Unit.Models.readiness(*S.Callee, Object,
                                 ReadinessMeaning::OffLoop) ||
           Unit.Models.readiness(*S.Callee, Object,
                                 ReadinessMeaning::ThisThread);
  });
}

/// The blocks that control reaches from the entry without taking a dead branch.
llvm::BitVector DeadSites::reachableBlocks(const CFG &Graph,
                                           const Body &Walked) {
  llvm::BitVector Reached(Graph.getNumBlockIDs());
  llvm::SmallVector<const CFGBlock *, 16> Work{&Graph.getEntry()};
  Reached.set(Graph.getEntry().getBlockID());
  auto Reach = [&](const CFGBlock *Block) {
    if (!Block || Reached.test(Block->getBlockID()))
      return;
    Reached.set(Block->getBlockID());
    Work.push_back(Block);
  };
  while (!Work.empty()) {
    const CFGBlock &Block = *Work.pop_back_val();
    const Expr *Condition =
        isTwoWay(Block) ? decidingCondition(Block) : nullptr;
    std::optional<bool> Dead = Condition && !Condition->isTypeDependent()
                                   ? deadTruth(*Condition, Walked)
                                   : std::nullopt;
    const auto *Switch =
        dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt());
    const bool SwitchesOnFork =
        Switch && returnsTwice(*Switch->getCond(), Walked);
    bool Truth = true;
    for (const CFGBlock *Next : Block.succs()) {
      const auto *Case = Next && SwitchesOnFork
                             ? dyn_cast_or_null<CaseStmt>(Next->getLabel())
                             : nullptr;
      if (Dead != Truth && !(Case && isZero(*Case->getLHS(), Unit.Context)))
        Reach(Next);
      Truth = false;
    }
  }
  return Reached;
}

//===----------------------------------------------------------------------===//
// Sites
//===----------------------------------------------------------------------===//

const DeadSites::Nodes &DeadSites::deadNodes(const FunctionDecl &Function) {
  std::unique_ptr<Nodes> &Entry = Known[&Function];
  if (Entry)
    return *Entry;
  Entry = std::make_unique<Nodes>();
  const Body &Walked = Unit.Bodies.of(Function);
  const bool MayEnd = Ends.mayEnd(Function);
  const bool MayBranch = hasDeadBranches(Walked);
  if ((!MayEnd && !MayBranch) || Function.isDependentContext())
    return *Entry;
  const std::shared_ptr<const CFG> Graph = Unit.Graphs.of(Walked);
  if (!Graph)
    return *Entry;

  llvm::BitVector Alive(Graph->getNumBlockIDs(), true);
  if (MayEnd)
    Alive &= Ends.survivingBlocks(*Graph, Function);
  if (MayBranch)
    Alive &= reachableBlocks(*Graph, Walked);
  // A destructor that several blocks run is dead only if it is dead in each.
  Nodes Others;
  for (const CFGBlock *Block : *Graph)
    if (Block)
      insertNodes(*Block, Alive.test(Block->getBlockID()) ? Others : *Entry);
  for (const void *Node : Others)
    Entry->erase(Node);
  return *Entry;
}

/// The node that identifies a site in a graph.
static const void *nodeOf(const Site &S) {
  return S.What == Site::Kind::Destroy && S.Variable
             ? static_cast<const void *>(S.Variable)
             : S.Anchor;
}

bool DeadSites::isDead(const FunctionDecl &Function, const Site &S) {
  const void *At = nodeOf(S);
  return At && deadNodes(Function).contains(At);
}

const DeadSites::Conditions &
DeadSites::conditions(const FunctionDecl &Function) {
  std::unique_ptr<Conditions> &Entry = Conditional[&Function];
  if (Entry)
    return *Entry;
  Entry = std::make_unique<Conditions>();
  const auto Open = Ends.openEndings(Function);
  const std::shared_ptr<const CFG> Graph =
      Open.empty() ? nullptr : Unit.Graphs.of(Unit.Bodies.of(Function));
  if (!Graph)
    return *Entry;
  for (const FunctionDecl *Assumed : Open) {
    const llvm::BitVector Alive =
        Ends.survivingBlocks(*Graph, Function, Assumed);
    if (!Alive.test(Graph->getEntry().getBlockID()))
      Entry->Ends.push_back(Assumed);
    Nodes Dead, Others;
    for (const CFGBlock *Block : *Graph)
      if (Block)
        insertNodes(*Block, Alive.test(Block->getBlockID()) ? Others : Dead);
    for (const void *Node : Dead)
      if (!Others.contains(Node))
        Entry->Dead[Node].push_back(Assumed);
  }
  return *Entry;
}

llvm::ArrayRef<const FunctionDecl *>
DeadSites::deadIf(const FunctionDecl &Function, const Site &S) {
  const void *At = nodeOf(S);
  const auto &Dead = conditions(Function).Dead;
  auto It = At ? Dead.find(At) : Dead.end();
  return It == Dead.end() ? llvm::ArrayRef<const FunctionDecl *>() : It->second;
}

//===----------------------------------------------------------------------===//
// Waits for completed work
//===----------------------------------------------------------------------===//

namespace {

/// Whether \p E is `this`, one of its members at any depth, or an object to
/// which a member points.
bool isOwnState(const Expr *E) {
  while (E) {
    E = innermostOf(E);
    if (isa<CXXThisExpr>(E))
      return true;
    const auto *Pointer = dyn_cast<CXXOperatorCallExpr>(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = Member->getBase();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E);
             Unary && Unary->getOpcode() == UO_Deref)
      E = Unary->getSubExpr();
    else if (Pointer && Pointer->getNumArgs() == 1 &&
             (Pointer->getOperator() == OO_Arrow ||
              Pointer->getOperator() == OO_Star))
      E = Pointer->getArg(0);
    else
      return false;
  }
  return false;
}

const CXXMethodDecl *methodNamed(const CXXRecordDecl &Class, StringRef Name) {
  const CXXMethodDecl *Found = nullptr;
  auto Look = [&](const CXXRecordDecl &In) {
    for (const Decl *D : In.decls()) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        D = Template->getTemplatedDecl();
      const auto *Method = dyn_cast<CXXMethodDecl>(D);
      if (!Found && Method && Method->getIdentifier() &&
          Method->getName() == Name)
        Found = Method;
    }
  };
  Look(Class);
  Class.forallBases([&](const CXXRecordDecl *Base) {
    Look(*Base);
    return true;
  });
  return Found;
}

/// Whether \p Suspend resumes the coroutine itself before it returns.
bool resumesAtOnce(const FunctionDecl &Suspend, Facts &Unit) {
  const FunctionDecl *Definition = nullptr;
  if (!Suspend.hasBody(Definition) || Definition->isDependentContext())
    return false;
  const ParmVarDecl *Handle =
      Definition->getNumParams() ? Definition->getParamDecl(0) : nullptr;
  return llvm::any_of(Unit.Bodies.of(*Definition).Sites, [&](const Site &S) {
    const Expr *Object = CallOperands::of(S.Node).Object;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    return Object && Method && namedBy(innermostOf(Object)) == Handle &&
           (Method->getOverloadedOperator() == OO_Call ||
            (Method->getIdentifier() && Method->getName() == "resume"));
  });
}

} // namespace

/// Whether the visible body of \p Function assigns to \p Member.
static bool assigns(const FunctionDecl &Function, const ValueDecl &Member) {
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || Definition->isDependentContext())
    return false;
  bool Found = false;
  forEachEvaluated(*Definition->getBody(), [&](const Stmt &S) {
    const auto *Plain = dyn_cast<BinaryOperator>(&S);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
    const Expr *Target = nullptr;
    if (Plain && Plain->getOpcode() == BO_Assign)
      Target = Plain->getLHS();
    else if (Operator && Operator->getOperator() == OO_Equal)
      Target = Operator->getArg(0);
    Found |= Target && namedBy(innermostOf(Target)) == &Member;
    return !Found;
  });
  return Found;
}

bool isOverWhenResumed(const FunctionDecl &Function, const Site &S,
                       Facts &Unit) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  const bool IsDestructor = isa_and_nonnull<CXXDestructorDecl>(Method);
  if (!Method || !(IsDestructor || (Method->getIdentifier() &&
                                    Method->getName() == "await_resume")))
    return false;
  const Expr *Awaited = CallOperands::of(S.Node).subject();
  if (!Awaited || !isOwnState(Awaited))
    return false;
  const CXXMethodDecl *Suspend =
      methodNamed(*Method->getParent(), "await_suspend");
  const CXXMethodDecl *Ready = methodNamed(*Method->getParent(), "await_ready");
  if (!Suspend || !Ready || isAlwaysReady(*Ready) ||
      resumesAtOnce(*Suspend, Unit))
    return false;
  // The destructor may wait for other work, too.
  const ValueDecl *Member = namedBy(innermostOf(Awaited));
  return !IsDestructor || (Member && assigns(*Suspend, *Member));
}

namespace {

/// The local variable that \p E is or is a part of.
const VarDecl *localOf(const Expr *E) {
  for (unsigned Steps = 0; E && Steps < 16; ++Steps) {
    E = innermostOf(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
      return Variable && Variable->hasLocalStorage() ? Variable : nullptr;
    }
    const auto *Member = dyn_cast<MemberExpr>(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    E = Member ? Member->getBase()
        : Call ? CallOperands::of(Call).subject()
               : nullptr;
  }
  return nullptr;
}

/// Whether every path through \p Body ends with a call of a method of
/// \p Signal. A `try` does what is in it.
bool endsWithCallOf(const Stmt *Body, const VarDecl &Signal) {
  llvm::SmallVector<const Stmt *, 4> Ends{Body};
  while (!Ends.empty()) {
    const Stmt *End = Ends.pop_back_val();
    if (const auto *Try = dyn_cast_or_null<CXXTryStmt>(End)) {
      Ends.push_back(Try->getTryBlock());
    } else if (const auto *Block = dyn_cast_or_null<CompoundStmt>(End)) {
      if (Block->body_empty())
        return false;
      Ends.push_back(Block->body_back());
    } else if (const auto *If = dyn_cast_or_null<IfStmt>(End)) {
      const auto Kept = If->getNondiscardedCase(Signal.getASTContext());
      Ends.push_back(Kept ? *Kept : If->getThen());
      if (!Kept)
        Ends.push_back(If->getElse());
    } else {
      const auto *Last = dyn_cast_or_null<Expr>(End);
      const auto *Call =
          Last ? dyn_cast<CXXMemberCallExpr>(innermostOf(Last)) : nullptr;
      if (!Call || localOf(Call->getImplicitObjectArgument()) != &Signal)
        return false;
    }
  }
  return true;
}

/// Whether the last act of \p Lambda is to call a method of \p Signal, which it
/// captures by reference.
bool endsBySignalling(const LambdaExpr &Lambda, const VarDecl &Signal) {
  return llvm::any_of(Lambda.captures(),
                      [&](const LambdaCapture &Capture) {
                        return Capture.capturesVariable() &&
                               Capture.getCaptureKind() == LCK_ByRef &&
                               Capture.getCapturedVar() == &Signal;
                      }) &&
         endsWithCallOf(Lambda.getBody(), Signal);
}

/// The lambdas in the initialiser of \p Variable.
llvm::SmallVector<const LambdaExpr *, 1> lambdasIn(const VarDecl &Variable,
                                                   const Body &Walked) {
  llvm::SmallVector<const LambdaExpr *, 1> Found;
  const SourceRange Init =
      Variable.getInit() ? Variable.getInit()->getSourceRange() : SourceRange();
  const SourceManager &Sources = Variable.getASTContext().getSourceManager();
  for (const LambdaExpr *Lambda : Walked.Lambdas)
    if (Init.isValid() && Sources.isPointWithin(Lambda->getBeginLoc(),
                                                Init.getBegin(), Init.getEnd()))
      Found.push_back(Lambda);
  return Found;
}

/// The locals of which \p Operand, which is awaited, is made.
llvm::SmallVector<const VarDecl *, 1> awaitedLocals(const Expr *Operand) {
  llvm::SmallVector<const VarDecl *, 1> Found;
  llvm::SmallVector<const Expr *, 2> Parts{Operand};
  if (const auto *List = dyn_cast_or_null<InitListExpr>(innermostOf(Operand)))
    Parts.assign(List->inits().begin(), List->inits().end());
  for (const Expr *Part : Parts)
    if (const VarDecl *Local = localOf(Part))
      Found.push_back(Local);
  return Found;
}

/// Whether, before \p S, the coroutine has awaited what a callable in
/// \p Waited signals as its last act. A variable is destroyed after the awaits
/// that follow its declaration.
bool isSignalledBefore(const VarDecl &Waited, const Site &S,
                       const Body &Walked) {
  const auto Lambdas = lambdasIn(Waited, Walked);
  if (Lambdas.empty())
    return false;
  const bool AtEnd = S.What == Site::Kind::Destroy;
  for (const Site &Before : Walked.Sites) {
    if (AtEnd ? &Before < &S : &Before >= &S)
      continue;
    const auto *Await = Before.What == Site::Kind::Suspend
                            ? dyn_cast<CoroutineSuspendExpr>(Before.Node)
                            : nullptr;
    if (!Await)
      continue;
    for (const VarDecl *Signal : awaitedLocals(Await->getOperand()))
      if (llvm::any_of(Lambdas, [&](const LambdaExpr *Lambda) {
            return endsBySignalling(*Lambda, *Signal);
          }))
        return true;
  }
  return false;
}

} // namespace

bool isOverWhenAwaited(const FunctionDecl &Function, const Site &S,
                       Facts &Unit) {
  // In a handler, the awaited operation may have failed.
  const Body &Walked = Unit.Bodies.of(Function);
  if (S.InHandler || !Walked.Awaits)
    return false;
  if (S.What == Site::Kind::Call) {
    const VarDecl *Waited = localOf(CallOperands::of(S.Node).subject());
    return Waited && isSignalledBefore(*Waited, S, Walked);
  }
  if (S.What != Site::Kind::Destroy || !S.Variable)
    return false;
  // A callable that runs at the end of the scope.
  bool Any = false;
  for (const LambdaExpr *AtEnd : lambdasIn(*S.Variable, Walked))
    for (const Site &Inner : Unit.Bodies.of(*AtEnd->getCallOperator()).Sites) {
      const VarDecl *Waited =
          Inner.What == Site::Kind::Call
              ? localOf(CallOperands::of(Inner.Node).subject())
              : nullptr;
      if (!Waited || !isSignalledBefore(*Waited, S, Walked))
        return false;
      Any = true;
    }
  return Any;
}

} // namespace corolint
