//===-- Endings.cpp - Functions that end the process ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "effect/Endings.h"
#include "code/FlowGraph.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace corolint {

namespace {

bool isCoroutine(const FunctionDecl &Definition) {
  return isa_and_nonnull<CoroutineBodyStmt>(Definition.getBody());
}

bool mayThrow(const FunctionDecl &Function) {
  if (Function.hasAttr<NoThrowAttr>() || Function.isExternC())
    return false;
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  return !Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) ||
         !Type->isNothrow();
}

/// The function that \p Element calls, unless it is chosen at run time.
const FunctionDecl *calledBy(const CFGElement &Element, ASTContext &Context) {
  if (auto Destruction = Element.getAs<CFGImplicitDtor>())
    return Destruction->getDestructorDecl(Context);
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return nullptr;
  const Stmt *S = Statement->getStmt();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
    return Construct->getConstructor();
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Callee = Call ? calleeOf(*Call) : nullptr;
  if (!Callee || Callee->isNoReturn())
    return Callee;
  return isDispatched(*Call, *Callee) ? nullptr : Callee;
}

/// Whether \p Callee is one of the functions that `co_await` calls.
bool isAwaiterMethod(const FunctionDecl &Callee) {
  return Callee.getIdentifier() && Callee.getName().starts_with("await_");
}

bool isEndlessLoop(const CFGBlock &Block) {
  const Stmt *Loop = Block.getTerminatorStmt();
  if (!isa_and_nonnull<WhileStmt, ForStmt, DoStmt>(Loop) ||
      Block.succ_size() != 2)
    return false;
  const CFGBlock *Round = *Block.succ_begin();
  const CFGBlock *Out = *std::next(Block.succ_begin());
  return Round && !Out;
}

/// Marks in \p Reached the blocks that lead to marked blocks without passing
/// through a block for which \p Stops is true.
void closeOverPredecessors(const CFG &Graph, llvm::BitVector &Reached,
                           llvm::function_ref<bool(const CFGBlock &)> Stops) {
  llvm::SmallVector<const CFGBlock *, 16> Work;
  for (const CFGBlock *Block : Graph)
    if (Block && Reached.test(Block->getBlockID()))
      Work.push_back(Block);
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    for (const CFGBlock *Before : Block->preds()) {
      if (!Before || Reached.test(Before->getBlockID()) || Stops(*Before))
        continue;
      Reached.set(Before->getBlockID());
      Work.push_back(Before);
    }
  }
}

/// Whether a jump leaves the loop with the head \p Head.
bool canBeLeft(const CFG &Graph, const CFGBlock &Head) {
  llvm::BitVector Inside(Graph.getNumBlockIDs());
  Inside.set(Head.getBlockID());
  closeOverPredecessors(Graph, Inside, [](const CFGBlock &) { return false; });
  const SourceRange Loop = Head.getTerminatorStmt()->getSourceRange();
  for (const CFGBlock *Block : Graph) {
    const Stmt *Jump = Block ? Block->getTerminatorStmt() : nullptr;
    if (!isa_and_nonnull<BreakStmt, GotoStmt>(Jump) ||
        !Loop.fullyContains(Jump->getSourceRange()))
      continue;
    for (const CFGBlock *Target : Block->succs())
      if (Target && !Inside.test(Target->getBlockID()))
        return true;
  }
  return false;
}

} // namespace

bool Endings::isDeclaredToEnd(const FunctionDecl &Callee) {
  if (const auto *Entry = Unit.Models.find(Callee);
      Entry && Entry->NeverReturns)
    return true;
  // A library's noreturn function that may throw is assumed to throw.
  return Callee.isNoReturn() && !(isInSystemHeader(Callee) && mayThrow(Callee));
}

bool Endings::endsProcess(const FunctionDecl &Callee) {
  const FunctionDecl *Definition = nullptr;
  if (Callee.hasBody(Definition) && Considered.contains(Definition))
    return Ending.contains(Definition);
  return isDeclaredToEnd(Callee);
}

bool Endings::endsIn(const CFGBlock &Block, const FunctionDecl *Assumed) {
  return llvm::any_of(Block, [&](const CFGElement &Element) {
    const FunctionDecl *Callee = calledBy(Element, Unit.Context);
    return Callee && (endsProcess(*Callee) ||
                      (Assumed && Callee->getCanonicalDecl() ==
                                      Assumed->getCanonicalDecl()));
  });
}

bool Endings::throwsIn(const CFGBlock &Block) {
  return llvm::any_of(Block, [&](const CFGElement &Element) {
    if (auto Statement = Element.getAs<CFGStmt>();
        Statement && isa<CXXThrowExpr>(Statement->getStmt()))
      return true;
    const FunctionDecl *Callee = calledBy(Element, Unit.Context);
    return Callee && Callee->isNoReturn() && !endsProcess(*Callee);
  });
}

llvm::BitVector Endings::survivingBlocks(const CFG &Graph,
                                         const FunctionDecl &Function,
                                         const FunctionDecl *Assumed) {
  llvm::BitVector Survives(Graph.getNumBlockIDs());
  llvm::BitVector Ends(Graph.getNumBlockIDs());
  for (const CFGBlock *Block : Graph)
    if (Block && endsIn(*Block, Assumed))
      Ends.set(Block->getBlockID());
  auto EndsHere = [&](const CFGBlock &Block) {
    return Ends.test(Block.getBlockID());
  };

  // A function declared noreturn can be left only by an exception.
  const CFGBlock &Exit = Graph.getExit();
  if (!Function.isNoReturn())
    Survives.set(Exit.getBlockID());
  else
    for (const CFGBlock *Last : Exit.preds())
      if (Last && !EndsHere(*Last) && throwsIn(*Last))
        Survives.set(Last->getBlockID());
  for (const CFGBlock *Block : Graph)
    if (Block && isEndlessLoop(*Block) && !canBeLeft(Graph, *Block))
      Survives.set(Block->getBlockID());
  // Loops of jumps that have no way out.
  llvm::BitVector Finite = Ends;
  Finite.set(Exit.getBlockID());
  closeOverPredecessors(Graph, Finite, [](const CFGBlock &) { return false; });
  Survives |= Finite.flip();

  closeOverPredecessors(Graph, Survives, EndsHere);
  return Survives;
}

bool Endings::everyPathEnds(const FunctionDecl &Definition) {
  const std::shared_ptr<const CFG> Graph =
      Unit.Graphs.of(Unit.Bodies.of(Definition));
  return Graph && !survivingBlocks(*Graph, Definition)
                       .test(Graph->getEntry().getBlockID());
}

llvm::SmallVector<const FunctionDecl *, 2>
Endings::openEndings(const FunctionDecl &Definition) {
  llvm::SmallVector<const FunctionDecl *, 2> Found;
  if (Definition.isDependentContext() || Unit.Models.isLibrary(Definition))
    return Found;
  for (const Site &S : Unit.Bodies.of(Definition).Sites) {
    const FunctionDecl *Callee = nullptr;
    if (S.What != Site::Kind::Call || !S.Callee || isDispatched(S) ||
        isAwaiterMethod(*S.Callee) ||
        !S.Callee->getReturnType()->isVoidType() ||
        !S.Callee->isExternallyVisible() || S.Callee->hasBody(Callee) ||
        isInSystemHeader(*S.Callee) || Unit.Models.isLibrary(*S.Callee) ||
        Unit.Models.find(*S.Callee) || endsProcess(*S.Callee))
      continue;
    const FunctionDecl *Known = S.Callee->getCanonicalDecl();
    if (!llvm::is_contained(Found, Known))
      Found.push_back(Known);
    if (Found.size() == MaxOpen)
      break;
  }
  return Found;
}

void Endings::addCandidate(const FunctionDecl &Definition) {
  Fatal.insert(&Definition);
  if (!isCoroutine(Definition))
    Candidates.push_back(&Definition);
}

void Endings::consider(const FunctionDecl &Definition) {
  ToScan.push_back(&Definition);
  while (!ToScan.empty()) {
    const FunctionDecl &Caller = *ToScan.back();
    ToScan.pop_back();
    if (Caller.isDependentContext() || !Considered.insert(&Caller).second)
      continue;
    for (const Site &S : Unit.Bodies.of(Caller).Sites) {
      if (!S.Callee || (!S.Callee->isNoReturn() && isDispatched(S)))
        continue;
      const FunctionDecl *Callee = nullptr;
      if (!S.Callee->hasBody(Callee)) {
        if (isDeclaredToEnd(*S.Callee))
          addCandidate(Caller);
        continue;
      }
      // Libraries declare their noreturn functions.
      if (isCoroutine(*Callee) ||
          (!S.Callee->isNoReturn() && Unit.Models.isLibrary(*Callee)))
        continue;
      Callers[Callee].push_back(&Caller);
      if (Ending.contains(Callee))
        addCandidate(Caller);
      else
        ToScan.push_back(Callee);
    }
  }
}

void Endings::settle() {
  while (!Candidates.empty()) {
    const FunctionDecl &Definition = *Candidates.back();
    Candidates.pop_back();
    if (Ending.contains(&Definition) || !everyPathEnds(Definition))
      continue;
    Ending.insert(&Definition);
    for (const FunctionDecl *Caller : Callers.lookup(&Definition))
      addCandidate(*Caller);
  }
}

} // namespace corolint
