//===-- LifetimeOperands.cpp - What an operation uses until its callback --===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Libraries start an operation on a request of the caller, and use the request
// and its buffers until they call a function back:
// `uv_write(&request, stream, &buffer, 1, done)`.
//
//===----------------------------------------------------------------------===//

#include "access/Lifetimes.h"
#include "code/Expressions.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace corolint {

/// Whether a call with \p Entry uses \p Argument until the operation calls
/// back; for null, whether it uses any argument for so long.
static bool usesUntilCallback(const ModelIndex::FunctionEntry &Entry,
                              const CallOperands &Operands,
                              const Expr *Argument, Facts &Unit) {
  return llvm::any_of(Entry.KeepsAlive, [&](const KeepAliveModel *Model) {
    return Model->Until == KeptUntil::CalledBack &&
           (!Argument ||
            llvm::is_contained(Operands.at(Model->Argument), Argument)) &&
           Unit.Conditions.applies(*Model, Operands, nullptr);
  });
}

/// Whether \p Call waits for the operation, or returns an object that does: the
/// caller passed another completion token than a callback.
static bool hasOtherToken(const CallExpr &Call, Facts &Unit) {
  return Call.getType()->isRecordType() ||
         llvm::any_of(Call.arguments(), [&](const Expr *Argument) {
           const CXXRecordDecl *Class = classOf(Argument->getType());
           return Class &&
                  Unit.Models.isListed(*Class, NameList::YieldingArguments);
         });
}

bool handsOperand(const CallExpr &Call, const FunctionDecl &Callee,
                  Facts &Unit) {
  if (hasOtherToken(Call, Unit))
    return false;
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(Callee, Operands);
  return Entry && usesUntilCallback(*Entry, Operands, nullptr, Unit);
}

/// The pointer in the structure that \p Argument points to, if the structure is
/// a local variable that describes a buffer.
static const Expr *pointerInBuffer(const Expr &Argument, Facts &Unit) {
  const Expr *E = innermostOf(&Argument);
  const auto *Address = dyn_cast<UnaryOperator>(E);
  const VarDecl *Variable = variableOf(
      Address && Address->getOpcode() == UO_AddrOf ? Address->getSubExpr() : E);
  const CXXRecordDecl *Class =
      Variable ? Variable->getType()->getAsCXXRecordDecl() : nullptr;
  if (!Class || !Unit.Models.isListed(*Class, NameList::Buffers) ||
      !Variable->hasLocalStorage() || isa<ParmVarDecl>(Variable) ||
      !Variable->getInit())
    return nullptr;
  const Expr *Init = innermostOf(Variable->getInit());
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 0 ? nullptr : List->getInit(0);
  const auto *Call = dyn_cast<CallExpr>(Init);
  return Call && Call->getNumArgs() != 0 ? Call->getArg(0) : nullptr;
}

/// The memory that \p Statement frees, or null.
static const Expr *freedBy(const Stmt &Statement) {
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&Statement))
    return Delete->getArgument();
  const auto *Call = dyn_cast<CallExpr>(&Statement);
  return Call && Call->getBuiltinCallee() == Builtin::BIfree ? Call->getArg(0)
                                                             : nullptr;
}

/// Whether the function always frees the memory of \p Pointer after \p Call,
/// and waits for nothing in between.
bool Lifetimes::isFreedAfter(const VarDecl &Pointer, const CallExpr &Call) {
  if (!Pointer.getType()->isPointerType() || !Pointer.hasLocalStorage() ||
      Unit.Bodies.of(Tree->function()).Modified.contains(&Pointer) ||
      !followedByNothing(Pointer, &Call))
    return false;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  return llvm::any_of(Tree->all(), [&](const Stmt *S) {
    const Expr *Freed = freedBy(*S);
    if (!Freed || variableOf(Freed) != &Pointer ||
        !Sources.isBeforeInTranslationUnit(Call.getEndLoc(), S->getBeginLoc()))
      return false;
    const Stmt *Block = Tree->parent(S);
    while (isa_and_nonnull<Expr>(Block))
      Block = Tree->parent(Block);
    return isa_and_nonnull<CompoundStmt>(Block) && Tree->isWithin(&Call, Block);
  });
}

void Lifetimes::judgeOperands(const CallExpr &Call,
                              const FunctionDecl &Callee) {
  if (!handsOperand(Call, Callee, Unit))
    return judgeBuffers(Call);
  const CallOperands Operands = CallOperands::of(&Call);
  const auto *Entry = Unit.modelOf(Callee, Operands);
  for (const Expr *Argument : Operands.Arguments) {
    // What is passed by value is copied.
    const bool IsCopied =
        Argument->isPRValue() && Argument->getType()->isRecordType();
    const Expr *Used =
        !IsCopied && usesUntilCallback(*Entry, Operands, Argument, Unit)
            ? Argument
            : pointerInBuffer(*Argument, Unit);
    if (!Used)
      continue;
    const Referent Object = referentOf(Used, Unit, &Tree->function());
    const auto *Variable = dyn_cast_or_null<VarDecl>(Object.Variable);
    // What is moved away goes on to live elsewhere.
    if ((Object.What == Referent::Kind::Local ||
         Object.What == Referent::Kind::Parameter) &&
        Variable && !Variable->getType()->isPointerType() &&
        !hasOtherOwners(Object) &&
        !Unit.Bodies.of(Tree->function()).Moved.contains(Variable) &&
        !mayBeWaitedFor(*Variable, Call)) {
      report({TaskFinding::Kind::LocalOperand, Argument->getBeginLoc(),
              Variable->getNameAsString()});
      continue;
    }
    const VarDecl *Pointer = variableOf(Used);
    if (Pointer && isFreedAfter(*Pointer, Call))
      report({TaskFinding::Kind::FreedOperand, Argument->getBeginLoc(),
              Pointer->getNameAsString()});
  }
}

} // namespace corolint
