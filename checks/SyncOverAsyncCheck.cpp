//===-- SyncOverAsyncCheck.cpp - Waiting for what needs the thread --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SyncOverAsyncCheck.h"
#include "report/Messages.h"

using namespace clang;

namespace corolint {

namespace {

bool isAwaitable(const Expr &E) {
  const CXXRecordDecl *Class = classOf(E.getType());
  return Class && corolint::isAwaitable(*Class);
}

} // namespace

FixItHint SyncOverAsyncCheck::fix(const EffectFinding &Finding,
                                  const DeclaredEffects &Cause,
                                  Analysis &Analysed) const {
  if (Finding.Context.What != FindingContext::Kind::Coroutine)
    return {};
  CallOperands Operands = CallOperands::of(Finding.At->Node);
  const Expr *Operand = nullptr;
  if (const FunctionModel *Model = Cause.BlockingModel) {
    if (Model->Awaitable == AwaitOperand::Object)
      Operand = Operands.Object;
    else if (Model->Awaitable == AwaitOperand::FirstArgument &&
             !Operands.Arguments.empty())
      Operand = Operands.Arguments.front();
  } else if (Operands.Arguments.size() == 1 &&
             isAwaitable(*Operands.Arguments.front())) {
    Operand = Operands.Arguments.front();
  } else if (Operands.Arguments.empty() && Operands.Object &&
             isAwaitable(*Operands.Object)) {
    Operand = Operands.Object;
  }
  if (!Operand)
    return {};
  ASTContext &Context = Analysed.context();
  std::string Text = sourceOf(*Operand, Context);
  if (Text.empty())
    return {};
  const Expr *Shape = Operand->IgnoreImplicit();
  if (isa<BinaryOperator, ConditionalOperator>(Shape))
    Text = "(" + Text + ")";
  return replaceCall(Finding, "co_await " + Text, Context);
}

void SyncOverAsyncCheck::report(Analysis &Analysed) {
  llvm::DenseSet<SourceLocation> Certain;
  for (const EffectFinding &Finding : Analysed.effects()) {
    if (!(Finding.Effects & SyncWaits))
      continue;
    EffectInference::Witness Cause = witness(Finding, SyncWaits);
    if (Cause.Steps.empty())
      continue;
    Certain.insert(Finding.At->Where);
    FixItHint Fix;
    if (Cause.Steps.size() == 1 && Cause.Steps.front().Primitive)
      Fix = fix(Finding, *Cause.Steps.front().Primitive, Analysed);
    diag(Finding.At->Where,
         "%0 waits synchronously for asynchronous work in %1")
        << describeSite(*Finding.At) << describe(Finding.Context) << Fix;
    noteRegion(Finding.Context);
    noteWitness(Cause);
  }
  if (Shared->isWholeProgram())
    reportPending(Analysed, Certain);
}

void SyncOverAsyncCheck::reportPending(
    Analysis &Analysed, const llvm::DenseSet<SourceLocation> &Certain) {
  unsigned Index = 0;
  for (const PendingFinding &Pending : Analysed.pending()) {
    const std::string Mark = Session::pendingMark(Index++);
    if (!(Pending.Possible & SyncWaits) || Certain.contains(Pending.At->Where))
      continue;
    diag(Pending.At->Where,
         "%0%1 waits synchronously for asynchronous work in %2")
        << Mark << describeSite(*Pending.At) << describe(Pending.Context);
    noteRegion(Pending.Context);
  }
}

} // namespace corolint
