//===-- SerialAwaits.cpp - Awaits that could overlap ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/SerialAwaits.h"
#include "access/Containers.h"
#include "access/LifetimeBorrows.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/Suspension.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace corolint {

namespace {

/// The awaits that evaluating \p Root always executes and that are not in the
/// operand of another. Nothing if one of them depends on a condition.
std::optional<llvm::SmallVector<const CoawaitExpr *, 2>>
awaitsIn(const Stmt &Root) {
  llvm::SmallVector<const CoawaitExpr *, 2> Result;
  bool Conditional = false, Nested = false;
  forEachEvaluated(Root, [&](const Stmt &S) {
    const auto *Binary = dyn_cast<BinaryOperator>(&S);
    Conditional |= isa<AbstractConditionalOperator, StmtExpr>(S) ||
                   (Binary && (Binary->isLogicalOp() || Binary->isCommaOp()));
    if (isa<DependentCoawaitExpr, CoyieldExpr>(S))
      Nested = true;
    const auto *Await = dyn_cast<CoawaitExpr>(&S);
    if (!Await)
      return true;
    Result.push_back(Await);
    forEachEvaluated(*Await->getOperand(), [&](const Stmt &Inner) {
      Nested |= isa<CoroutineSuspendExpr>(Inner);
      return true;
    });
    return false;
  });
  if (Nested || (Conditional && !Result.empty()))
    return std::nullopt;
  return Result;
}

/// The expression that a statement in a sequence evaluates: the initialiser of
/// its only variable, its returned expression, or itself. Null for other
/// statements.
const Expr *evaluatedBy(const Stmt &S, const VarDecl *&Variable) {
  if (const auto *E = dyn_cast<Expr>(&S))
    return E;
  if (const auto *Return = dyn_cast<CoreturnStmt>(&S))
    return Return->getOperand();
  const auto *Declared = dyn_cast<DeclStmt>(&S);
  if (!Declared || !Declared->isSingleDecl())
    return nullptr;
  Variable = dyn_cast<VarDecl>(Declared->getSingleDecl());
  return Variable && Variable->hasLocalStorage() ? Variable->getInit()
                                                 : nullptr;
}

/// Whether \p Code names one of \p Variables.
bool mentions(const Stmt &Code, llvm::ArrayRef<const ValueDecl *> Variables) {
  bool Found = false;
  forEachEvaluated(Code, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
      const ValueDecl *Named = Ref->getDecl();
      if (const auto *Binding = dyn_cast<BindingDecl>(Named))
        Named = cast<ValueDecl>(Binding->getDecomposedDecl());
      Found |= llvm::is_contained(Variables, Named);
    } else if (const auto *Member = dyn_cast<MemberExpr>(&S)) {
      Found |= llvm::is_contained(Variables, Member->getMemberDecl());
    }
    return !Found;
  });
  return Found;
}

/// The variables and members that \p Code names outside \p Except.
llvm::SmallVector<const ValueDecl *, 4> namedOutside(const Stmt &Code,
                                                     const Stmt &Except) {
  llvm::SmallVector<const ValueDecl *, 4> Result;
  forEachEvaluated(Code, [&](const Stmt &S) {
    if (&S == &Except)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Result.push_back(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(&S))
      Result.push_back(Member->getMemberDecl());
    return true;
  });
  return Result;
}

/// The variable that differs in each iteration of \p Loop, or null if there is
/// none. \p Range is set to the range of a range-for.
const VarDecl *elementOf(const Stmt &Loop, const Expr *&Range) {
  if (const auto *Each = dyn_cast<CXXForRangeStmt>(&Loop)) {
    Range = Each->getRangeInit();
    return Each->getLoopVariable();
  }
  const auto *For = dyn_cast<ForStmt>(&Loop);
  const auto *Step =
      For ? dyn_cast_or_null<UnaryOperator>(For->getInc()) : nullptr;
  const auto *Counter =
      Step && Step->isIncrementDecrementOp()
          ? dyn_cast<DeclRefExpr>(Step->getSubExpr()->IgnoreParenImpCasts())
          : nullptr;
  const auto *Init = For ? dyn_cast_or_null<DeclStmt>(For->getInit()) : nullptr;
  if (!Counter || !Init || !Init->isSingleDecl() ||
      Init->getSingleDecl() != Counter->getDecl())
    return nullptr;
  return dyn_cast<VarDecl>(Counter->getDecl());
}

/// Whether \p E only collects the result of \p Await: `v.push_back(co_await
/// f())`, `sum += co_await f()`, `v[i] = co_await f(i)`.
bool collects(const Expr &E, const CoawaitExpr &Await, const VarDecl &Element,
              Facts &Unit) {
  const Expr *Whole = innermostOf(&E);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Whole))
    return Binary->isAssignmentOp() &&
           innermostOf(Binary->getRHS()) == &Await &&
           (Binary->isCompoundAssignmentOp() ||
            mentions(*Binary->getLHS(), {&Element}));
  const auto *Call = dyn_cast<CallExpr>(Whole);
  const auto *Method =
      Call ? dyn_cast_or_null<CXXMethodDecl>(calleeOf(*Call)) : nullptr;
  const CallOperands Operands = CallOperands::of(Call);
  if (!Method || !Operands.Object || Operands.Arguments.size() != 1)
    return false;
  if (Method->getOverloadedOperator() == OO_Equal)
    return mentions(*Operands.Object, {&Element});
  std::optional<ContainerAccess> Action =
      containerAccess(*Method, *Operands.Object, Unit);
  return Action && llvm::is_contained(Action->Kinds, AccessKind::Insert);
}

/// The operand of \p E, if \p E is only a conversion.
const Expr *convertedFrom(const Expr *E) {
  E = innermostOf(E);
  while (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() == 0 ||
        !llvm::all_of(llvm::drop_begin(Construct->arguments()),
                      [](const Expr *Argument) {
                        return isa<CXXDefaultArgExpr>(Argument);
                      }))
      break;
    E = innermostOf(Construct->getArg(0));
  }
  return E;
}

bool isInMacro(const Stmt &S) {
  return S.getBeginLoc().isMacroID() || S.getEndLoc().isMacroID();
}

} // namespace

std::optional<SerialAwaits::Step>
SerialAwaits::stepOf(const CoawaitExpr &Await, bool GivesResult,
                     const StatementTree &Tree) {
  if (!canSuspend(Await, Unit) || hopAt(Await, Unit).Where != Hop::None)
    return std::nullopt;
  Step Result;
  Result.Await = &Await;
  const Expr *Operand = innermostOf(Await.getOperand());
  if (const auto *Moved = dyn_cast<CallExpr>(Operand))
    if (const FunctionDecl *Callee = calleeOf(*Moved))
      if (const auto *Entry = Unit.modelOf(*Callee, CallOperands::of(Moved));
          Entry && Entry->PassThrough && Moved->getNumArgs() == 1)
        Operand = innermostOf(Moved->getArg(0));
  const auto *Call = dyn_cast<CallExpr>(Operand);
  Result.IsDirect = Call && Operand == innermostOf(Await.getOperand());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Operand)) {
    // A lazy task does nothing while it is stored in a variable.
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    Call = Variable && Variable->hasLocalStorage() &&
                   Tree.references(*Variable).size() == 1
               ? taskCall(Variable->getInit())
               : nullptr;
    const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
    if (!Callee || !Classes.startsLazily(*Callee))
      return std::nullopt;
  }
  Result.Task = Call ? Classes.of(Call->getType()) : nullptr;
  if (!Result.Task || !Result.Task->IsTask || !Result.Task->IsAwaitable ||
      Guards.of(Await.getType().getNonReferenceType()))
    return std::nullopt;
  std::optional<TaskWork> Work = Overlap.workOf(*Call, *Function, GivesResult);
  if (!Work)
    return std::nullopt;
  Result.Work = std::move(*Work);
  return Result;
}

std::optional<SerialAwaits::Step>
SerialAwaits::stepOf(const Stmt &Statement, const StatementTree &Tree) {
  const VarDecl *Variable = nullptr;
  const Expr *E = evaluatedBy(Statement, Variable);
  auto Awaits = E ? awaitsIn(*E) : std::nullopt;
  if (!Awaits || Awaits->size() != 1)
    return std::nullopt;
  const CoawaitExpr &Await = *Awaits->front();
  const bool IsWhole =
      convertedFrom(E) == &Await && !isa<CoreturnStmt>(Statement);
  bool GivesResult = !Await.getType()->isVoidType();
  if (IsWhole && Variable) {
    // An object that is only destroyed is some kind of guard.
    if (Tree.references(*Variable).empty() && !isa<DecompositionDecl>(Variable))
      return std::nullopt;
  } else if (IsWhole) {
    GivesResult = false;
  }
  std::optional<Step> Result = stepOf(Await, GivesResult, Tree);
  if (Result) {
    Result->Result = Variable;
    Result->IsWhole = IsWhole;
  }
  return Result;
}

/// The steps of a statement with several awaits, all of which could overlap.
llvm::SmallVector<SerialAwaits::Step, 2>
SerialAwaits::stepsWithin(const Stmt &Statement, const StatementTree &Tree) {
  const VarDecl *Variable = nullptr;
  const Expr *E = evaluatedBy(Statement, Variable);
  auto Awaits = E ? awaitsIn(*E) : std::nullopt;
  llvm::SmallVector<Step, 2> Result;
  if (!Awaits || Awaits->size() < 2)
    return Result;
  for (const CoawaitExpr *Await : *Awaits) {
    std::optional<Step> Next = Await->getType()->isVoidType()
                                   ? std::nullopt
                                   : stepOf(*Await, /*GivesResult=*/true, Tree);
    if (!Next || !follows(Result, *Next))
      return {};
    Result.push_back(std::move(*Next));
  }
  return Result;
}

bool SerialAwaits::follows(llvm::ArrayRef<Step> Row, const Step &Next) {
  return llvm::all_of(Row, [&](const Step &Before) {
    return !(Before.Result && mentions(*Next.Work.Call, {Before.Result})) &&
           Overlap.mayOverlap(Before.Work, Next.Work);
  });
}

/// Names the function given by a model, and offers a fix with it if it returns
/// the results in order.
void SerialAwaits::addGather(llvm::ArrayRef<Step> Row, TaskFinding &Finding) {
  const TaskModel *Model = Row.front().Task->Model;
  if (!Model || Model->WhenAll.empty() ||
      !isDeclared(Model->WhenAll, Unit.Context))
    return;
  Finding.Notes.push_back(
      {TaskNote::Kind::Gathers, Finding.Where, Model->WhenAll.str()});
  if (!Model->WhenAllGivesValues || Row.size() < 2)
    return;
  const bool Named = Row.front().Result;
  std::string Names;
  for (const Step &Each : Row) {
    const VarDecl *Result = Each.Result;
    if (!Each.IsWhole || !Each.IsDirect || (Result != nullptr) != Named ||
        Each.Task->Model != Model ||
        Named == Each.Await->getType()->isVoidType())
      return;
    if (!Named)
      continue;
    // A structured binding can replace the variable only if the type is the
    // same, and it is never moved from implicitly.
    const QualType Type = Result->getType();
    if (isa<DecompositionDecl>(Result) || Type->isReferenceType() ||
        Type.isConstQualified() ||
        !Unit.Context.hasSameUnqualifiedType(Type, Each.Await->getType()) ||
        (Type->isRecordType() &&
         llvm::any_of(Uses.treeOf(*Function).references(*Result),
                      [&](const DeclRefExpr *Ref) {
                        const Stmt *Around = Uses.treeOf(*Function).parent(Ref);
                        while (Around && isa<Expr>(Around))
                          Around = Uses.treeOf(*Function).parent(Around);
                        return isa_and_nonnull<CoreturnStmt>(Around);
                      })))
      return;
    Names += (Names.empty() ? "" : ", ") + Result->getNameAsString();
  }
  const SourceManager &Sources = Unit.Context.getSourceManager();
  auto Replace = [&](SourceLocation Begin, SourceLocation End, StringRef Text) {
    const CharSourceRange Range = CharSourceRange::getCharRange(Begin, End);
    const StringRef Old =
        Lexer::getSourceText(Range, Sources, Unit.Context.getLangOpts());
    Finding.Fixes.push_back(FixItHint::CreateReplacement(Range, Text));
    return !Old.empty() && !Old.contains("//") && !Old.contains("/*");
  };
  auto EndOf = [&](const Step &Each) {
    return Lexer::getLocForEndOfToken(Each.Work.Call->getEndLoc(), 0, Sources,
                                      Unit.Context.getLangOpts());
  };
  SourceLocation Begin = Row.front().Await->getKeywordLoc();
  if (Named)
    if (const Stmt *Declared =
            Uses.treeOf(*Function).declaration(*Row.front().Result))
      Begin = Declared->getBeginLoc();
  bool Whole = Replace(Begin, Row.front().Work.Call->getBeginLoc(),
                       (Named ? "auto [" + Names + "] = " : std::string()) +
                           "co_await " + Model->WhenAll.str() + "(");
  for (size_t I = 1; I < Row.size(); ++I)
    Whole &= Replace(EndOf(Row[I - 1]), Row[I].Work.Call->getBeginLoc(), ", ");
  Finding.Fixes.push_back(FixItHint::CreateInsertion(EndOf(Row.back()), ")"));
  if (!Whole)
    Finding.Fixes.clear();
}

void SerialAwaits::report(llvm::ArrayRef<Step> Row) {
  const Step &First = Row.front();
  if (llvm::any_of(Row,
                   [](const Step &Each) {
                     return isInMacro(*Each.Await) ||
                            isInMacro(*Each.Work.Call);
                   }) ||
      !Reported.insert(First.Await->getKeywordLoc()).second)
    return;
  TaskFinding Finding{Row.size() == 1 ? TaskFinding::Kind::SerialRounds
                                      : TaskFinding::Kind::SerialAwaits,
                      First.Await->getKeywordLoc()};
  for (const Step &Each : llvm::drop_begin(Row))
    Finding.Notes.push_back({TaskNote::Kind::CouldOverlap,
                             Each.Await->getKeywordLoc(),
                             calleeOf(*Each.Work.Call)->getNameAsString()});
  addGather(Row, Finding);
  Found.push_back(std::move(Finding));
}

void SerialAwaits::judgeBlock(const CompoundStmt &Block,
                              const StatementTree &Tree) {
  llvm::SmallVector<Step, 4> Row;
  auto End = [&] {
    if (Row.size() > 1)
      report(Row);
    Row.clear();
  };
  for (const Stmt *S : Block.body()) {
    std::optional<Step> Next = stepOf(*S, Tree);
    if (!Next || !follows(Row, *Next))
      End();
    if (!Next) {
      if (auto Several = stepsWithin(*S, Tree); !Several.empty())
        report(Several);
      continue;
    }
    const bool IsLast = !Next->IsWhole;
    Row.push_back(std::move(*Next));
    if (IsLast)
      End();
  }
  End();
}

void SerialAwaits::judgeLoop(const Stmt &Loop, const StatementTree &Tree) {
  const Expr *Range = nullptr;
  const VarDecl *Element = elementOf(Loop, Range);
  if (!Element || isa<DecompositionDecl>(Element))
    return;
  const Stmt *Round = isa<CXXForRangeStmt>(Loop)
                          ? cast<CXXForRangeStmt>(Loop).getBody()
                          : cast<ForStmt>(Loop).getBody();
  if (const auto *Block = dyn_cast<CompoundStmt>(Round))
    Round = Block->size() == 1 ? *Block->body_begin() : nullptr;
  const auto *E = dyn_cast_or_null<Expr>(Round);
  auto Awaits = E ? awaitsIn(*E) : std::nullopt;
  if (!Awaits || Awaits->size() != 1)
    return;
  const CoawaitExpr &Await = *Awaits->front();
  const bool IsWhole = innermostOf(E) == &Await;
  if (!IsWhole && !collects(*E, Await, *Element, Unit))
    return;
  std::optional<Step> Each = stepOf(Await, /*GivesResult=*/!IsWhole, Tree);
  if (!Each || !mentions(*Each->Work.Call, {Element}))
    return;
  llvm::SmallVector<const ValueDecl *, 4> Others = namedOutside(*E, Await);
  llvm::erase(Others, Element);
  if (!mentions(*Each->Work.Call, Others) &&
      Overlap.mayOverlapItself(Each->Work, *Element, Range, *Function))
    report(*Each);
}

std::vector<TaskFinding> SerialAwaits::judge(const FunctionDecl &Judged) {
  if (!Unit.Bodies.of(Judged).Awaits)
    return {};
  Function = &Judged;
  const StatementTree &Tree = Uses.treeOf(Judged);
  for (const Stmt *S : Tree.all())
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      judgeBlock(*Block, Tree);
    else if (isa<ForStmt, CXXForRangeStmt>(S))
      judgeLoop(*S, Tree);
  return std::exchange(Found, {});
}

} // namespace corolint
