//===-- BodyWalker.cpp - Finds the sites of a function --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Body.h"
#include "code/Expressions.h"
#include "code/ValueRecorder.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace corolint {

namespace {

/// Walks the statements that a function executes, without recursion.
class Walker {
public:
  Walker(Body &Result, ASTContext &Context)
      : Result(Result), Context(Context), Values(Result) {}

  void walk(const Stmt *Root) {
    push(
        {Root, nullptr, nullptr, nullptr, 1, nullptr, Site::AwaiterCall::None});
    while (!Stack.empty()) {
      Frame F = Stack.pop_back_val();
      visit(F);
    }
  }

  void addConstructor(const CXXConstructorDecl &Constructor) {
    for (const CXXCtorInitializer *Init : Constructor.inits())
      if (Init->getInit()) {
        Values.elide(Init->getInit());
        if (const FieldDecl *Member = Init->getAnyMember())
          Values.noteAssigned(Init->getInit(), *Member);
        walk(Init->getInit());
      }
  }

  /// Adds the destructors of arguments of which the function takes ownership.
  void addParameters(const FunctionDecl &Function) {
    for (const ParmVarDecl *Param : Function.parameters())
      if (ValueRecorder::canBeMovedFrom(Param->getType()))
        if (Site *S = addDestruction(Param->getType(), nullptr, nullptr,
                                     Param->getLocation()))
          S->Variable = Param;
  }

  /// Adds the destructors of bases and members, which run after the body.
  void addDestructor(const CXXDestructorDecl &Destructor) {
    const CXXRecordDecl *Class = Destructor.getParent();
    if (Class->isDependentContext())
      return;
    for (const FieldDecl *Field : Class->fields())
      addDestruction(Field->getType(), nullptr, nullptr,
                     Destructor.getLocation());
    for (const CXXBaseSpecifier &Base : Class->bases())
      addDestruction(Base.getType(), nullptr, nullptr,
                     Destructor.getLocation());
  }

private:
  struct Frame {
    const Stmt *S;
    const IfStmt *Region;
    const CXXTryStmt *Try;
    const Stmt *Anchor; ///< Set inside default arguments and initialisers.
    unsigned Depth;
    const CoroutineSuspendExpr *Await = nullptr;
    Site::AwaiterCall AwaitPart = Site::AwaiterCall::None;
    /// The place of the innermost enclosing call, where default arguments are
    /// used.
    SourceLocation Use = {};
    bool InHandler = false;
  };

  void push(Frame F) {
    if (F.S)
      Stack.push_back(F);
  }

  /// Pushes \p Children so that the first is visited first.
  void pushAll(llvm::ArrayRef<const Stmt *> Children, const Frame &Parent) {
    for (const Stmt *Child : llvm::reverse(Children))
      push({Child, Parent.Region, Parent.Try, Parent.Anchor, Parent.Depth + 1,
            Parent.Await, Parent.AwaitPart, Parent.Use, Parent.InHandler});
  }

  Site &add(Site::Kind What, const Stmt *Node, const FunctionDecl *Callee,
            SourceLocation Where, const Frame &F) {
    // A default argument is written elsewhere but runs where it is used. Code
    // that an await runs implicitly has no place but the keyword.
    if (F.Anchor && F.Use.isValid())
      Where = F.Use;
    if (F.Await)
      Where = F.Await->getKeywordLoc();
    Result.Sites.push_back({What, Node, F.Anchor ? F.Anchor : Node, Callee,
                            nullptr, Where, F.Region, F.Await, F.AwaitPart,
                            F.InHandler});
    return Result.Sites.back();
  }

  Site *addDestruction(QualType Type, const Stmt *Node, const Frame *F,
                       SourceLocation Where) {
    Type = Context.getBaseElementType(Type);
    if (Type.isNull() || Type->isReferenceType())
      return nullptr;
    const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
    if (!Class || !Class->hasDefinition() || Class->isDependentContext() ||
        Class->hasTrivialDestructor())
      return nullptr;
    const CXXDestructorDecl *Destructor = Class->getDestructor();
    if (!Destructor)
      return nullptr;
    Frame None{nullptr, nullptr, nullptr, nullptr, 0};
    return &add(Site::Kind::Destroy, Node, Destructor, Where, F ? *F : None);
  }

  /// The frame for the operands of the call at \p Use.
  Frame within(const Frame &F, SourceLocation Use) {
    Frame Inside = F;
    if (!F.Anchor)
      Inside.Use = Use;
    return Inside;
  }

  /// Adds the sites of one node and pushes the children that are executed. The
  /// function is long because it is the only list of statement classes that
  /// need special treatment.
  // NOLINTNEXTLINE(readability-function-size)
  void visit(const Frame &F) {
    const Stmt *S = F.S;
    Result.Depth = std::max(Result.Depth, F.Depth);
    if (F.Try)
      Result.TryAround[S] = F.Try;

    switch (S->getStmtClass()) {
    case Stmt::LambdaExprClass:
      return visitLambda(*cast<LambdaExpr>(S), F);
    case Stmt::BlockExprClass:
    case Stmt::UnaryExprOrTypeTraitExprClass:
    case Stmt::CXXNoexceptExprClass:
    case Stmt::RequiresExprClass:
    case Stmt::ConceptSpecializationExprClass:
    case Stmt::OpaqueValueExprClass:
      return;
    case Stmt::CXXTypeidExprClass:
      if (!cast<CXXTypeidExpr>(S)->isTypeOperand() &&
          cast<CXXTypeidExpr>(S)->isPotentiallyEvaluated())
        break;
      return;
    case Stmt::GenericSelectionExprClass:
      if (const auto *G = cast<GenericSelectionExpr>(S);
          !G->isResultDependent())
        return pushAll({G->getResultExpr()}, F);
      return;
    case Stmt::ChooseExprClass:
      if (const auto *C = cast<ChooseExpr>(S); !C->isConditionDependent())
        return pushAll({C->getChosenSubExpr()}, F);
      return;
    case Stmt::PseudoObjectExprClass:
      return pushAll({cast<PseudoObjectExpr>(S)->getSyntacticForm()}, F);
    case Stmt::InitListExprClass:
      if (const auto *List = cast<InitListExpr>(S);
          List->isSyntacticForm() && List->getSemanticForm())
        return pushAll({List->getSemanticForm()}, F);
      for (const Expr *Element : cast<InitListExpr>(S)->inits())
        Values.elide(Element);
      Values.noteGivenPointers(*cast<InitListExpr>(S));
      break;
    case Stmt::CaseStmtClass:
      return pushAll({cast<CaseStmt>(S)->getSubStmt()}, F);
    case Stmt::IfStmtClass:
      return visitIf(*cast<IfStmt>(S), F);
    case Stmt::CXXTryStmtClass:
      return visitTry(*cast<CXXTryStmt>(S), F);
    case Stmt::CXXForRangeStmtClass:
      if (const auto *Init =
              dyn_cast_or_null<DeclStmt>(cast<CXXForRangeStmt>(S)->getInit()))
        for (const Decl *D : Init->decls())
          if (const auto *Variable = dyn_cast<VarDecl>(D))
            Result.RangeInits[Variable] = S->getSourceRange();
      break;
    case Stmt::DeclStmtClass:
      return visitDeclarations(*cast<DeclStmt>(S), F);
    case Stmt::CXXDefaultArgExprClass:
      return visitDefault(cast<CXXDefaultArgExpr>(S)->getExpr(), F);
    case Stmt::CXXDefaultInitExprClass:
      return visitDefault(cast<CXXDefaultInitExpr>(S)->getExpr(), F);
    case Stmt::CoawaitExprClass:
    case Stmt::CoyieldExprClass:
      return visitSuspension(*cast<CoroutineSuspendExpr>(S), F);
    case Stmt::DependentCoawaitExprClass:
      Result.IsUnbuiltCoroutine = !Result.IsCoroutine;
      Result.Awaits = true;
      add(Site::Kind::Suspend, S, nullptr, keywordOf(*S), F);
      return pushAll({cast<DependentCoawaitExpr>(S)->getOperand()}, F);
    case Stmt::CoreturnStmtClass:
      Result.IsUnbuiltCoroutine = !Result.IsCoroutine;
      // The promise call contains the operand.
      if (const Expr *Call = cast<CoreturnStmt>(S)->getPromiseCall())
        return pushAll(
            {Call, cast<CoreturnStmt>(S)->getOperand() && cast<CoreturnStmt>(S)
                                                              ->getOperand()
                                                              ->getType()
                                                              ->isVoidType()
                       ? cast<CoreturnStmt>(S)->getOperand()
                       : nullptr},
            F);
      break;
    case Stmt::CXXConstructExprClass:
    case Stmt::CXXTemporaryObjectExprClass:
      add(Site::Kind::Construct, S, cast<CXXConstructExpr>(S)->getConstructor(),
          cast<CXXConstructExpr>(S)->getLocation(), F);
      Values.elideArguments(*cast<CXXConstructExpr>(S)->getConstructor(),
                            *cast<CXXConstructExpr>(S));
      return pushChildren(*S,
                          within(F, cast<CXXConstructExpr>(S)->getLocation()));
    case Stmt::CXXInheritedCtorInitExprClass:
      add(Site::Kind::Construct, S,
          cast<CXXInheritedCtorInitExpr>(S)->getConstructor(), S->getBeginLoc(),
          F);
      break;
    case Stmt::ImplicitCastExprClass:
    case Stmt::CXXStaticCastExprClass:
      // `co_return v;` also moves from a local variable.
      if (const auto *Cast = cast<CastExpr>(S); Cast->isXValue())
        Values.moveFrom(Cast->getSubExpr());
      break;
    case Stmt::ReturnStmtClass:
      if (const VarDecl *Returned = cast<ReturnStmt>(S)->getNRVOCandidate())
        Result.Moved.insert(Returned);
      Values.elide(cast<ReturnStmt>(S)->getRetValue());
      break;
    case Stmt::CXXNewExprClass:
      Values.elide(cast<CXXNewExpr>(S)->getInitializer());
      if (const FunctionDecl *Allocate = cast<CXXNewExpr>(S)->getOperatorNew())
        add(Site::Kind::Call, S, Allocate, S->getBeginLoc(), F);
      break;
    case Stmt::ConstantExprClass:
      if (cast<ConstantExpr>(S)->isImmediateInvocation())
        return;
      break;
    case Stmt::CXXBindTemporaryExprClass:
      if (Values.isElided(*S))
        break;
      add(Site::Kind::Destroy, S,
          cast<CXXBindTemporaryExpr>(S)->getTemporary()->getDestructor(),
          S->getBeginLoc(), F);
      break;
    case Stmt::CXXDeleteExprClass:
      visitDelete(*cast<CXXDeleteExpr>(S), F);
      break;
    case Stmt::UnaryOperatorClass:
      Values.changeByOperator(*cast<UnaryOperator>(S));
      break;
    case Stmt::BinaryOperatorClass:
    case Stmt::CompoundAssignOperatorClass:
      if (cast<BinaryOperator>(S)->isAssignmentOp())
        Values.assign(*cast<BinaryOperator>(S));
      break;
    default:
      if (const auto *Call = dyn_cast<CallExpr>(S)) {
        unsigned Builtin = Call->getBuiltinCallee();
        if (Builtin && Context.BuiltinInfo.isUnevaluated(Builtin))
          return;
        visitCall(*Call, F);
        return pushChildren(*S, within(F, locationOf(*Call)));
      }
      break;
    }
    pushChildren(*S, F);
  }

  void pushChildren(const Stmt &S, const Frame &F) {
    llvm::SmallVector<const Stmt *, 8> Children(S.child_begin(), S.child_end());
    pushAll(Children, F);
  }

  void visitCall(const CallExpr &Call, const Frame &F) {
    Site &S = add(Site::Kind::Call, &Call, calleeOf(Call), locationOf(Call), F);
    // The callee of a dependent or indirect call may be a local variable.
    const Expr *Through = Call.getCallee();
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      Through =
          Operator->getOperator() == OO_Call ? Operator->getArg(0) : nullptr;
    if (Through)
      if (const auto *Ref = dyn_cast<DeclRefExpr>(callee(Through)))
        S.Variable = dyn_cast<VarDecl>(Ref->getDecl());

    // An argument passed by non-const reference may be modified.
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      if (Operator->isAssignmentOp() && Operator->getNumArgs() > 0)
        Values.modify(Operator->getArg(0));
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee)
      return;
    if (Call.getBuiltinCallee() == Builtin::BImove)
      Values.moveFrom(Call.getArg(0));
    Values.elideArguments(*Callee, Call);
    Values.modifyArguments(*Callee, Call);
  }

  /// The expression that names the callee: `f` in `std::forward<F>(f)()` and in
  /// `(object.*f)()`.
  static const Expr *callee(const Expr *E) {
    while (true) {
      E = E->IgnoreParenImpCasts();
      if (const auto *Binary = dyn_cast<BinaryOperator>(E);
          Binary && Binary->isPtrMemOp()) {
        E = Binary->getRHS();
      } else if (const auto *Unary = dyn_cast<UnaryOperator>(E);
                 Unary && Unary->getOpcode() == UO_Deref) {
        E = Unary->getSubExpr();
      } else if (const auto *Call = dyn_cast<CallExpr>(E);
                 Call && Call->getNumArgs() == 1 && isReferenceCast(*Call)) {
        E = Call->getArg(0);
      } else {
        return E;
      }
    }
  }

  void visitLambda(const LambdaExpr &Lambda, const Frame &F) {
    Result.Lambdas.push_back(&Lambda);
    llvm::SmallVector<const Stmt *, 4> Inits;
    for (const Expr *Init : Lambda.capture_inits()) {
      Values.elide(Init);
      Inits.push_back(Init);
    }
    for (const LambdaCapture &Capture : Lambda.captures())
      if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
        if (const auto *Value = Capture.getCapturedVar())
          Result.Modified.insert(Value);
    pushAll(Inits, F);
  }

  void visitIf(const IfStmt &If, const Frame &F) {
    Frame Inside = F;
    if (isNoYieldRegion(If))
      Inside.Region = &If;
    const Stmt *Then = If.getThen();
    const Stmt *Else = If.getElse();
    if (If.isConstexpr() && If.getCond() && !If.getCond()->isValueDependent() &&
        !If.getCond()->isTypeDependent()) {
      // Outside templates the discarded branch stays in the tree.
      if (std::optional<const Stmt *> Taken = If.getNondiscardedCase(Context)) {
        Then = *Taken;
        Else = nullptr;
      }
    }
    // Only the other branch exists at run time.
    if (If.isNonNegatedConsteval())
      Then = nullptr;
    else if (If.isNegatedConsteval())
      Else = nullptr;
    llvm::SmallVector<const Stmt *, 2> Branches{Then, Else};
    pushAll(Branches, Inside);
    const Stmt *Condition =
        If.getConditionVariableDeclStmt()
            ? nullptr
            : static_cast<const Stmt *>(If.isConstexpr() ? nullptr
                                                         : If.getCond());
    pushAll({If.getInit(), If.getConditionVariableDeclStmt(), Condition}, F);
  }

  void visitTry(const CXXTryStmt &Try, const Frame &F) {
    Result.HasTry = true;
    llvm::SmallVector<const Stmt *, 2> Handlers;
    for (unsigned I = 0; I < Try.getNumHandlers(); ++I)
      Handlers.push_back(Try.getHandler(I));
    Frame Handling = F;
    Handling.InHandler = true;
    pushAll(Handlers, Handling);
    push({Try.getTryBlock(), F.Region, &Try, F.Anchor, F.Depth + 1, F.Await,
          F.AwaitPart, F.Use, F.InHandler});
  }

  void visitDeclarations(const DeclStmt &Declarations, const Frame &F) {
    llvm::SmallVector<const Stmt *, 2> Inits;
    for (const Decl *D : Declarations.decls()) {
      if (const auto *Class = dyn_cast<CXXRecordDecl>(D)) {
        if (Class->isCompleteDefinition())
          Result.LocalClasses.push_back(Class);
        continue;
      }
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable)
        continue;
      if (F.Try)
        Result.VariableTry[Variable] = F.Try;
      if (Variable->getInit() && !Variable->isConstexpr())
        Inits.push_back(Variable->getInit());
      Values.elide(Variable->getInit());
      Values.noteAssigned(Variable->getInit(), *Variable);
      if (const auto *Decomposition = dyn_cast<DecompositionDecl>(Variable))
        for (const BindingDecl *Binding : Decomposition->bindings())
          if (const VarDecl *Holding = Binding->getHoldingVar())
            if (Holding->getInit())
              Inits.push_back(Holding->getInit());
      if (!Variable->hasLocalStorage())
        continue;
      Frame At = F;
      if (Site *S = addDestruction(Variable->getType(), &Declarations, &At,
                                   Variable->getLocation()))
        S->Variable = Variable;
    }
    pushAll(Inits, F);
  }

  /// Default arguments and member initialisers run here but are written
  /// elsewhere: their calls are reported where they are used.
  void visitDefault(const Expr *Written, const Frame &F) {
    Frame Inside = F;
    if (!Inside.Anchor) {
      Inside.Anchor = F.S;
      if (isa<CXXDefaultInitExpr>(F.S) || Inside.Use.isInvalid())
        Inside.Use = F.S->getBeginLoc();
    }
    pushAll({Written}, Inside);
  }

  void visitSuspension(const CoroutineSuspendExpr &Await, const Frame &F) {
    Result.IsUnbuiltCoroutine = !Result.IsCoroutine;
    bool Implicit =
        isa<CoawaitExpr>(Await) && cast<CoawaitExpr>(Await).isImplicit();
    if (!Implicit) {
      (isa<CoyieldExpr>(Await) ? Result.Yields : Result.Awaits) = true;
      Site &S =
          add(Site::Kind::Suspend, &Await, nullptr, Await.getKeywordLoc(), F);
      // The objects that are alive while the coroutine is suspended: the
      // temporaries of the operand, but not yet the result.
      if (const Expr *Ready = Await.getReadyExpr(); Ready && !F.Anchor)
        if (const auto *Call = dyn_cast<CallExpr>(Ready->IgnoreImplicit()))
          S.Anchor = Call;
    }
    // The common expression contains the operand, unless the coroutine is a
    // template whose promise is not known yet.
    const Expr *Common = Await.getCommonExpr();
    if (!Common || isa<OpaqueValueExpr>(Common))
      return pushAll({Await.getOperand()}, F);
    pushAll({Common}, F);
    Frame Inside = F;
    Inside.Await = &Await;
    Inside.AwaitPart = Site::AwaiterCall::Ready;
    pushAll({Await.getReadyExpr()}, Inside);
    Inside.AwaitPart = Site::AwaiterCall::Suspend;
    pushAll({Await.getSuspendExpr()}, Inside);
    Inside.AwaitPart = Site::AwaiterCall::Resume;
    pushAll({Await.getResumeExpr()}, Inside);
  }

  void visitDelete(const CXXDeleteExpr &Delete, const Frame &F) {
    QualType Destroyed = Delete.getDestroyedType();
    if (Destroyed.isNull() || Destroyed->isDependentType())
      return;
    addDestruction(Destroyed, &Delete, &F, Delete.getBeginLoc());
    if (const FunctionDecl *Deallocate = Delete.getOperatorDelete())
      add(Site::Kind::Call, &Delete, Deallocate, Delete.getBeginLoc(), F);
  }

  Body &Result;
  ASTContext &Context;
  llvm::SmallVector<Frame, 32> Stack;
  ValueRecorder Values;
};

} // namespace

/// Whether the promise of \p Coroutine has a `return_value`.
static bool takesResult(const CoroutineBodyStmt &Coroutine,
                        ASTContext &Context) {
  const VarDecl *Promise = Coroutine.getPromiseDecl();
  const CXXRecordDecl *Class =
      Promise ? Promise->getType()->getAsCXXRecordDecl() : nullptr;
  return Class && Class->hasDefinition() &&
         Class->hasMemberName(&Context.Idents.get("return_value"));
}

Body walkBody(const FunctionDecl &Function) {
  Body Result;
  Result.Function = &Function;
  const auto *Coroutine =
      dyn_cast_or_null<CoroutineBodyStmt>(Function.getBody());
  Result.IsCoroutine = Coroutine != nullptr;
  Result.Returns =
      Coroutine && takesResult(*Coroutine, Function.getASTContext());
  Walker W(Result, Function.getASTContext());
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    W.addConstructor(*Constructor);
  if (const Stmt *Written = writtenBody(Function))
    W.walk(Written);
  if (!Result.IsCoroutine)
    W.addParameters(Function);
  if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Function))
    W.addDestructor(*Destructor);
  return Result;
}

Body walkExpression(const Expr &E, ASTContext &Context) {
  Body Result;
  Walker(Result, Context).walk(&E);
  return Result;
}

} // namespace corolint
