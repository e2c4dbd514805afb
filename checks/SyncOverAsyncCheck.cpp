//===-- SyncOverAsyncCheck.cpp - Implements coro-sync-over-async ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SyncOverAsyncCheck.h"
#include "Matchers.h"
#include "access/TaskUses.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace corolint {

namespace {

bool isAwaitable(const Expr &E) {
  const CXXRecordDecl *Class = classOf(E.getType());
  return Class && corolint::isAwaitable(*Class);
}

/// Whether the value of \p Call, an expression of \p Tree, is not used.
bool isDiscarded(const Expr &Call, const StatementTree &Tree) {
  const Stmt *S = Tree.parent(&Call);
  while (isa_and_nonnull<FullExpr, ParenExpr, ImplicitCastExpr,
                         CXXBindTemporaryExpr>(S))
    S = Tree.parent(S);
  return S && !isa<Expr, DeclStmt, ReturnStmt, CoreturnStmt>(S);
}

/// Whether `co_await` of \p Operand, a task of some value, may give another
/// value than \p Call, which waits for it: a result with an error, or an
/// optional.
bool givesOther(const Expr &Operand, const Expr &Call, const FunctionDecl &In,
                ASTContext &Context) {
  const auto *Task = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      classOf(Operand.getType()));
  if (!Task || Task->getTemplateArgs().size() == 0 ||
      Task->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return false;
  const QualType Value = Task->getTemplateArgs()[0].getAsType();
  return Call.getType()->isRecordType() &&
         !Context.hasSameUnqualifiedType(Value.getNonReferenceType(),
                                         Call.getType()) &&
         !isDiscarded(Call, StatementTree(In));
}

} // namespace

FixItHint SyncOverAsyncCheck::fix(const EffectFinding &Finding,
                                  const EffectInference::Witness &Cause,
                                  Analysis &Analysed) const {
  if (Cause.Steps.size() != 1 || !Cause.Steps.front().Primitive ||
      Finding.Context.What != FindingContext::Kind::Coroutine)
    return {};
  CallOperands Operands = CallOperands::of(Finding.At->Node);
  const Expr *Operand = nullptr;
  if (const FunctionModel *Model =
          Cause.Steps.front().Primitive->BlockingModel) {
    if (!Model->Replacement.empty())
      return EffectCheck::fix(Finding, Cause, Analysed);
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
  if (const auto *Call = dyn_cast_or_null<Expr>(Finding.At->Node);
      !Call || givesOther(*Operand, *Call, *Finding.Context.Function, Context))
    return {};
  std::string Text = Operand == Operands.Object
                         ? objectSource(*Operand, Context)
                         : sourceOf(*Operand, Context);
  if (Text.empty())
    return {};
  const Expr *Shape = Operand->IgnoreImplicit();
  if (isa<BinaryOperator, ConditionalOperator>(Shape))
    Text = "(" + Text + ")";
  return replaceCall(Finding, "co_await " + Text, Context);
}

void SyncOverAsyncCheck::registerMatchers(MatchFinder *Finder) {
  CoroCheck::registerMatchers(Finder);
  Finder->addMatcher(functionDecl(mustNotBlock(Shared.get())).bind(Judged),
                     this);
}

} // namespace corolint
