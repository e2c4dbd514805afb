//===-- SourceFinding.cpp - A finding in one AST, as data -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SourceFinding.h"
#include "code/Expressions.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

static std::string phrase(MessageId Id, std::string Name = {}) {
  return Message{Id, {std::move(Name)}}.text();
}

std::string nameOf(const FunctionDecl &Function) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function)) {
    if (Method->getParent()->isLambda())
      return "operator()";
    if (isa<CXXConstructorDecl>(Method))
      return Method->getParent()->getNameAsString();
    if (isa<CXXDestructorDecl>(Method))
      return "~" + Method->getParent()->getNameAsString();
  }
  return Function.getNameAsString();
}

std::string describeFunction(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda()
             ? "a lambda"
             : "'" + nameOf(Function) + "'";
}

/// The member or table through which a call is made.
static std::string storedName(const Stmt *Node) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Node);
  const Expr *E = Call ? innermostOf(Call->getCallee()) : nullptr;
  while (E) {
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl()->getNameAsString();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl()->getNameAsString();
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = innermostOf(Element->getBase());
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = innermostOf(Unary->getSubExpr());
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
      E = innermostOf(Operator->getArg(0));
    else if (const auto *Access = dyn_cast<CXXMemberCallExpr>(E))
      E = innermostOf(Access->getImplicitObjectArgument());
    else
      return {};
  }
  return {};
}

std::string describeSite(const Site &S) {
  switch (S.What) {
  case Site::Kind::Suspend:
    return phrase(isa<CoyieldExpr>(S.Node) ? MessageId::CoYield
                                           : MessageId::CoAwait);
  case Site::Kind::Construct:
    return phrase(MessageId::ConstructionOf, nameOf(*S.Callee));
  case Site::Kind::Destroy:
    return phrase(
        MessageId::DestructionOf,
        S.Variable
            ? S.Variable->getNameAsString()
            : cast<CXXMethodDecl>(S.Callee)->getParent()->getNameAsString());
  case Site::Kind::Call:
    break;
  }
  if (S.Callee)
    return phrase(MessageId::CallTo, nameOf(*S.Callee));
  if (S.Variable)
    return phrase(MessageId::CallTo, S.Variable->getNameAsString());
  const std::string Through = storedName(S.Node);
  return Through.empty() ? phrase(MessageId::UnnamedCall)
                         : phrase(MessageId::CallThrough, Through);
}

Message describeCause(const FunctionDecl &Callee, const DeclaredEffects &Cause,
                      EffectSet Effect, SourceLocation &Where) {
  const std::string Name = nameOf(Callee);
  auto Modelled = [&](StringRef Library, BlockKind Kind) -> Message {
    if (Effect == Yields)
      return {MessageId::LetsCoroutinesRun, {Name, Library.str()}};
    if (Effect == SyncWaits)
      return {MessageId::WaitsForWork, {Name, Library.str()}};
    return {MessageId::Blocks, {Name, Library.str(), spelling(Kind).str()}};
  };
  if (const GuardModel *Pending = Cause.Pending)
    return Modelled(Pending->Library, Pending->DestructorKind);
  if (const FunctionModel *Model =
          Effect == Yields ? Cause.YieldModel : Cause.BlockingModel)
    return Modelled(Model->Library, Model->Kind);
  Where =
      Cause.Marks.Where.isValid() ? Cause.Marks.Where : Callee.getLocation();
  if (Effect == Yields)
    return {MessageId::DeclaredToYield, {Name}};
  if (Effect == SyncWaits)
    return {MessageId::DeclaredToWait, {Name}};
  return {MessageId::DeclaredBlocking, {Name}};
}

std::string reasonOf(const DeclaredEffects &Cause, EffectSet Effect) {
  if (Cause.Pending)
    return Effect == SyncWaits ? ""
                               : spelling(Cause.Pending->DestructorKind).str();
  const FunctionModel *Model =
      Effect == Yields ? Cause.YieldModel : Cause.BlockingModel;
  if (!Model)
    return Cause.Marks.BlockingReason.str();
  return Effect & (Yields | SyncWaits) ? "" : spelling(Model->Kind).str();
}

std::string reasonOf(const EffectInference::Witness &Cause) {
  if (Cause.Steps.empty())
    return {};
  const WitnessStep &Last = Cause.Steps.back();
  if (Last.Primitive)
    return Last.Callee ? reasonOf(*Last.Primitive, Cause.Effect) : "";
  return Last.External ? Last.External->Reason : "";
}

static bool isLambda(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda();
}

std::string describeContext(const FindingContext &Context) {
  const bool Unnamed = !Context.Function || isLambda(*Context.Function);
  switch (Context.What) {
  case FindingContext::Kind::NoYieldRegion:
    return phrase(MessageId::InNoYieldRegion);
  case FindingContext::Kind::Coroutine:
    return Unnamed ? phrase(MessageId::InCoroutineLambda)
                   : phrase(MessageId::InCoroutine, nameOf(*Context.Function));
  case FindingContext::Kind::EventLoop:
    return Unnamed || Context.Reason.Passed
               ? phrase(MessageId::InEventLoopCallable)
               : phrase(MessageId::InEventLoopFunction,
                        nameOf(*Context.Function));
  }
  llvm_unreachable("all kinds are covered");
}

void addContext(SourceFinding &Found, const FindingContext &Context,
                const SourceManager &Sources) {
  if (Context.Region)
    return Found.note(MessageId::RegionBegins, {},
                      Sources.getExpansionLoc(Context.Region->getIfLoc()));
  if (Context.Scope) {
    const HeldObject &Object = *Context.Scope;
    const std::string Type = Object.Class->Class->getNameAsString();
    if (Object.Name.empty())
      return Found.note(MessageId::TemporaryOpensRegion, {Type}, Object.Since);
    return Found.note(MessageId::ObjectOpensRegion, {Object.Name, Type},
                      Object.Since);
  }
  const ContextReason &Reason = Context.Reason;
  if (!Reason || Context.What == FindingContext::Kind::Coroutine)
    return;
  if (Context.What == FindingContext::Kind::EventLoop)
    return Found.note(Reason.Passed ? MessageId::PassedToEventLoop
                                    : MessageId::DeclaredEventLoop,
                      {}, Reason.Where);
  if (Reason.Passed)
    return Found.note(MessageId::PassedToNoYield, {}, Reason.Where);
  if (isLambda(*Context.Function))
    return Found.note(MessageId::LambdaDeclaredNoYield, {}, Reason.Where);
  Found.note(MessageId::DeclaredNoYield, {nameOf(*Context.Function)},
             Reason.Where);
}

SourceFinding effectFinding(MessageId Id, const Site &At,
                            const FindingContext &Context,
                            const SourceManager &Sources) {
  SourceFinding Found(Id, {describeSite(At), describeContext(Context)},
                      At.Where);
  addContext(Found, Context, Sources);
  return Found;
}

/// Adds the steps in other translation units, from an index.
static void addExternal(SourceFinding &Found, const ExternalWitness &Witness) {
  for (const ExternalStep &Step : Witness.Steps)
    Found.Notes.push_back({{MessageId::Calls, {Step.Caller, Step.Callee}},
                           {},
                           Location{Step.File, Step.Line, Step.Column}});
  const ExternalCause &Cause = Witness.Cause;
  Found.Notes.push_back(
      {{messageNamed(Cause.Message).value_or(MessageId::Verbatim),
        Cause.Arguments},
       {},
       Location{Cause.File, Cause.Line, Cause.Column}});
}

void addWitness(SourceFinding &Found, const EffectInference::Witness &Cause,
                const SourceManager &Sources) {
  bool InLibrary = false;
  // The finding itself describes the first step.
  for (size_t I = 1; I < Cause.Steps.size(); ++I) {
    const WitnessStep &Step = Cause.Steps[I];
    if (!Step.Callee)
      continue;
    const bool WasInLibrary =
        std::exchange(InLibrary, Sources.isInSystemHeader(Step.Where));
    if (WasInLibrary && InLibrary)
      Found.Notes.back().What.Arguments[1] = nameOf(*Step.Callee);
    else
      Found.note(MessageId::Calls, {nameOf(*Step.Caller), nameOf(*Step.Callee)},
                 Step.Where);
  }
  if (Cause.Steps.empty())
    return;
  const WitnessStep &Last = Cause.Steps.back();
  if (Last.External)
    addExternal(Found, *Last.External);
  if (!Last.Primitive || !Last.Callee)
    return;
  SourceLocation Where;
  Message Why =
      describeCause(*Last.Callee, *Last.Primitive, Cause.Effect, Where);
  Found.Notes.push_back(
      {std::move(Why), Where.isValid() ? Where : Last.Where, std::nullopt});
}

} // namespace corolint
