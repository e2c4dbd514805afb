//===-- FrameDestruction.cpp - Destruction of coroutine frames ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/FrameDestruction.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using llvm::StringRef;

namespace corolint {

namespace {

/// The member that \p S names, also in a template's pattern; empty if none.
StringRef memberNamed(const Stmt &S) {
  const IdentifierInfo *Name = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(&S))
    Name = Member->getMemberDecl()->getIdentifier();
  else if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(&S))
    Name = Member->getMember().getAsIdentifierInfo();
  return Name ? Name->getName() : "";
}

/// Whether \p Member, a standard method of coroutine handles, only identifies
/// the coroutine.
bool namesCoroutine(StringRef Member) {
  return Member == "promise" || Member == "address";
}

/// Whether \p Code mentions a member called \p Name.
bool mentions(const Stmt *Code, StringRef Name) {
  llvm::SmallVector<const Stmt *, 16> Pending{Code};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    if (memberNamed(*S) == Name)
      return true;
    Pending.append(S->child_begin(), S->child_end());
  }
  return false;
}

/// Whether \p Call only examines its object and does not test whether a
/// coroutine is finished.
bool onlyTestsHandle(const CallExpr &Call) {
  const StringRef Name = memberNamed(*Call.getCallee()->IgnoreParenImpCasts());
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call.getDirectCallee());
  if (isa<CXXOperatorCallExpr>(Call) || namesCoroutine(Name) ||
      isa_and_nonnull<CXXConversionDecl>(Method))
    return true;
  if (!Method)
    return Name.empty();
  const FunctionDecl *Definition = nullptr;
  return Method->isConst() && Name != "done" &&
         !(Method->hasBody(Definition) &&
           mentions(Definition->getBody(), "done"));
}

/// Whether \p Condition may decide who destroys the coroutine: it decrements a
/// count of owners, calls a method that may change state, or tests more than
/// whether there is a coroutine.
bool decidesOwner(const Expr &Condition) {
  llvm::SmallVector<const Stmt *, 8> Pending{&Condition};
  while (!Pending.empty()) {
    const Stmt *S = Pending.pop_back_val();
    if (!S)
      continue;
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    const auto *Call = dyn_cast<CallExpr>(S);
    if ((Unary && Unary->isIncrementDecrementOp()) ||
        (Call && !onlyTestsHandle(*Call)))
      return true;
    Pending.append(S->child_begin(), S->child_end());
  }
  return false;
}

/// Whether an unfinished coroutine is, or may be, left alive if \p Condition is
/// \p Value.
bool sparesUnfinished(const Expr *Condition, bool Value) {
  llvm::SmallVector<std::pair<const Expr *, bool>, 8> Pending{
      {Condition, Value}};
  while (!Pending.empty()) {
    auto [E, Holds] = Pending.pop_back_val();
    if (!E)
      continue;
    E = E->IgnoreParenImpCasts();
    if (const auto *Not = dyn_cast<UnaryOperator>(E);
        Not && Not->getOpcode() == UO_LNot) {
      Pending.push_back({Not->getSubExpr(), !Holds});
      continue;
    }
    // Both operands hold, or neither does.
    if (const auto *Both = dyn_cast<BinaryOperator>(E);
        Both && Both->getOpcode() == (Holds ? BO_LAnd : BO_LOr)) {
      Pending.push_back({Both->getLHS(), Holds});
      Pending.push_back({Both->getRHS(), Holds});
      continue;
    }
    const auto *Call = dyn_cast<CallExpr>(E);
    const bool IsDone =
        Call &&
        memberNamed(*Call->getCallee()->IgnoreParenImpCasts()) == "done";
    if (IsDone ? Holds : decidesOwner(*E))
      return true;
  }
  return false;
}

bool alwaysReturns(const Stmt *S) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(S);
  return isa_and_nonnull<ReturnStmt>(Block ? Block->body_back() : S);
}

/// Searches a destructor, and the methods of its own object that it calls, for
/// the destruction of a coroutine.
class DestroySearch {
public:
  explicit DestroySearch(bool SpareUnfinished)
      : SpareUnfinished(SpareUnfinished) {}

  bool finds(const FunctionDecl &Destructor) {
    push(Destructor, /*Spared=*/false);
    while (!Pending.empty()) {
      auto [S, Spared] = Pending.pop_back_val();
      if (!S)
        continue;
      if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
        pushBlock(*Block, Spared);
        continue;
      }
      if (const auto *If = dyn_cast<IfStmt>(S)) {
        pushBranches(*If, Spared);
        continue;
      }
      if (const FunctionDecl *Own = ownMethod(*S))
        push(*Own, Spared);
      else if (memberNamed(*S) == "destroy" && !Spared)
        return true;
      for (const Stmt *Child : S->children())
        Pending.push_back({Child, Spared});
    }
    return false;
  }

private:
  /// The method of the object itself that \p S names, if its body is visible.
  static const FunctionDecl *ownMethod(const Stmt &S) {
    const auto *Member = dyn_cast<MemberExpr>(&S);
    const auto *Method =
        Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
    const FunctionDecl *Definition = nullptr;
    return Method &&
                   isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts()) &&
                   Method->hasBody(Definition)
               ? Definition
               : nullptr;
  }

  void push(const FunctionDecl &Function, bool Spared) {
    if (Read.insert(Function.getCanonicalDecl()).second)
      Pending.push_back({Function.getBody(), Spared});
  }

  void pushBlock(const CompoundStmt &Block, bool Spared) {
    for (const Stmt *Part : Block.body()) {
      Pending.push_back({Part, Spared});
      const auto *If = dyn_cast<IfStmt>(Part);
      if (If && !If->getElse() && alwaysReturns(If->getThen()))
        Spared |= isSpared(*If, false);
    }
  }

  void pushBranches(const IfStmt &If, bool Spared) {
    Pending.push_back({If.getInit(), Spared});
    Pending.push_back({If.getConditionVariableDeclStmt(), Spared});
    Pending.push_back({If.getCond(), Spared});
    Pending.push_back({If.getThen(), Spared || isSpared(If, true)});
    Pending.push_back({If.getElse(), Spared || isSpared(If, false)});
  }

  bool isSpared(const IfStmt &If, bool Value) const {
    return SpareUnfinished && sparesUnfinished(If.getCond(), Value);
  }

  const bool SpareUnfinished;
  llvm::SmallVector<std::pair<const Stmt *, bool>, 16> Pending;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Read;
};

} // namespace

bool destroysUnfinished(const FunctionDecl &Destructor) {
  return DestroySearch(/*SpareUnfinished=*/true).finds(Destructor);
}

bool mentionsDestroy(const FunctionDecl &Destructor) {
  return DestroySearch(/*SpareUnfinished=*/false).finds(Destructor);
}

} // namespace corolint
