//===-- LifetimeBorrows.cpp - Late uses of borrowed objects ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/LifetimeBorrows.h"
#include "access/AccessPath.h"
#include "access/EventFlow.h"
#include "code/Expressions.h"
#include "code/FlowGraph.h"
#include "code/Suspension.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// Coroutines that pass to coroutines: deeper chains are not followed.
constexpr unsigned MaxBorrowDepth = 12;

/// Functions that nest deeper than this are assumed to use nothing late.
constexpr unsigned MaxBorrowNesting = 400;

bool isLambda(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda();
}

} // namespace

const FunctionDecl *visibleBody(const FunctionDecl &Function) {
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || Definition->isDependentContext() ||
      Definition->isInvalidDecl())
    return nullptr;
  return Definition;
}

llvm::SmallVector<BorrowedArgument, 4>
borrowedArguments(const CallExpr &Call, const FunctionDecl &Callee,
                  Facts &Unit) {
  llvm::SmallVector<BorrowedArgument, 4> Result;
  CallOperands Operands = CallOperands::of(&Call);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Callee);
  if (Method && Method->isImplicitObjectMemberFunction() && Operands.Object &&
      !Method->getParent()->isLambda())
    Result.push_back({Operands.Object, {Borrowed::Kind::This, 0}, nullptr});
  for (unsigned I = 0;
       I < Operands.Arguments.size() && I < Callee.getNumParams(); ++I) {
    const ParmVarDecl *Param = Callee.getParamDecl(I);
    const bool MayCapture = Param->getType()->isRecordType() &&
                            !capturedByReference(Operands.Arguments[I]).empty();
    if (MayCapture || refersToOthers(Param->getType(), Unit))
      Result.push_back(
          {Operands.Arguments[I], {Borrowed::Kind::Parameter, I}, Param});
  }
  return Result;
}

bool runsLater(const ModelIndex::FunctionEntry &Entry,
               const CallOperands &Operands, const Expr &Argument) {
  return llvm::any_of(Entry.Callables, [&](const CallableModel *Model) {
    return Model->Runs != ContextKind::Caller &&
           Model->Runs != ContextKind::NoYield &&
           llvm::is_contained(Operands.at(Model->Argument), &Argument);
  });
}

//===----------------------------------------------------------------------===//
// References and the suspension points before them
//===----------------------------------------------------------------------===//

const LifetimeBorrows::Frame &
LifetimeBorrows::frameOf(const FunctionDecl &Function) {
  std::unique_ptr<Frame> &Entry = Frames[&Function];
  if (!Entry) {
    auto Made = std::make_unique<Frame>();
    findReferences(Function, *Made);
    findDerived(Function, *Made);
    Entry = std::move(Made);
  }
  return *Entry;
}

namespace {

/// Calls \p Visit with each name of a variable, and each `this`, below \p Root.
void forEachReference(const Stmt &Root,
                      llvm::function_ref<void(const Expr &)> Visit) {
  llvm::SmallVector<const Stmt *, 8> Pending{&Root};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    if (isa<DeclRefExpr, CXXThisExpr>(S))
      Visit(*cast<Expr>(S));
    Pending.append(S->child_begin(), S->child_end());
  }
}

} // namespace

void LifetimeBorrows::findReferences(const FunctionDecl &Function, Frame &F) {
  const Body &Walked = Unit.Bodies.of(Function);
  if (Walked.Depth > MaxBorrowNesting)
    return;
  const std::shared_ptr<const CFG> Graph = Unit.Graphs.of(Walked);
  if (!Graph)
    return;
  F.Valid = true;
  llvm::DenseMap<const Expr *, const Stmt *> Found;
  llvm::DenseSet<const Expr *> Unused;
  auto Suspends = [&](const Stmt &S) {
    return isSuspensionPoint(S) && canSuspend(S, Unit);
  };
  EventFlow(*Graph, Suspends, EventFlow::Handlers::Followed)
      .visit([&](const Stmt &S, const Stmt *State) {
        if (hasUnevaluatedOperand(S) || isa<ConstantExpr>(S))
          forEachReference(S, [&](const Expr &Ref) { Unused.insert(&Ref); });
        if (const auto *Cast = dyn_cast<CastExpr>(&S);
            Cast && Cast->getCastKind() == CK_ToVoid)
          Unused.insert(Cast->getSubExpr()->IgnoreParenImpCasts());
        if (isa<DeclRefExpr, CXXThisExpr>(S)) {
          const Stmt *&Known = Found[cast<Expr>(&S)];
          Known = Known ? Known : State;
        }
      });
  for (auto [Node, Suspension] : Found)
    if (!Unused.contains(Node))
      F.References.push_back({Node, Suspension});
  const SourceManager &Sources = Unit.Context.getSourceManager();
  llvm::sort(F.References, [&](const Reference &A, const Reference &B) {
    SourceLocation L = Sources.getExpansionLoc(A.Node->getBeginLoc());
    SourceLocation R = Sources.getExpansionLoc(B.Node->getBeginLoc());
    return L == R ? A.Node < B.Node : Sources.isBeforeInTranslationUnit(L, R);
  });
}

/// Finds local references, pointers, views and iterators, and the objects to
/// which they refer.
void LifetimeBorrows::findDerived(const FunctionDecl &Function, Frame &F) {
  for (const Stmt *S : Uses.treeOf(Function).all()) {
    const auto *Declared = dyn_cast<DeclStmt>(S);
    if (!Declared)
      continue;
    for (const Decl *D : Declared->decls()) {
      const auto *Variable = dyn_cast<VarDecl>(D);
      if (!Variable || !Variable->getInit() || !Variable->hasLocalStorage())
        continue;
      const Expr *Init = Variable->getInit();
      QualType Type = Variable->getType();
      if (Variable->isImplicit() && Variable->getType()->isReferenceType()) {
        // The range of a range-for.
      } else if (Variable->isImplicit()) {
        // The iterators of a range-for.
        if (const auto *Begin =
                dyn_cast_or_null<CXXMemberCallExpr>(innermostOf(Init)))
          Init = Begin->getImplicitObjectArgument();
      } else if (!refersToOthers(Type, Unit)) {
        const auto *Call =
            dyn_cast_or_null<CXXMemberCallExpr>(innermostOf(taskCall(Init)));
        const CXXRecordDecl *Class = Call ? Call->getRecordDecl() : nullptr;
        if (!Class || !Unit.Models.container(*Class) || !Type->isRecordType() ||
            Type->getAsCXXRecordDecl()->hasNonTrivialDestructor())
          continue;
        Init = Call->getImplicitObjectArgument();
      }
      Referent Object = referentOf(Init, Unit, &Function);
      if (Object.What != Referent::Kind::Unknown)
        F.Derived[Variable] = Object;
    }
  }
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

/// Whether \p Object is the object to which \p What refers, or is kept alive by
/// it.
bool LifetimeBorrows::isOf(const Referent &Object, const FunctionDecl &Function,
                           Borrowed What) {
  switch (What.What) {
  case Borrowed::Kind::Parameter:
    return Object.Variable == Function.getParamDecl(What.Index) &&
           (Object.What == Referent::Kind::Reference ||
            Object.What == Referent::Kind::Parameter);
  case Borrowed::Kind::Captures:
    return Object.What == Referent::Kind::Capture;
  case Borrowed::Kind::This:
    return Object.What == Referent::Kind::This;
  }
  llvm_unreachable("all kinds are covered");
}

bool LifetimeBorrows::isUse(const Expr &Node, const FunctionDecl &Function,
                            Borrowed What, const Frame &F, BorrowUse &Use) {
  Use.Where = Node.getBeginLoc();
  if (isa<CXXThisExpr>(Node))
    return isLambda(Function) ? What.What == Borrowed::Kind::Captures
                              : What.What == Borrowed::Kind::This;
  const auto &Ref = cast<DeclRefExpr>(Node);
  Use.Variable = Ref.getDecl();
  if (What.What == Borrowed::Kind::Captures &&
      Ref.refersToEnclosingVariableOrCapture())
    return true;
  if (What.What == Borrowed::Kind::Parameter &&
      Ref.getDecl() == Function.getParamDecl(What.Index))
    return true;
  const auto *Variable = dyn_cast<VarDecl>(Ref.getDecl());
  for (unsigned Steps = 0; Variable && Steps < MaxBorrowDepth; ++Steps) {
    auto It = F.Derived.find(Variable);
    if (It == F.Derived.end())
      return false;
    Use.IsDerived = true;
    if (isOf(It->second, Function, What))
      return true;
    Variable = dyn_cast_or_null<VarDecl>(It->second.Variable);
  }
  return false;
}

/// Whether \p Function receives a pointer or view by reference as \p What and
/// passes it on by value. Then the object it refers to is lent, and the pointer
/// itself may end.
static bool copiesHandle(const FunctionDecl &Function, Borrowed What,
                         const BorrowedArgument &Passed, Facts &Unit) {
  if (What.What != Borrowed::Kind::Parameter || !Passed.Parameter ||
      Passed.Parameter->getType()->isReferenceType())
    return false;
  QualType Type = Function.getParamDecl(What.Index)->getType();
  return Type->isReferenceType() &&
         refersToOthers(Type.getNonReferenceType(), Unit);
}

/// Calls \p Visit with each task to which \p Function passes \p What, and which
/// it awaits or returns, until \p Visit returns false.
void LifetimeBorrows::forEachLent(
    const FunctionDecl &Function, Borrowed What,
    llvm::function_ref<bool(const LentBorrow &)> Visit) {
  const Body &Walked = Unit.Bodies.of(Function);
  for (const Site &S : Walked.Sites) {
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    if (S.What != Site::Kind::Call || !Call || !S.Callee ||
        !Classes.returnedBy(*S.Callee))
      continue;
    const FunctionDecl *Definition = visibleBody(*S.Callee);
    const FunctionDecl &Callee = Definition ? *Definition : *S.Callee;
    if (&Callee == &Function)
      continue;
    for (const BorrowedArgument &Passed :
         borrowedArguments(*Call, Callee, Unit)) {
      if (!isOf(referentOf(Passed.Argument, Unit, &Function), Function, What) ||
          copiesHandle(Function, What, Passed, Unit))
        continue;
      if (!Walked.IsCoroutine) {
        TaskUse Made = Uses.of(*Call, Uses.treeOf(Function));
        if (Made.What != TaskUse::Kind::Returned)
          continue;
      }
      if (!Visit({What, &Callee, Passed.As}))
        return;
    }
  }
}

/// The lambda in \p Argument: the expression itself, or the one that it copies.
/// Null if it has no lambda.
static const LambdaExpr *lambdaIn(const Expr *Argument) {
  const Expr *E = innermostOf(Argument);
  while (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E))
    E = Construct->getNumArgs() == 1 ? innermostOf(Construct->getArg(0))
                                     : nullptr;
  return dyn_cast_or_null<LambdaExpr>(E);
}

const ValueDecl *sourceOf(const Expr &Init) {
  const Expr *E = innermostOf(&Init);
  while (E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    if (Construct && Construct->getConstructor()->isCopyOrMoveConstructor())
      E = innermostOf(Construct->getArg(0));
    else if (Call && isReferenceCast(*Call))
      E = innermostOf(Call->getArg(0));
    else
      return nullptr;
  }
  return nullptr;
}

/// The name in \p Capture for \p Param, or for a copy of it that refers to the
/// same object. Null if it captures something else, or a separate object.
static const ValueDecl *borrowedBy(const LambdaCapture &Capture,
                                   const ParmVarDecl &Param) {
  if (!Capture.capturesVariable())
    return nullptr;
  const auto *Captured = dyn_cast<VarDecl>(Capture.getCapturedVar());
  const bool IsReference = Param.getType()->isReferenceType();
  if (Captured == &Param)
    return IsReference == (Capture.getCaptureKind() == LCK_ByRef) ? Captured
                                                                  : nullptr;
  if (!Captured || !Captured->isInitCapture() || !Captured->getInit() ||
      Captured->getType()->isReferenceType() != IsReference)
    return nullptr;
  return sourceOf(*Captured->getInit()) == &Param ? Captured : nullptr;
}

/// `return open().then([name] { … name … });`: a callable that runs later uses
/// the object to which the parameter \p What refers.
std::optional<BorrowUse>
LifetimeBorrows::findInLaterCallable(const FunctionDecl &Function,
                                     Borrowed What) {
  const Body &Walked = Unit.Bodies.of(Function);
  if (What.What != Borrowed::Kind::Parameter || Walked.Lambdas.empty())
    return std::nullopt;
  const ParmVarDecl &Param = *Function.getParamDecl(What.Index);
  for (const Site &S : Walked.Sites) {
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    if (S.What != Site::Kind::Call || !Call || !S.Callee)
      continue;
    const CallOperands Operands = CallOperands::of(Call);
    const StatementTree &Tree = Uses.treeOf(Function);
    auto RunsLater = [&](unsigned Index) {
      if (!Classes.returnedBy(*S.Callee))
        return S.Callee->getReturnType()->isVoidType() &&
               Kept.outlivesCall(*Call, *S.Callee, Index) &&
               Kept.nothingFollows(*Call, nullptr, Tree);
      const auto *Entry = Unit.modelOf(*S.Callee, Operands);
      return Entry && runsLater(*Entry, Operands, *Operands.Arguments[Index]) &&
             Uses.of(*Call, Tree).What == TaskUse::Kind::Returned;
    };
    for (unsigned Index = 0; Index < Operands.Arguments.size(); ++Index) {
      const LambdaExpr *Lambda = lambdaIn(Operands.Arguments[Index]);
      if (!Lambda || !RunsLater(Index))
        continue;
      for (const LambdaCapture &Capture : Lambda->captures())
        if (const ValueDecl *Name = borrowedBy(Capture, Param)) {
          BorrowUse Use;
          Use.Where = Capture.getLocation();
          Use.Variable = Name;
          Use.In = Lambda->getCallOperator();
          return Use;
        }
    }
  }
  return std::nullopt;
}

/// `async_write(socket, buffer(data, size), handler)`, where `data` is the
/// parameter \p What.
std::optional<BorrowUse>
LifetimeBorrows::findInLaterOperation(const FunctionDecl &Function,
                                      Borrowed What) {
  if (What.What != Borrowed::Kind::Parameter)
    return std::nullopt;
  for (const Site &S : Unit.Bodies.of(Function).Sites) {
    const auto *Call = dyn_cast_or_null<CallExpr>(S.Node);
    if (S.What != Site::Kind::Call || !Call || !S.Callee ||
        !handsBuffer(*Call, *S.Callee, Unit) ||
        !Kept.nothingFollows(*Call, nullptr, Uses.treeOf(Function)))
      continue;
    for (const Expr *Argument : Call->arguments()) {
      const Expr *Viewed = bufferedObject(*Argument, Unit);
      if (!Viewed || !isOf(referentOf(Viewed, Unit, &Function), Function, What))
        continue;
      BorrowUse Use;
      Use.Where = Argument->getBeginLoc();
      Use.Variable = Function.getParamDecl(What.Index);
      return Use;
    }
  }
  return std::nullopt;
}

/// Finds objects passed to a task that uses them late, before the coroutine
/// itself suspends: it uses them while it waits for that task.
std::optional<BorrowUse>
LifetimeBorrows::findHandedOn(const FunctionDecl &Function, Borrowed What,
                              unsigned Depth) {
  std::optional<BorrowUse> Result;
  forEachLent(Function, What, [&](const LentBorrow &Lent) {
    const std::optional<BorrowUse> &Late = of(*Lent.Callee, Lent.As, Depth + 1);
    if (!Late)
      return true;
    Result = *Late;
    Result->In = Result->In ? Result->In : Lent.Callee;
    return false;
  });
  return Result;
}

llvm::SmallVector<LentBorrow, 1>
LifetimeBorrows::lent(const FunctionDecl &Function, Borrowed What) {
  llvm::SmallVector<LentBorrow, 1> Result;
  const FunctionDecl *Definition = visibleBody(Function);
  if (!Definition || of(*Definition, What))
    return Result;
  const Body &Walked = Unit.Bodies.of(*Definition);
  // A lazy coroutine that passes something on uses it.
  if (Walked.IsCoroutine &&
      (!Walked.isAsynchronous() || Classes.startsLazily(*Definition)))
    return Result;
  forEachLent(*Definition, What, [&](const LentBorrow &Lent) {
    Result.push_back(Lent);
    return true;
  });
  return Result;
}

/// `auto self = shared_from_this();` before the first suspension point, in the
/// outermost block.
bool LifetimeBorrows::keepsItself(const FunctionDecl &Function,
                                  const Frame &F) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(writtenBody(Function));
  if (!Block)
    return false;
  llvm::SmallPtrSet<const Expr *, 8> Late;
  for (const Reference &R : F.References)
    if (R.Suspension)
      Late.insert(R.Node);
  PathResolver Resolver(Unit, Unit.Bodies.of(Function));
  for (const Stmt *S : Block->body()) {
    const auto *Declared = dyn_cast<DeclStmt>(S);
    const auto *Variable = Declared && Declared->isSingleDecl()
                               ? dyn_cast<VarDecl>(Declared->getSingleDecl())
                               : nullptr;
    const auto *Call =
        Variable
            ? dyn_cast_or_null<CXXMemberCallExpr>(taskCall(Variable->getInit()))
            : nullptr;
    if (Call && Variable->getType()->isRecordType() &&
        Resolver.isOwnHandle(*Call) &&
        !Late.contains(
            Call->getImplicitObjectArgument()->IgnoreParenImpCasts()))
      return true;
  }
  return false;
}

std::optional<BorrowUse> LifetimeBorrows::find(const FunctionDecl &Function,
                                               Borrowed What, unsigned Depth) {
  const Body &Walked = Unit.Bodies.of(Function);
  if (!Walked.IsCoroutine) {
    std::optional<BorrowUse> Late = findHandedOn(Function, What, Depth);
    if (!Late)
      Late = findInLaterCallable(Function, What);
    return Late ? Late : findInLaterOperation(Function, What);
  }
  const bool IsLazy = Classes.startsLazily(Function);
  if (!Walked.isAsynchronous() && !IsLazy)
    return std::nullopt;
  const Frame &F = frameOf(Function);
  if (!F.Valid)
    return std::nullopt;
  if (What.What == Borrowed::Kind::This && !IsLazy && keepsItself(Function, F))
    return std::nullopt;
  for (bool Direct : {true, false})
    for (const Reference &R : F.References) {
      if (!R.Suspension && !IsLazy)
        continue;
      BorrowUse Use;
      if (!isUse(*R.Node, Function, What, F, Use) || Use.IsDerived == Direct)
        continue;
      Use.Suspension = R.Suspension;
      return Use;
    }
  return IsLazy ? std::nullopt : findHandedOn(Function, What, Depth);
}

const std::optional<BorrowUse> &
LifetimeBorrows::of(const FunctionDecl &Function, Borrowed What,
                    unsigned Depth) {
  static const std::optional<BorrowUse> None;
  const FunctionDecl *Definition = visibleBody(Function);
  if (!Definition || Depth > MaxBorrowDepth)
    return None;
  auto [It, Inserted] = Known.try_emplace({Definition, What}, std::nullopt);
  if (Inserted)
    // For a cycle of calls, only uses outside the cycle count.
    Known[{Definition, What}] = find(*Definition, What, Depth);
  return Known[{Definition, What}];
}

} // namespace corolint
