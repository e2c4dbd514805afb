//===-- StaleFlow.cpp - Actions on knowledge from before a wait -----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/Callers.h"
#include "access/Containers.h"
#include "access/StaleFlowBuilder.h"
#include "code/Evaluation.h"
#include "code/Expressions.h"
#include "code/FlowGraph.h"
#include "clang/AST/ASTLambda.h"

using namespace clang;

namespace corolint {

namespace {

/// The maximum number of visits to a block. Knowledge only shrinks, so the
/// limit is reached only for broken code.
constexpr unsigned MaxVisits = 64;

/// The maximum number of blocks between a failed assertion and the end of the
/// process: it may compose a message first.
constexpr unsigned MaxAssertionBlocks = 6;

/// The only successor of \p Block, or null if there are several.
const CFGBlock *onlySuccessor(const CFGBlock &Block) {
  const CFGBlock *Only = nullptr;
  for (const CFGBlock *Successor : Block.succs()) {
    if (!Successor)
      continue; // Unreachable, as the exit of `for (;;)`.
    if (Only)
      return nullptr;
    Only = Successor;
  }
  return Only;
}

/// Whether one branch of \p Block leaves for good, other than by an exception:
/// such a branch is an assertion.
bool isAssertion(const CFGBlock &Block) {
  for (const CFGBlock *Successor : Block.succs()) {
    for (unsigned Steps = 0; Successor && Steps < MaxAssertionBlocks; ++Steps) {
      if (Successor->hasNoReturnElement()) {
        const bool Throws = llvm::any_of(*Successor, [](const CFGElement &E) {
          auto S = E.getAs<CFGStmt>();
          return S && isa<CXXThrowExpr>(S->getStmt());
        });
        return !Throws;
      }
      Successor = onlySuccessor(*Successor);
    }
  }
  return false;
}

} // namespace

bool mentions(const Stmt &E, const ValueDecl &Variable) {
  bool Found = false;
  forEachEvaluated(E, [&](const Stmt &S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Found |= Ref->getDecl() == &Variable;
    return !Found;
  });
  return Found;
}

bool mayWalk(const CallExpr &Call, const Body &Walked, Facts &Unit) {
  const FunctionDecl *Callee = calleeOf(Call);
  // A lambda may run under a lock that its caller was given.
  if (Walked.IsCoroutine || Walked.Lambdas.empty() || !Callee ||
      Call.getNumArgs() < 2 || isLambdaCallOperator(Walked.Function) ||
      !isAsynchronousCall(*Callee, Unit))
    return false;
  const auto *Entry = Unit.modelOf(*Callee, CallOperands::of(&Call));
  // Such a call has used all iterators when it returns.
  return !Entry ||
         llvm::none_of(Entry->Callables, [](const CallableModel *Model) {
           return Model->Overlapping;
         });
}

//===----------------------------------------------------------------------===//
// Reporting
//===----------------------------------------------------------------------===//

void StaleFlowBuilder::report(StaleAct Act, const Knowledge &K) {
  if (!Recording)
    return;
  for (const StaleAct &Other : Found)
    if (Other.Act == Act.Act && Other.Place == Act.Place &&
        Other.What == Act.What)
      return;
  for (const AccessPath &Path : K.Since)
    Act.CheckedSince.push_back(Path);
  for (const auto &[Path, Suspended] : K.Claimed)
    Act.Claimed.push_back(Path);
  Found.push_back(std::move(Act));
}

bool StaleFlowBuilder::sameKey(const Expr *A, const Expr *B) const {
  if (!A || !B)
    return true;
  llvm::FoldingSetNodeID First, Second;
  A->IgnoreParenImpCasts()->Profile(First, Unit.Context, /*Canonical=*/true);
  B->IgnoreParenImpCasts()->Profile(Second, Unit.Context, /*Canonical=*/true);
  // An iterator may refer to any key.
  if (isIndirect(A->getType()) || isIndirect(B->getType()))
    return true;
  return First == Second;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

/// `if (epoch != epoch_)`: a copy from before the suspension is compared with
/// its source, so the coroutine learns whether anything changed.
bool StaleFlowBuilder::revalidates(const Expr &Leaf, Knowledge &K) {
  for (const auto &[Variable, Copied] : K.Copies) {
    if (!Copied.Suspension || !mentions(Leaf, *Variable))
      continue;
    for (const Access &Each : Accesses.within(Leaf, Walked))
      if (llvm::is_contained(Copied.Of, Each.Path))
        return true;
  }
  return false;
}

void StaleFlowBuilder::learn(const Expr &Leaf, bool Truth, Knowledge &K) {
  if (revalidates(Leaf, K)) {
    K.revalidate();
    return;
  }
  AccessList Reads;
  llvm::SmallVector<const ValueDecl *, 2> Variables;
  forEachEvaluated(Leaf, [&](const Stmt &S) {
    // The result of an await is new; its operands are not conditions.
    if (isa<CoroutineSuspendExpr>(S))
      return false;
    Accesses.at(S, Walked, Reads);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      Variables.push_back(Ref->getDecl());
    return true;
  });
  for (const Access &Each : Reads)
    if (isChange(Each.Kind) || Each.Kind == AccessKind::AtOnce)
      K.Claimed.try_emplace(Each.Path, false);
  for (const Access &Each : Reads) {
    if (Each.Kind != AccessKind::Read || K.Claimed.contains(Each.Path))
      continue;
    Check Learned;
    Learned.Condition = &Leaf;
    Learned.Where = Leaf.getBeginLoc();
    Learned.Truth = Truth;
    Learned.Key = Each.Key;
    auto Before = K.Checks.find(Each.Path);
    if (Before != K.Checks.end() && Before->second.Suspension &&
        Before->second.Condition != &Leaf) {
      Learned.Doubled = Discarded.contains(Before->second.Suspension);
    }
    K.Checks[Each.Path] = Learned;
    K.Required.erase(Each.Path);
    K.Since.insert(Each.Path);
  }
  // The state from which a variable was computed was checked at that time.
  for (const ValueDecl *Variable : Variables) {
    Check Learned;
    Learned.Condition = &Leaf;
    Learned.Truth = Truth;
    if (auto It = K.Taken.find(Variable); It != K.Taken.end()) {
      AccessPath Container = It->second.Path;
      while (!Container.Steps.empty() && !Container.Steps.back())
        Container.Steps.pop_back();
      Learned.Where = It->second.Where;
      if (!It->second.Guarded)
        Learned.Suspension = It->second.Suspension;
      Learned.Key = It->second.Key;
      K.Checks[Container] = Learned;
    } else if (auto Copied = K.Copies.find(Variable);
               Copied != K.Copies.end()) {
      Learned.Where = Copied->second.Where;
      Learned.Suspension = Copied->second.Suspension;
      for (const AccessPath &Path : Copied->second.Of)
        K.Checks.try_emplace(Path, Learned);
    }
  }
}

/// The state on which \p Condition depends, directly or through a local that
/// was computed from it.
llvm::SmallVector<AccessPath, 2> StaleFlowBuilder::readBy(const Expr &Condition,
                                                          const Knowledge &K) {
  llvm::SmallVector<AccessPath, 2> Result;
  AccessList Reads;
  forEachEvaluated(Condition, [&](const Stmt &S) {
    if (isa<CoroutineSuspendExpr>(S))
      return false;
    Accesses.at(S, Walked, Reads);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(&S))
      if (auto Copied = K.Copies.find(Ref->getDecl()); Copied != K.Copies.end())
        Result.append(Copied->second.Of);
    return true;
  });
  for (const Access &Each : Reads)
    if (Each.Kind == AccessKind::Read)
      Result.push_back(Each.Path);
  return Result;
}

void StaleFlowBuilder::assume(const CFGBlock &Block, const Expr &Condition,
                              bool Truth, Knowledge &K) {
  const bool Asserts = isAssertion(Block);
  llvm::SmallVector<AccessPath, 2> Required;
  if (Asserts)
    Required = readBy(Condition, K);
  K.Asserted.insert(Required.begin(), Required.end());
  const Expr *Leaf = Condition.IgnoreParenImpCasts();
  for (unsigned Steps = 0; Steps < 32; ++Steps) {
    if (const Expr *Inner = innerOf(*Leaf)) {
      Leaf = Inner;
      continue;
    }
    const auto *Not = dyn_cast<UnaryOperator>(Leaf);
    if (!Not || Not->getOpcode() != UO_LNot)
      break;
    Leaf = Not->getSubExpr();
    Truth = !Truth;
  }
  // The read of a scalar is the enclosing conversion.
  const Expr *Read = withoutNegations(Condition);
  if (Read->isTypeDependent())
    return;
  if (!Asserts)
    return learn(*Read, Truth, K);
  Check Learned;
  Learned.Condition = Read;
  Learned.Where = Read->getBeginLoc();
  Learned.Truth = Truth;
  for (AccessPath &Path : Required)
    K.Required[std::move(Path)] = Learned;
}

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

void StaleFlowBuilder::transfer(const CFGBlock &Block, Knowledge &K) {
  for (const CFGElement &Element : Block) {
    if (auto Statement = Element.getAs<CFGStmt>())
      onStatement(*Statement->getStmt(), K);
    else if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>())
      onEnd(Dtor->getVarDecl(), K);
    else if (auto End = Element.getAs<CFGLifetimeEnds>())
      onEnd(End->getVarDecl(), K);
  }
}

void StaleFlowBuilder::flowTo(const CFGBlock *Successor, Knowledge K) {
  std::optional<Knowledge> &Target = In[Successor->getBlockID()];
  if (!Target) {
    Target = std::move(K);
    Work.insert(Successor->getBlockID());
    return;
  }
  if (Target->join(K))
    Work.insert(Successor->getBlockID());
}

void StaleFlowBuilder::leave(const CFGBlock &Block, const Knowledge &K) {
  const Expr *Condition = isTwoWay(Block) ? decidingCondition(Block) : nullptr;
  bool Truth = true;
  for (const CFGBlock *Successor : Block.succs()) {
    if (Successor) {
      Knowledge Branch = K;
      if (Condition)
        assume(Block, *Condition, Truth, Branch);
      flowTo(Successor, std::move(Branch));
    }
    Truth = false;
  }
}

std::vector<StaleAct> StaleFlowBuilder::run() {
  const std::shared_ptr<const CFG> Graph = Unit.Graphs.of(Walked);
  if (!Graph)
    return {};
  forEachEvaluated(*writtenBody(*Walked.Function), [&](const Stmt &S) {
    if (const auto *Loop = dyn_cast<CXXForRangeStmt>(&S)) {
      for (const DeclStmt *Part :
           {Loop->getBeginStmt(), Loop->getLoopVarStmt()})
        if (Part && Part->isSingleDecl())
          if (const auto *Variable = dyn_cast<VarDecl>(Part->getSingleDecl()))
            Loops[Variable] = Loop;
    }
    if (const auto *Block = dyn_cast<CompoundStmt>(&S))
      for (const Stmt *Part : Block->body())
        if (const auto *E = dyn_cast<Expr>(Part))
          Discarded.insert(innermostOf(E));
    return true;
  });
  In.resize(Graph->getNumBlockIDs());
  llvm::DenseMap<unsigned, const CFGBlock *> Blocks;
  for (const CFGBlock *Block : *Graph)
    Blocks[Block->getBlockID()] = Block;
  Knowledge First;
  for (const PassedPosition &Each : Positions) {
    Copy &Passed = First.Copies[Each.Parameter];
    Passed.Of.push_back(Each.Container);
    Passed.Where = Each.Where;
  }
  In[Graph->getEntry().getBlockID()] = std::move(First);
  Work.insert(Graph->getEntry().getBlockID());
  llvm::DenseMap<unsigned, unsigned> Visits;
  while (!Work.empty()) {
    const unsigned Id = *Work.begin();
    Work.erase(Work.begin());
    if (++Visits[Id] > MaxVisits)
      continue;
    Knowledge K = In[Id].value_or(Knowledge());
    transfer(*Blocks[Id], K);
    leave(*Blocks[Id], K);
  }
  Recording = true;
  for (const CFGBlock *Block : *Graph)
    if (std::optional<Knowledge> &Known = In[Block->getBlockID()])
      transfer(*Block, *Known);
  return std::move(Found);
}

std::vector<StaleAct> findStaleActs(const Body &Walked,
                                    AccessAnalysis &Accesses,
                                    GuardClasses &Guards,
                                    const YieldingCalls &Yields,
                                    llvm::ArrayRef<PassedPosition> Positions) {
  return StaleFlowBuilder(Walked, Accesses, Guards, Yields, Positions).run();
}

} // namespace corolint
