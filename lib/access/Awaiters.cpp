//===-- Awaiters.cpp - Awaiters that let go of a coroutine ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Awaiters.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"

using namespace clang;

namespace corolint {

namespace {

/// Building a CFG recurses on the depth of the source.
constexpr unsigned MaxNesting = 400;

/// The handle that \p Function is handed, if it suspends for an awaiter; null
/// for any other function.
const ParmVarDecl *handleOf(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->isInstance() && Method->getIdentifier() &&
                 Method->getName() == "await_suspend" &&
                 Method->getNumParams() != 0
             ? Method->getParamDecl(0)
             : nullptr;
}

/// Whether \p E names \p Handle, or was made from it by a conversion.
bool isHandle(const Expr *E, const ParmVarDecl &Handle) {
  E = innermostOf(E);
  while (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E))
    E = Construct->getNumArgs() == 1 ? innermostOf(Construct->getArg(0))
                                     : nullptr;
  const auto *Conversion = dyn_cast_or_null<CXXMemberCallExpr>(E);
  if (Conversion &&
      isa_and_nonnull<CXXConversionDecl>(Conversion->getMethodDecl()))
    E = innermostOf(Conversion->getImplicitObjectArgument());
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref && Ref->getDecl() == &Handle;
}

/// Whether \p Argument is a lambda that has a copy of \p Handle.
bool carries(const Expr *Argument, const ParmVarDecl &Handle) {
  const Expr *E = innermostOf(closureOf(Argument));
  while (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E))
    E = Construct->getNumArgs() == 1 ? innermostOf(Construct->getArg(0))
                                     : nullptr;
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(E);
  return Lambda && llvm::any_of(Lambda->capture_inits(), [&](const Expr *Init) {
           return Init && isHandle(Init, Handle);
         });
}

/// What \p S does to the coroutine of \p Handle, if it lets go of it.
std::optional<TaskNote::Kind> letsGo(const Stmt &S, const ParmVarDecl &Handle,
                                     Facts &Unit) {
  const auto *Call = dyn_cast<CallExpr>(&S);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&S);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
  if (Member && isHandle(Member->getImplicitObjectArgument(), Handle)) {
    const IdentifierInfo *Name = Member->getMethodDecl()
                                     ? Member->getMethodDecl()->getIdentifier()
                                     : nullptr;
    if (Name && Name->getName() == "destroy")
      return TaskNote::Kind::CoroutineDestroyed;
    if (Name && Name->getName() == "resume")
      return TaskNote::Kind::CoroutineResumed;
    return std::nullopt;
  }
  if (Operator && Operator->getOperator() == OO_Call &&
      isHandle(Operator->getArg(0), Handle))
    return TaskNote::Kind::CoroutineResumed;
  const auto *Construct = dyn_cast<CXXConstructExpr>(&S);
  const FunctionDecl *Callee = Construct ? Construct->getConstructor()
                               : Call    ? calleeOf(*Call)
                                         : nullptr;
  if (!Callee)
    return std::nullopt;
  const CallOperands Operands = CallOperands::of(&S);
  const auto *Entry = Unit.modelOf(*Callee, Operands);
  if (!Entry)
    return std::nullopt;
  for (const CallableModel *Model : Entry->Callables)
    if (Model->Runs == ContextKind::AllowBlocking ||
        Model->Runs == ContextKind::Pool)
      for (const Expr *Argument : Operands.at(Model->Argument))
        if (carries(Argument, Handle))
          return TaskNote::Kind::CoroutineHanded;
  return std::nullopt;
}

/// The first use of the awaiter that control may reach after it let go.
class LateUse {
public:
  LateUse(const CFG &Graph, const ParmVarDecl &Handle, Facts &Unit)
      : Handle(Handle), Unit(Unit), Sources(Unit.Context.getSourceManager()) {
    Before.assign(Graph.getNumBlockIDs(), nullptr);
    Seen.resize(Graph.getNumBlockIDs());
    llvm::SmallVector<const CFGBlock *, 16> Pending{&Graph.getEntry()};
    while (!Pending.empty()) {
      const CFGBlock *Block = Pending.pop_back_val();
      const Stmt *State = transfer(*Block);
      for (const CFGBlock *Next : Block->succs())
        if (Next && (!Seen.test(Next->getBlockID()) ||
                     (State && !Before[Next->getBlockID()]))) {
          Seen.set(Next->getBlockID());
          Before[Next->getBlockID()] = State;
          Pending.push_back(Next);
        }
    }
  }

  const Expr *Use = nullptr;
  const Stmt *Event = nullptr; ///< Before the use.

private:
  const Stmt *transfer(const CFGBlock &Block) {
    const Stmt *State = Before[Block.getBlockID()];
    for (const CFGElement &Element : Block) {
      const auto Statement = Element.getAs<CFGStmt>();
      if (!Statement)
        continue;
      const Stmt *S = Statement->getStmt();
      const auto *This = dyn_cast<CXXThisExpr>(S);
      if (This && State && !isOperand(*This, *State) &&
          (!Use || Sources.isBeforeInTranslationUnit(This->getBeginLoc(),
                                                     Use->getBeginLoc()))) {
        Use = This;
        Event = State;
      }
      if (!State && letsGo(*S, Handle, Unit))
        State = S;
    }
    return State;
  }

  /// The other side of `thread_ = std::thread([h] { … })` is no later use: the
  /// assignment is what hands the coroutine over, or what is left unassigned.
  bool isOperand(const Expr &This, const Stmt &State) {
    return Sources.isBeforeInTranslationUnit(
        Sources.getExpansionLoc(This.getBeginLoc()),
        Sources.getExpansionLoc(State.getBeginLoc()));
  }

  const ParmVarDecl &Handle;
  Facts &Unit;
  const SourceManager &Sources;
  std::vector<const Stmt *> Before;
  llvm::BitVector Seen;
};

} // namespace

std::vector<TaskFinding>
findLateAwaiters(llvm::ArrayRef<const FunctionDecl *> Functions, Facts &Unit) {
  std::vector<TaskFinding> Found;
  llvm::DenseSet<SourceLocation> Reported;
  for (const FunctionDecl *Function : Functions) {
    const ParmVarDecl *Handle = handleOf(*Function);
    if (!Handle || !visibleBody(*Function) ||
        Unit.Bodies.of(*Function).Depth > MaxNesting)
      continue;
    auto *Written = const_cast<Stmt *>(writtenBody(*Function));
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Options.PruneTriviallyFalseEdges = true;
    const std::unique_ptr<CFG> Graph =
        Written ? CFG::buildCFG(Function, Written, &Unit.Context, Options)
                : nullptr;
    if (!Graph)
      continue;
    const LateUse Late(*Graph, *Handle, Unit);
    if (!Late.Use || !Reported.insert(Late.Use->getBeginLoc()).second)
      continue;
    TaskFinding Finding{TaskFinding::Kind::HandedAwaiter,
                        Late.Use->getBeginLoc()};
    Finding.Notes.push_back(
        {*letsGo(*Late.Event, *Handle, Unit), Late.Event->getBeginLoc()});
    Found.push_back(std::move(Finding));
  }
  return Found;
}

} // namespace corolint
