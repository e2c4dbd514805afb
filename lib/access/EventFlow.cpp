//===-- EventFlow.cpp - The event that control may have passed ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "access/EventFlow.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace corolint {

EventFlow::EventFlow(const CFG &Graph, Predicate IsEvent, Handlers Throws)
    : Graph(Graph), IsEvent(IsEvent) {
  Before.assign(Graph.getNumBlockIDs(), nullptr);
  Reached.resize(Graph.getNumBlockIDs());
  Reached.set(Graph.getEntry().getBlockID());
  spread(Graph.getEntry());
  if (Throws == Handlers::Followed)
    enterHandlers();
}

void EventFlow::visit(
    llvm::function_ref<void(const Stmt &S, const Stmt *Event)> Visit) const {
  for (const CFGBlock *Block : Graph) {
    if (!Block || !Reached.test(Block->getBlockID()))
      continue;
    const Stmt *State = Before[Block->getBlockID()];
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>()) {
        Visit(*Statement->getStmt(), State);
        State = after(*Statement->getStmt(), State);
      }
  }
}

void EventFlow::enterHandlers() {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const CFGBlock *Handlers : Graph.try_blocks()) {
      const auto *Try = dyn_cast_or_null<CXXTryStmt>(
          Handlers ? Handlers->getTerminatorStmt() : nullptr);
      std::optional<const Stmt *> State;
      if (Try && !Reached.test(Handlers->getBlockID()))
        State = stateIn(*Try->getTryBlock());
      if (!State)
        continue;
      Before[Handlers->getBlockID()] = *State;
      Reached.set(Handlers->getBlockID());
      spread(*Handlers);
      Changed = true;
    }
  }
}

/// The event that control may have passed somewhere in \p Block, or null
/// if none. Nothing if the block is not reached.
std::optional<const Stmt *> EventFlow::stateIn(const Stmt &Block) const {
  std::optional<const Stmt *> Result;
  for (const CFGBlock *Part : Graph) {
    if (!Part || !Reached.test(Part->getBlockID()))
      continue;
    const Stmt *State = Before[Part->getBlockID()];
    for (const CFGElement &Element : *Part)
      if (auto Statement = Element.getAs<CFGStmt>();
          Statement && Block.getSourceRange().fullyContains(
                           Statement->getStmt()->getSourceRange())) {
        State = after(*Statement->getStmt(), State);
        if (!Result || State)
          Result = State;
      }
  }
  return Result;
}

/// Propagates the state at the start of \p From to its successors.
void EventFlow::spread(const CFGBlock &From) {
  llvm::SmallVector<const CFGBlock *, 16> Pending{&From};
  while (!Pending.empty()) {
    const CFGBlock *Block = Pending.pop_back_val();
    const Stmt *State = Before[Block->getBlockID()];
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        State = after(*Statement->getStmt(), State);
    for (const CFGBlock *Next : Block->succs()) {
      if (!Next)
        continue;
      const Stmt *&Known = Before[Next->getBlockID()];
      const bool IsNew = !Reached.test(Next->getBlockID());
      if (!IsNew && (Known || !State))
        continue;
      Reached.set(Next->getBlockID());
      Known = Known ? Known : State;
      Pending.push_back(Next);
    }
  }
}

} // namespace corolint
