//===-- Callers.cpp - Calls and starts of functions -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Callers.h"
#include "code/Callables.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/ExprConcepts.h"

using namespace clang;

namespace corolint {

namespace {

/// A node with its surroundings.
struct Visit {
  const Stmt *S;
  bool Waited;      ///< In the operand of `co_await`, or returned.
  bool Overlapping; ///< One of several tasks passed to a call.
  bool Conditional;
  const Stmt *Loop;
};

bool isLoop(const Stmt &S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

const CXXMethodDecl *asMethod(const FunctionDecl &Function) {
  return dyn_cast<CXXMethodDecl>(&Function);
}

/// The variable that \p Call calls: `f()`, `std::forward<F>(f)()`.
const DeclRefExpr *calledVariable(const CallExpr &Call) {
  const Expr *Called = isa<CXXOperatorCallExpr>(Call) && Call.getNumArgs()
                           ? Call.getArg(0)
                           : Call.getCallee();
  const Expr *Inner = innermostOf(Called);
  if (const auto *Cast = dyn_cast_or_null<CallExpr>(Inner);
      Cast && isReferenceCast(*Cast))
    Inner = innermostOf(Cast->getArg(0));
  return dyn_cast_or_null<DeclRefExpr>(Inner);
}

/// Whether \p Callee does nothing with its parameter \p Index but call it
/// before it returns.
bool onlyCalls(const FunctionDecl &Callee, unsigned Index) {
  const FunctionDecl *Definition = Callee.getDefinition();
  if (!Definition || !Definition->getBody() ||
      Index >= Definition->getNumParams() ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return false;
  const ParmVarDecl *Parameter = Definition->getParamDecl(Index);
  llvm::SmallPtrSet<const Expr *, 4> Calls;
  llvm::SmallVector<const Stmt *, 32> Rest = {Definition->getBody()};
  while (!Rest.empty()) {
    const Stmt *S = Rest.pop_back_val();
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Calls.insert(calledVariable(*Call));
    // The call of a variable precedes its name here.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Parameter && !Calls.contains(Ref))
      return false;
    // It may capture the parameter, and run later.
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S);
        Lambda && captures(*Lambda, *Parameter))
      return false;
    for (const Stmt *Child : S->children())
      if (Child)
        Rest.push_back(Child);
  }
  return true;
}

/// The local variables that are awaited directly: `co_await task`.
llvm::DenseSet<const ValueDecl *> awaitedVariables(const Stmt &Root) {
  llvm::DenseSet<const ValueDecl *> Found;
  forEachEvaluated(Root, [&](const Stmt &S) {
    const Expr *Operand = nullptr;
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S))
      Operand = Await->getOperand();
    else if (const auto *Return = dyn_cast<ReturnStmt>(&S))
      Operand = Return->getRetValue();
    while (const Expr *Inner = innermostOf(Operand)) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
        Found.insert(Ref->getDecl());
      const auto *Call = dyn_cast<CallExpr>(Inner);
      const auto *Construct = dyn_cast<CXXConstructExpr>(Inner);
      // `co_await std::move(task)`, or a conversion of the awaitable.
      if (Call && Call->getNumArgs() == 1 && !isa<CXXMemberCallExpr>(Call))
        Operand = Call->getArg(0);
      else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Inner))
        Operand = Member->getImplicitObjectArgument();
      else if (Construct && Construct->getNumArgs() == 1)
        Operand = Construct->getArg(0);
      else
        break;
    }
    return true;
  });
  return Found;
}

} // namespace

bool isAsynchronousCall(const FunctionDecl &Function, Facts &Unit) {
  const FunctionDecl *Definition = nullptr;
  if (Function.hasBody(Definition) &&
      isa_and_nonnull<CoroutineBodyStmt>(Definition->getBody()))
    return true;
  QualType Result = Function.getReturnType();
  if (Result->isReferenceType() || Result->isPointerType())
    return false;
  const CXXRecordDecl *Class = classOf(Result);
  if (!Class || !Class->hasDefinition())
    return false;
  if (isAwaitable(*Class))
    return true;
  const DeclarationName Await =
      Unit.Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  return llvm::any_of(Class->getEnclosingNamespaceContext()->lookup(Await),
                      [&](const NamedDecl *Found) {
                        const FunctionDecl *Operator = Found->getAsFunction();
                        const CXXRecordDecl *Of =
                            Operator && Operator->getNumParams() == 1
                                ? classOf(Operator->getParamDecl(0)->getType())
                                : nullptr;
                        // A template's parameter names the template.
                        return !Of || Of->getDeclName() == Class->getDeclName();
                      });
}

/// The variables in \p Written that are used other than as the object of calls.
static llvm::DenseSet<const ValueDecl *> usedOtherwise(const Stmt &Written) {
  llvm::DenseMap<const ValueDecl *, int> Uses;
  forEachEvaluated(Written, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      ++Uses[Ref->getDecl()];
    const Expr *Object = nullptr;
    if (const auto *Member = dyn_cast<MemberExpr>(&S))
      Object = Member->getBase();
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
             Operator && Operator->getOperator() == OO_Arrow)
      Object = Operator->getArg(0);
    const auto *Ref =
        Object ? dyn_cast<DeclRefExpr>(Object->IgnoreParenImpCasts()) : nullptr;
    if (Ref)
      --Uses[Ref->getDecl()];
    if (const auto *Lambda = dyn_cast<LambdaExpr>(&S))
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable())
          ++Uses[Capture.getCapturedVar()];
    return true;
  });
  llvm::DenseSet<const ValueDecl *> Result;
  for (const auto &[Variable, Count] : Uses)
    if (Count != 0)
      Result.insert(Variable);
  return Result;
}

/// Finds the ways into other functions that one function contains.
class Callers::Scan {
public:
  Scan(Callers &All, const FunctionDecl &Function)
      : All(All), Unit(All.Unit), Function(Function) {}

  void run() {
    if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
      for (const CXXCtorInitializer *Init : Constructor->inits())
        if (Init->getInit())
          Stack.push_back({Init->getInit(), false, false, false, nullptr});
    if (const Stmt *Written = writtenBody(Function)) {
      Stack.push_back({Written, false, false, false, nullptr});
      Awaited = awaitedVariables(*Written);
    }
    while (!Stack.empty()) {
      Visit At = Stack.pop_back_val();
      if (visit(At))
        pushChildren(At);
    }
  }

private:
  void enter(const FunctionDecl &Callee, const Visit &At, bool Started) {
    All.Into[Callee.getCanonicalDecl()].push_back(
        {&Function, At.S, Started, At.Conditional, At.Loop});
  }

  /// Returns whether the children of the node must be visited.
  bool visit(Visit &At) {
    const Stmt &S = *At.S;
    if (hasUnevaluatedOperand(S))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(&S)) {
      onCall(*Call, At);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
      onConstruction(*Construct, At);
    } else if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
      onDeclaration(*Declaration);
    } else if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
      for (const Expr *Init : Lambda->capture_inits())
        if (Init)
          Stack.push_back({Init, false, false, At.Conditional, At.Loop});
      return false;
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
      const auto *Referred = dyn_cast<FunctionDecl>(Ref->getDecl());
      if (Referred && !Callees.contains(Ref))
        enter(*Referred, At, /*Started=*/true);
    } else if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(&S)) {
      At.Waited = true;
      At.S = Await->getOperand();
      Stack.push_back(At);
      return false;
    }
    return true;
  }

  void pushChildren(Visit At) {
    const Stmt &S = *At.S;
    if (isa<ReturnStmt>(S))
      At.Waited = true;
    else if (const auto *Declaration = dyn_cast<DeclStmt>(&S))
      At.Waited |= llvm::any_of(Declaration->decls(), [&](const Decl *D) {
        const auto *Variable = dyn_cast<VarDecl>(D);
        return Variable && Awaited.contains(Variable);
      });
    else if (!isa<Expr>(S))
      At.Waited = false;
    if (isLoop(S))
      At.Loop = &S;
    At.Conditional |=
        isLoop(S) ||
        isa<IfStmt, SwitchStmt, CXXCatchStmt, AbstractConditionalOperator>(S);
    for (const Stmt *Child : S.children())
      if (Child)
        Stack.push_back(
            {Child, At.Waited, At.Overlapping, At.Conditional, At.Loop});
  }

  void onCall(const CallExpr &Call, Visit &At) {
    Callees.insert(Call.getCallee()->IgnoreParenImpCasts());
    if (const FunctionDecl *Callee = calleeOf(Call)) {
      const bool Async = isAsynchronousCall(*Callee, Unit);
      enter(*Callee, At, Async && (!At.Waited || At.Overlapping));
      unsigned Tasks = 0;
      for (const Expr *Argument : Call.arguments()) {
        const auto *Inner = dyn_cast_or_null<CallExpr>(innermostOf(Argument));
        const FunctionDecl *Made = Inner ? calleeOf(*Inner) : nullptr;
        Tasks += Made && isAsynchronousCall(*Made, Unit);
      }
      At.Overlapping |= Tasks > 1 && !isa<CXXOperatorCallExpr>(Call);
    }
    for (unsigned I = 0; I < Call.getNumArgs() && !isReferenceCast(Call); ++I)
      if (const FunctionDecl *Callable =
              callableOf(Call.getArg(I), Unit.Models))
        if (!isa<CXXOperatorCallExpr>(Call) || I > 0)
          onCallable(*Callable, Call, I, At);
  }

  void onCallable(const FunctionDecl &Callable, const CallExpr &Call,
                  unsigned Index, const Visit &At) {
    const Expr &Argument = *Call.getArg(Index);
    Visit From = At;
    const FunctionDecl *Callee = calleeOf(Call);
    bool InPlace =
        (At.Waited && !At.Overlapping) ||
        (Callee && !isa<CXXOperatorCallExpr>(Call) &&
         !isAsynchronousCall(Callable, Unit) && onlyCalls(*Callee, Index));
    const CallOperands Operands = CallOperands::of(&Call);
    const ModelIndex::FunctionEntry *Entry =
        Callee ? Unit.modelOf(*Callee, Operands) : nullptr;
    if (Entry)
      for (const CallableModel *Model : Entry->Callables) {
        if (!llvm::is_contained(Operands.at(Model->Argument), &Argument))
          continue;
        InPlace |= Model->Runs == ContextKind::Caller;
        // The call acts as the loop that starts it.
        if (Model->Overlapping && isAsynchronousCall(Callable, Unit)) {
          InPlace = false;
          From.Loop = &Call;
        }
      }
    enter(Callable, From, !InPlace);
    // Naming the callable in the argument is not a second way in.
    forEachEvaluated(Argument, [&](const Stmt &Part) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&Part))
        Callees.insert(Ref);
      return true;
    });
  }

  /// Whether \p Construct runs \p Argument on a loop, in a fiber or on a pool.
  bool runsOnLoop(const CXXConstructExpr &Construct, const Expr &Argument) {
    const CallOperands Operands = CallOperands::of(&Construct);
    const auto *Entry = Unit.modelOf(*Construct.getConstructor(), Operands);
    return Entry && llvm::any_of(Entry->Callables, [&](const auto *Model) {
             return (Model->Runs == ContextKind::EventLoop ||
                     Model->Runs == ContextKind::Fiber ||
                     Model->Runs == ContextKind::Pool) &&
                    llvm::is_contained(Operands.at(Model->Argument), &Argument);
           });
  }

  void onConstruction(const CXXConstructExpr &Construct, const Visit &At) {
    const CXXConstructorDecl &Constructor = *Construct.getConstructor();
    if (!Constructor.isCopyOrMoveConstructor()) {
      enter(Constructor, At, /*Started=*/false);
      ++All.Created[Constructor.getParent()->getCanonicalDecl()].Other;
    }
    // A callable that becomes part of an object: a stored callback, or what a
    // fiber runs.
    for (const Expr *Argument : Construct.arguments())
      if (const FunctionDecl *Callable = callableOf(Argument, Unit.Models);
          Callable && (!isLambdaCallOperator(Callable) ||
                       (runsOnLoop(Construct, *Argument) &&
                        !isAsynchronousCall(*Callable, Unit))))
        enter(*Callable, At, /*Started=*/true);
  }

  void onDeclaration(const DeclStmt &Declaration) {
    for (const Decl *D : Declaration.decls()) {
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable)
        continue;
      const CXXRecordDecl *Class = Variable->getType()->getAsCXXRecordDecl();
      if (!Class || Class->isLambda() || !Variable->isLocalVarDecl() ||
          !isa_and_nonnull<CXXConstructExpr>(
              innermostOf(Variable->getInit())) ||
          !isOnlyObject(*Variable))
        continue;
      Creation &Made = All.Created[Class->getCanonicalDecl()];
      ++Made.Owned;
      --Made.Other; // Counted again at the constructor.
    }
  }

  /// Whether \p Variable is used in the function only as the object of calls.
  bool isOnlyObject(const VarDecl &Variable) {
    const Stmt *Written = writtenBody(Function);
    if (!Written)
      return false;
    if (!UsedOtherwise)
      UsedOtherwise = usedOtherwise(*Written);
    return !UsedOtherwise->contains(&Variable);
  }

  Callers &All;
  Facts &Unit;
  const FunctionDecl &Function;
  std::optional<llvm::DenseSet<const ValueDecl *>> UsedOtherwise;
  llvm::SmallVector<Visit, 64> Stack;
  llvm::DenseSet<const ValueDecl *> Awaited;
  /// Expressions that only name the function called.
  llvm::DenseSet<const Expr *> Callees;
};

Callers::Callers(AccessAnalysis &Accesses,
                 llvm::ArrayRef<const FunctionDecl *> Functions)
    : Unit(Accesses.Unit) {
  for (const FunctionDecl *Function : Functions) {
    if (Function->isDependentContext())
      continue;
    countOverrides(*Function);
    // A library's uses of its arguments are known at the call.
    if (!Unit.Models.isLibrary(*Function))
      Scan(*this, *Function).run();
  }
}

/// Calls \p Visit for the methods that \p Function overrides, also indirectly.
template <typename Visitor>
static void forEachOverridden(const FunctionDecl &Function, Visitor Visit) {
  const CXXMethodDecl *Method = asMethod(Function);
  if (!Method)
    return;
  llvm::SmallSetVector<const CXXMethodDecl *, 4> Bases;
  Bases.insert(Method->begin_overridden_methods(),
               Method->end_overridden_methods());
  for (unsigned I = 0; I < Bases.size() && I < MaxCallers; ++I) {
    const CXXMethodDecl *Base = Bases[I];
    Visit(*Base);
    Bases.insert(Base->begin_overridden_methods(),
                 Base->end_overridden_methods());
  }
}

void Callers::countOverrides(const FunctionDecl &Function) {
  forEachOverridden(Function, [&](const CXXMethodDecl &Base) {
    ++Overrides[Base.getCanonicalDecl()];
  });
}

llvm::SmallVector<WayIn, 4>
Callers::entries(const FunctionDecl &Function) const {
  return waysInto(Function, /*OnlyOwn=*/false);
}

llvm::SmallVector<WayIn, 4> Callers::waysInto(const FunctionDecl &Function,
                                              bool OnlyOwn) const {
  llvm::SmallVector<WayIn, 4> Result;
  auto Add = [&](const FunctionDecl &Asked) {
    auto It = Into.find(Asked.getCanonicalDecl());
    if (It != Into.end())
      Result.append(It->second.begin(), It->second.end());
    // A generic lambda is passed by its template.
    if (const FunctionDecl *Pattern = Asked.getTemplateInstantiationPattern()) {
      auto Generic = Into.find(Pattern->getCanonicalDecl());
      if (Generic != Into.end())
        Result.append(Generic->second.begin(), Generic->second.end());
    }
  };
  Add(Function);
  forEachOverridden(Function, [&](const CXXMethodDecl &Base) {
    if (!OnlyOwn || Overrides.lookup(Base.getCanonicalDecl()) <= 1)
      Add(Base);
  });
  return Result;
}

bool Callers::isOwned(const CXXRecordDecl &Class) const {
  auto It = Created.find(Class.getCanonicalDecl());
  return It != Created.end() && It->second.Owned > 0 && It->second.Other == 0;
}

/// Whether \p Function is a template's instance for a certain lambda, which
/// only the function around the lambda names.
static bool isForLambda(const FunctionDecl &Function) {
  const TemplateArgumentList *Arguments =
      Function.getTemplateSpecializationArgs();
  return Arguments &&
         llvm::any_of(Arguments->asArray(), [](const TemplateArgument &Each) {
           const CXXRecordDecl *Class =
               Each.getKind() == TemplateArgument::Type
                   ? classOf(Each.getAsType().getNonReferenceType())
                   : nullptr;
           return Class && Class->isLambda();
         });
}

bool Callers::isOpen(const FunctionDecl &Function) const {
  if (isForLambda(Function))
    return false;
  const CXXMethodDecl *Method = asMethod(Function);
  if (!Method)
    return Function.isExternallyVisible() && !Function.isMain();
  // As during construction, an object that is assigned as a whole is not in
  // use.
  if (Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator())
    return false;
  if (Method->getParent()->isLambda() || isOwned(*Method->getParent()))
    return false;
  return Method->getAccess() == AS_public || Method->isVirtual();
}

EntryKind Callers::entryKind(const FunctionDecl *Function) const {
  if (isa<CXXConstructorDecl, CXXDestructorDecl>(Function) ||
      Function->isMain())
    return EntryKind::Sequenced;
  return isOpen(*Function) ? EntryKind::Open : EntryKind::Closed;
}

bool Callers::isPartOf(const FunctionDecl *Function,
                       const FunctionDecl *Starter) const {
  if (Function == Starter)
    return true;
  // A lambda that the starter passes on.
  if (!isLambdaCallOperator(Function))
    return false;
  const auto *Outer = dyn_cast<FunctionDecl>(
      cast<CXXMethodDecl>(Function)->getParent()->getDeclContext());
  return Outer && Outer->getCanonicalDecl() == Starter;
}

const Callers::Set &Callers::roots(const FunctionDecl &Function) {
  const FunctionDecl *Start = Function.getCanonicalDecl();
  if (auto It = Roots.find(Start); It != Roots.end())
    return It->second;
  return Roots[Start] = findRoots(*this, Start);
}

Callers::Set Callers::rootsExcept(const FunctionDecl &Function,
                                  const FunctionDecl &Through) const {
  return findRoots<const FunctionDecl *>(*this, Function.getCanonicalDecl(),
                                         Through.getCanonicalDecl());
}

/// The graph without calls that may lead to objects of other classes.
class Callers::OwnWays {
public:
  explicit OwnWays(const Callers &All) : All(All) {}

  EntryKind entryKind(const FunctionDecl *Function) const {
    return All.entryKind(Function);
  }
  template <typename Visit>
  void forEachEntry(const FunctionDecl *Function, Visit V) const {
    for (const WayIn &Way : All.waysInto(*Function, /*OnlyOwn=*/true))
      V(Way.Caller->getCanonicalDecl(), Way);
  }

private:
  const Callers &All;
};

Callers::Set Callers::ownRoots(const FunctionDecl &Function) const {
  return findRoots(OwnWays(*this), Function.getCanonicalDecl());
}

} // namespace corolint
