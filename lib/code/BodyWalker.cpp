//===-- BodyWalker.cpp - The sites of a function --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/Body.h"
#include "code/Expressions.h"
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
      : Result(Result), Context(Context) {}

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
        elide(Init->getInit());
        if (const FieldDecl *Member = Init->getAnyMember())
          noteAssigned(Init->getInit(), *Member);
        walk(Init->getInit());
      }
  }

  /// The destructors of arguments that a caller hands over for good.
  void addParameters(const FunctionDecl &Function) {
    for (const ParmVarDecl *Param : Function.parameters())
      if (canBeMovedFrom(Param->getType()))
        if (Site *S = addDestruction(Param->getType(), nullptr, nullptr,
                                     Param->getLocation()))
          S->Variable = Param;
  }

  /// The destructors of bases and members that run after the body.
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
    /// The place of the innermost call around: where a default argument is
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
    // A default argument is written elsewhere, but runs where it is used; what
    // an await runs by itself is written nowhere but in its keyword.
    if (F.Anchor && F.Use.isValid())
      Where = F.Use;
    if (F.Await)
      Where = F.Await->getKeywordLoc();
    Result.Sites.push_back({What, Node, F.Anchor ? F.Anchor : Node, Callee,
                            nullptr, Where, F.Region, F.Await, F.AwaitPart,
                            F.InHandler});
    return Result.Sites.back();
  }

  /// Whether an object of this type can be left with nothing to destroy.
  static bool canBeMovedFrom(QualType Type) {
    const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
    return Class && Class->hasDefinition() &&
           (Class->hasMoveConstructor() || Class->hasMoveAssignment());
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

  /// A frame for the operands of the call at \p Use.
  Frame within(const Frame &F, SourceLocation Use) {
    Frame Inside = F;
    if (!F.Anchor)
      Inside.Use = Use;
    return Inside;
  }

  /// Adds the sites of one node and pushes the children that are executed.
  /// Long, because it is the one list of statement classes that need attention.
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
        elide(Element);
      noteGivenPointers(*cast<InitListExpr>(S));
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
      elideArguments(*cast<CXXConstructExpr>(S)->getConstructor(),
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
      // `co_return v;`, which moves from a local variable, too.
      if (const auto *Cast = cast<CastExpr>(S); Cast->isXValue())
        moveFrom(Cast->getSubExpr());
      break;
    case Stmt::ReturnStmtClass:
      if (const VarDecl *Returned = cast<ReturnStmt>(S)->getNRVOCandidate())
        Result.Moved.insert(Returned);
      elide(cast<ReturnStmt>(S)->getRetValue());
      break;
    case Stmt::CXXNewExprClass:
      elide(cast<CXXNewExpr>(S)->getInitializer());
      if (const FunctionDecl *Allocate = cast<CXXNewExpr>(S)->getOperatorNew())
        add(Site::Kind::Call, S, Allocate, S->getBeginLoc(), F);
      break;
    case Stmt::ConstantExprClass:
      if (cast<ConstantExpr>(S)->isImmediateInvocation())
        return;
      break;
    case Stmt::CXXBindTemporaryExprClass:
      if (Elided.contains(S))
        break;
      add(Site::Kind::Destroy, S,
          cast<CXXBindTemporaryExpr>(S)->getTemporary()->getDestructor(),
          S->getBeginLoc(), F);
      break;
    case Stmt::CXXDeleteExprClass:
      visitDelete(*cast<CXXDeleteExpr>(S), F);
      break;
    case Stmt::UnaryOperatorClass:
      visitUnary(*cast<UnaryOperator>(S));
      break;
    case Stmt::BinaryOperatorClass:
    case Stmt::CompoundAssignOperatorClass:
      if (cast<BinaryOperator>(S)->isAssignmentOp())
        visitAssignment(*cast<BinaryOperator>(S));
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

  /// A temporary that initialises an object directly is that object, which its
  /// owner destroys.
  void elide(const Expr *Init) {
    while (Init) {
      if (const auto *Full = dyn_cast<FullExpr>(Init)) {
        Init = Full->getSubExpr();
      } else if (const auto *Cast = dyn_cast<CastExpr>(Init)) {
        Init = Cast->getSubExpr();
      } else if (const auto *Paren = dyn_cast<ParenExpr>(Init)) {
        Init = Paren->getSubExpr();
      } else if (const auto *Either = dyn_cast<ConditionalOperator>(Init)) {
        elide(Either->getTrueExpr());
        Init = Either->getFalseExpr();
      } else if (isa<CXXBindTemporaryExpr>(Init)) {
        Elided.insert(Init);
        return;
      } else {
        return;
      }
    }
  }

  /// An argument passed by value is the callee's, and from a temporary passed
  /// by rvalue reference it may move.
  template <typename CallT>
  void elideArguments(const FunctionDecl &Callee, const CallT &Call) {
    unsigned First = isa<CXXOperatorCallExpr>(Call) &&
                     isa<CXXMethodDecl>(Callee) &&
                     cast<CXXMethodDecl>(Callee).isInstance();
    for (unsigned I = First; I < Call.getNumArgs(); ++I)
      if (I - First < Callee.getNumParams())
        if (QualType Type = Callee.getParamDecl(I - First)->getType();
            !Type->isLValueReferenceType() &&
            canBeMovedFrom(Type.getNonReferenceType())) {
          const Expr *Argument = Call.getArg(I);
          if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(Argument))
            Argument = Made->getSubExpr();
          elide(Argument);
        }
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

    // What is passed by non-const reference may be modified.
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call))
      if (Operator->isAssignmentOp() && Operator->getNumArgs() > 0)
        modify(Operator->getArg(0));
    const FunctionDecl *Callee = Call.getDirectCallee();
    if (!Callee)
      return;
    if (Call.getBuiltinCallee() == Builtin::BImove)
      moveFrom(Call.getArg(0));
    elideArguments(*Callee, Call);
    unsigned First = isa<CXXOperatorCallExpr>(Call) &&
                             isa<CXXMethodDecl>(Callee) &&
                             cast<CXXMethodDecl>(Callee)->isInstance()
                         ? 1
                         : 0;
    for (unsigned I = First; I < Call.getNumArgs(); ++I) {
      if (I - First >= Callee->getNumParams())
        break;
      QualType Type = Callee->getParamDecl(I - First)->getType();
      if (Type->isLValueReferenceType() &&
          !Type->getPointeeType().isConstQualified())
        modify(Call.getArg(I));
    }
  }

  /// The expression that names the callee: `f` in `std::forward<F>(f)()`
  /// and in `(object.*f)()`.
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
                 Call && Call->getNumArgs() == 1 &&
                 (Call->getBuiltinCallee() == Builtin::BIforward ||
                  Call->getBuiltinCallee() == Builtin::BImove)) {
        E = Call->getArg(0);
      } else {
        return E;
      }
    }
  }

  void visitAssignment(const BinaryOperator &Assignment) {
    modify(Assignment.getLHS());
    if (Assignment.getOpcode() != BO_Assign)
      return;
    const Expr *Target = innermostOf(Assignment.getLHS());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Target))
      noteAssigned(Assignment.getRHS(), *Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(Target)) {
      noteAssigned(Assignment.getRHS(), *Member->getMemberDecl());
      if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
          Field && Field->getType()->isFunctionPointerType())
        Result.GivenPointers.emplace_back(Field, Assignment.getRHS());
    }
  }

  /// `struct handler h = {"name", on_event};`
  void noteGivenPointers(const InitListExpr &List) {
    const RecordDecl *Class =
        List.getType().isNull() ? nullptr : List.getType()->getAsRecordDecl();
    if (!Class || Class->isUnion())
      return;
    const auto *Derived = dyn_cast<CXXRecordDecl>(Class);
    unsigned Index =
        Derived && Derived->hasDefinition() ? Derived->getNumBases() : 0;
    for (const FieldDecl *Field : Class->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (Index >= List.getNumInits())
        return;
      const Expr *Value = List.getInit(Index++);
      if (Value && Field->getType()->isFunctionPointerType() &&
          !isa<ImplicitValueInitExpr>(Value))
        Result.GivenPointers.emplace_back(Field, Value);
    }
  }

  /// Notes that \p Target gets what the call in \p Value returns, plain or
  /// wrapped: `Descriptor fd(check(socket(…)))`.
  void noteAssigned(const Expr *Value, const ValueDecl &Target) {
    for (unsigned Steps = 0; Value && Steps < 8; ++Steps) {
      Value = innermostOf(Value);
      if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value)) {
        Value = Default->getExpr();
      } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
        Value = Construct->getNumArgs() == 1 ? Construct->getArg(0) : nullptr;
      } else if (const auto *List = dyn_cast<InitListExpr>(Value)) {
        Value = List->getNumInits() == 1 ? List->getInit(0) : nullptr;
      } else if (const auto *Call = dyn_cast<CallExpr>(Value)) {
        Result.AssignedTo[Call] = &Target;
        Value = Call->getNumArgs() > 0 ? Call->getArg(0) : nullptr;
      } else {
        return;
      }
    }
  }

  void visitUnary(const UnaryOperator &Operator) {
    if (Operator.isIncrementDecrementOp() || Operator.getOpcode() == UO_AddrOf)
      modify(Operator.getSubExpr());
  }

  void moveFrom(const Expr *Source) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Source->IgnoreParens());
    if (Ref && canBeMovedFrom(Ref->getType()))
      Result.Moved.insert(Ref->getDecl());
    else if (!Ref && canBeMovedFrom(Source->getType()))
      Result.MovedObjects.push_back(Source);
  }

  void modify(const Expr *Target) {
    Target = Target->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Target))
      Result.Modified.insert(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(Target))
      Result.Modified.insert(Member->getMemberDecl());
  }

  void visitLambda(const LambdaExpr &Lambda, const Frame &F) {
    Result.Lambdas.push_back(&Lambda);
    llvm::SmallVector<const Stmt *, 4> Inits;
    for (const Expr *Init : Lambda.capture_inits()) {
      elide(Init);
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
      // The branch that is not taken stays in the tree outside templates.
      if (std::optional<const Stmt *> Taken = If.getNondiscardedCase(Context)) {
        Then = *Taken;
        Else = nullptr;
      }
    }
    // Only the other branch is there at run time.
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
      elide(Variable->getInit());
      noteAssigned(Variable->getInit(), *Variable);
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
  /// elsewhere: what they call is reported where they are used.
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
      // What is alive when the coroutine suspends: the operand's temporaries,
      // but not yet the result.
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
  llvm::SmallPtrSet<const Stmt *, 8> Elided;
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
