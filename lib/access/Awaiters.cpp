//===-- Awaiters.cpp - Awaiters that let go of a coroutine ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Awaiters.h"
#include "access/EventFlow.h"
#include "access/LifetimeBorrows.h"
#include "code/Expressions.h"
#include "code/FlowGraph.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

namespace {

/// Functions that nest deeper than this are not judged.
constexpr unsigned MaxAwaiterNesting = 400;

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

/// A use of the awaiter after it let go of the coroutine.
struct LateUse {
  const CXXThisExpr *Use = nullptr;
  const Stmt *Event = nullptr; ///< Lets go of the coroutine.
};

/// The first late use in the source of \p Walked.
LateUse findLateUse(const Body &Walked, const ParmVarDecl &Handle,
                    Facts &Unit) {
  LateUse First;
  const std::shared_ptr<const CFG> Graph = Unit.Graphs.of(Walked);
  if (!Graph)
    return First;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  // In `thread_ = std::thread([h] { … })`, the object assigned to is no later
  // use: it comes before the event in the source.
  auto IsOperand = [&](const Stmt &This, const Stmt &Event) {
    return Sources.isBeforeInTranslationUnit(
        Sources.getExpansionLoc(This.getBeginLoc()),
        Sources.getExpansionLoc(Event.getBeginLoc()));
  };
  auto LetsGo = [&](const Stmt &S) {
    return letsGo(S, Handle, Unit).has_value();
  };
  // If handing the coroutine over throws, the awaiter still has it.
  EventFlow(*Graph, LetsGo, EventFlow::Handlers::Ignored)
      .visit([&](const Stmt &S, const Stmt *Event) {
        const auto *This = dyn_cast<CXXThisExpr>(&S);
        if (This && Event && !IsOperand(*This, *Event) &&
            (!First.Use || Sources.isBeforeInTranslationUnit(
                               This->getBeginLoc(), First.Use->getBeginLoc())))
          First = {This, Event};
      });
  return First;
}

} // namespace

std::optional<TaskFinding> findLateAwaiter(const FunctionDecl &Function,
                                           Facts &Unit) {
  const ParmVarDecl *Handle = handleOf(Function);
  if (!Handle || Unit.Bodies.of(Function).Depth > MaxAwaiterNesting)
    return std::nullopt;
  const LateUse Late = findLateUse(Unit.Bodies.of(Function), *Handle, Unit);
  if (!Late.Use)
    return std::nullopt;
  TaskFinding Finding{TaskFinding::Kind::HandedAwaiter,
                      Late.Use->getBeginLoc()};
  Finding.Notes.push_back(
      {*letsGo(*Late.Event, *Handle, Unit), Late.Event->getBeginLoc()});
  return Finding;
}

} // namespace corolint
