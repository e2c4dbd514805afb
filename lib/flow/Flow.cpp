//===-- Flow.cpp - Which objects are held at each point -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/FlowGraph.h"
#include "flow/FlowBuilder.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"

using namespace clang;

namespace corolint {

//===----------------------------------------------------------------------===//
// Setting up
//===----------------------------------------------------------------------===//

void FlowBuilder::scanGraph(const CFG &G) {
  for (const CFGBlock *Block : G) {
    if (!Block)
      continue;
    for (const CFGElement &Element : *Block)
      if (auto Dtor = Element.getAs<CFGTemporaryDtor>())
        Temporaries.insert(Dtor->getBindTemporaryExpr());
    if (const auto *Try =
            dyn_cast_or_null<CXXTryStmt>(Block->getTerminatorStmt()))
      Handlers[Try] = Block;
  }
  for (const Site &S : Walked.Sites) {
    Interesting.insert(S.Anchor);
    if (S.Variable)
      Interesting.insert(S.Variable);
  }
}

World FlowBuilder::entryWorld() {
  World W;
  // A guard passed by value was acquired by the caller and now belongs to the
  // function.
  for (const ParmVarDecl *Param : Walked.Function->parameters()) {
    if (Param->getType()->isReferenceType() ||
        Param->getType()->isPointerType())
      continue;
    const GuardClass *Class = Guards.of(Param->getType());
    if (!Class || Class->IsPendingWork)
      continue;
    Worlds State{W};
    initialise(State, KnownPlaces->ofVariable(*Param), *Class, nullptr);
    W = State.front();
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(Walked.Function);
  if (!Method || !Method->getParent()->isLambda())
    return W;
  // The same applies to a guard that a lambda captured by value.
  for (const LambdaCapture &Capture : Method->getParent()->captures()) {
    if (!Capture.capturesVariable() || Capture.getCaptureKind() != LCK_ByCopy)
      continue;
    const auto *Captured = dyn_cast<VarDecl>(Capture.getCapturedVar());
    if (!Captured || Captured->getType()->isReferenceType())
      continue;
    const GuardClass *Class = Guards.of(Captured->getType());
    if (!Class || Class->IsPendingWork || !Captured->isInitCapture())
      continue;
    Worlds State{W};
    initialise(State, KnownPlaces->ofVariable(*Captured), *Class, nullptr);
    W = State.front();
  }
  return W;
}

bool FlowBuilder::solve(const CFG &G, World Entry) {
  scanGraph(G);
  In.assign(G.getNumBlockIDs(), {});
  addWorld(In[G.getEntry().getBlockID()], std::move(Entry));
  llvm::DenseMap<unsigned, const CFGBlock *> Blocks;
  for (const CFGBlock *Block : G)
    Blocks[Block->getBlockID()] = Block;

  // Clang numbers blocks from the exit up, so the highest first is nearly
  // reverse post-order.
  Work.insert(G.getEntry().getBlockID());
  llvm::BitVector Visited(G.getNumBlockIDs());
  bool VisitedOnce = true;
  while (!Work.empty()) {
    unsigned Id = *Work.begin();
    Work.erase(Work.begin());
    VisitedOnce &= !Visited.test(Id);
    Visited.set(Id);
    const CFGBlock &Block = *Blocks[Id];
    Worlds State = In[Id];
    transferBlock(Block, State);
    leaveBlock(Block, State);
  }
  return VisitedOnce;
}

void FlowBuilder::run(Flow &Result) {
  Graph = Unit.Graphs.of(Walked);
  if (!Graph) {
    Result.Valid = false;
    Result.Unknown.Reachable = true;
    return;
  }
  // If no block was visited twice, the first visits recorded all there is.
  Recording = &Result;
  if (solve(*Graph, entryWorld()))
    return;
  Result.Points.clear();
  Result.Pending.clear();
  Propagating = false;
  for (const CFGBlock *Block : *Graph) {
    Worlds State = In[Block->getBlockID()];
    if (!State.empty())
      transferBlock(*Block, State);
  }
}

FlowBuilder::Exit
FlowBuilder::runForExit(llvm::function_ref<void(World &, Places &)> Start) {
  Exit Result;
  Graph = Unit.Graphs.of(Walked);
  if (!Graph)
    return Result;
  World Entry = entryWorld();
  Entry.KeepsReleased = true;
  Start(Entry, *KnownPlaces);
  solve(*Graph, std::move(Entry));
  const Worlds &End = In[Graph->getExit().getBlockID()];
  Result.Reached = !End.empty();
  if (!Result.Reached)
    return Result;
  Result.Fulfilled = fulfilledAt(End);
  std::set<PlaceId> Mentioned;
  for (const World &W : End)
    for (const auto &[Place, Object] : W.Objects)
      Mentioned.insert(Place);
  for (PlaceId Place : Mentioned) {
    auto IsHeld = [&](const World &W) {
      auto It = W.Objects.find(Place);
      return It != W.Objects.end() && It->second.Held;
    };
    unsigned Count = llvm::count_if(End, IsHeld);
    if (KnownPlaces->isWithin(Place, KnownPlaces->ofResult())) {
      const auto Known = llvm::find_if(End, [&](const World &W) {
        auto It = W.Objects.find(Place);
        return It != W.Objects.end() && It->second.Class;
      });
      if (Known != End.end())
        Result.Returned.push_back({Place,
                                   Count == 0            ? GuardState::Empty
                                   : Count == End.size() ? GuardState::Held
                                                         : GuardState::Maybe,
                                   Known->Objects.at(Place).Class});
    } else if (Count == 0 || Count == End.size()) {
      Result.Held[Place] = Count != 0;
    }
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Moving through the graph
//===----------------------------------------------------------------------===//

void FlowBuilder::transferBlock(const CFGBlock &Block, Worlds &State) {
  for (const CFGElement &Element : Block) {
    transfer(Element, State);
    if (State.empty())
      return;
  }
}

void FlowBuilder::leaveBlock(const CFGBlock &Block, const Worlds &State) {
  if (State.empty())
    return;
  if (Block.getTerminator().isTemporaryDtorsBranch())
    return leaveTemporaries(Block, State);
  const Expr *Condition = isTwoWay(Block) ? decidingCondition(Block) : nullptr;
  if (Condition && Condition->isTypeDependent())
    Condition = nullptr;
  if (Condition) {
    bool Truth = true;
    for (const CFGBlock *Successor : Block.succs()) {
      Worlds Branch;
      for (const World &W : State) {
        World Assumed = W;
        if (assume(Assumed, Condition, Truth))
          Branch.push_back(std::move(Assumed));
      }
      if (Successor)
        flowTo(Successor, std::move(Branch));
      Truth = false;
    }
    return;
  }
  const auto *Switch = dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt());
  for (const CFGBlock *Successor : Block.succs()) {
    if (!Successor)
      continue;
    Worlds Branch = State;
    const auto *Case =
        Switch ? dyn_cast_or_null<CaseStmt>(Successor->getLabel()) : nullptr;
    if (Case && !Case->getLHS()->isValueDependent())
      for (World &W : Branch)
        if (std::optional<PlaceId> Ready =
                readinessTest(W, Switch->getCond(), Case->getLHS()))
          W.Facts[{ReadyFact, *Ready}] = true;
    flowTo(Successor, std::move(Branch));
  }
}

/// Whether a temporary is destroyed depends on whether it was created. That
/// decides here, not the condition.
void FlowBuilder::leaveTemporaries(const CFGBlock &Block, const Worlds &State) {
  if (Block.succ_size() != 2)
    return;
  const CFGBlock *Destroy = *Block.succ_begin();
  const CFGBlock *Skip = *std::next(Block.succ_begin());
  std::optional<PlaceId> Guard;
  if (Destroy)
    for (const CFGElement &Element : *Destroy)
      if (auto Dtor = Element.getAs<CFGTemporaryDtor>())
        if (Guards.of(Dtor->getBindTemporaryExpr()->getType()))
          Guard = KnownPlaces->ofTemporary(*Dtor->getBindTemporaryExpr());
  for (const World &W : State) {
    bool Made = Guard && W.Objects.contains(*Guard);
    if (Destroy && (!Guard || Made))
      flowTo(Destroy, {W});
    if (Skip && (!Guard || !Made))
      flowTo(Skip, {W});
  }
}

void FlowBuilder::flowTo(const CFGBlock *Successor, Worlds State) {
  if (const auto *Try =
          dyn_cast_or_null<CXXTryStmt>(Successor->getTerminatorStmt()))
    for (World &W : State)
      leaveTry(*Try, W);
  Worlds &Target = In[Successor->getBlockID()];
  Worlds Before = Target;
  for (World &W : State)
    addWorld(Target, std::move(W));
  if (Target.size() != Before.size() ||
      !std::equal(Target.begin(), Target.end(), Before.begin()))
    Work.insert(Successor->getBlockID());
}

/// An exception leaves the try block: its locals and temporaries are destroyed.
void FlowBuilder::leaveTry(const CXXTryStmt &Try, World &W) {
  for (auto It = W.Objects.begin(); It != W.Objects.end();) {
    bool Gone = KnownPlaces->isTemporary(It->first);
    const auto *Variable =
        dyn_cast_or_null<VarDecl>(KnownPlaces->rootVariable(It->first));
    if (Variable)
      for (const CXXTryStmt *Around = Walked.VariableTry.lookup(Variable);
           Around && !Gone; Around = Walked.TryAround.lookup(Around))
        Gone = Around == &Try;
    It = Gone ? W.Objects.erase(It) : std::next(It);
  }
}

void FlowBuilder::throwFrom(const Stmt *S, const Worlds &State) {
  if (!Propagating || !Walked.HasTry)
    return;
  auto It = Handlers.find(Walked.TryAround.lookup(S));
  if (It != Handlers.end() && It->second)
    flowTo(It->second, State);
}

/// Ends the variables of range-for init-statements whose loops do not contain
/// \p S.
void FlowBuilder::endRangeInits(const Stmt &S, Worlds &State) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation At = Sources.getExpansionLoc(S.getBeginLoc());
  for (const auto &[Variable, Loop] : Walked.RangeInits)
    if (At.isValid() && Sources.isBeforeInTranslationUnit(
                            Sources.getExpansionLoc(Loop.getEnd()), At))
      endOfObject(KnownPlaces->ofVariable(*Variable), State);
}

void FlowBuilder::transfer(const CFGElement &Element, Worlds &State) {
  if (auto Statement = Element.getAs<CFGStmt>()) {
    const Stmt *S = Statement->getStmt();
    if (!Walked.RangeInits.empty())
      endRangeInits(*S, State);
    if (isa<CallExpr, CXXConstructExpr, CXXNewExpr, CoroutineSuspendExpr>(S))
      throwFrom(S, State);
    recordStatement(*S, State);
    onStatement(*S, State);
    if (isa<CallExpr, CXXConstructExpr>(S))
      throwFrom(S, State);
    return;
  }
  if (auto Init = Element.getAs<CFGInitializer>()) {
    record(Init->getInitializer()->getInit(), State);
    return;
  }
  if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Variable = Dtor->getVarDecl();
    record(Variable, State);
    recordDestruction(*Variable, State);
    pendingAtEnd(KnownPlaces->ofVariable(*Variable), Variable, nullptr, State);
    onDestructor(*Variable, State);
    endOfObject(KnownPlaces->ofVariable(*Variable), State);
    return;
  }
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    endOfObject(KnownPlaces->ofVariable(*End->getVarDecl()), State);
    for (PlaceId Temporary : Extended.lookup(End->getVarDecl()))
      endOfObject(Temporary, State);
    return;
  }
  if (auto Dtor = Element.getAs<CFGTemporaryDtor>()) {
    const CXXBindTemporaryExpr *Temporary = Dtor->getBindTemporaryExpr();
    PlaceId Place = KnownPlaces->ofTemporary(*Temporary);
    pendingAtEnd(Place, nullptr, Temporary, State);
    endOfObject(Place, State);
  }
}

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

/// Whether \p Fact about \p Place holds on every path.
bool FlowBuilder::isKnown(FactKind Fact, PlaceId Place, const Worlds &State) {
  return llvm::all_of(State, [&](const World &W) {
    auto It = W.Facts.find({Fact, Place});
    return It != W.Facts.end() && It->second;
  });
}

bool FlowBuilder::proven(FactKind Fact, const Stmt &S, const Worlds &State) {
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&S))
    Object = Member->getImplicitObjectArgument();
  else if (const auto *Call = dyn_cast<CallExpr>(&S);
           Call && Call->getNumArgs() > 0)
    Object = Call->getArg(0);
  if (!Object || Object->isTypeDependent())
    return false;
  std::optional<PlaceId> Place = KnownPlaces->of(Object);
  const std::optional<WorkOrigin> Origin = Fact == ReadyFact && !Sources.empty()
                                               ? originOfWork(Object)
                                               : std::nullopt;
  return llvm::all_of(State, [&](const World &W) {
    auto It = Place ? W.Facts.find({Fact, *Place}) : W.Facts.end();
    return (It != W.Facts.end() && It->second) ||
           (Origin && isFulfilled(W, *Origin));
  });
}

void FlowBuilder::recordStatement(const Stmt &S, const Worlds &State) {
  record(&S, State);
  if (!Recording || State.empty() || !Interesting.contains(&S))
    return;
  PointState &Point = Recording->Points[&S];
  const bool Ready = proven(ReadyFact, S, State);
  const bool Awaited = proven(AwaitedFact, S, State);
  Point.ProvenReady = Ready && (Point.ProvenReady || !Point.Judged);
  Point.WasAwaited = Awaited && (Point.WasAwaited || !Point.Judged);
  Point.Judged = true;
}

/// Records whether the end of \p Variable was awaited on every path.
void FlowBuilder::recordDestruction(const VarDecl &Variable,
                                    const Worlds &State) {
  if (!Recording || State.empty() || !Interesting.contains(&Variable))
    return;
  PointState &Point = Recording->Points[&Variable];
  const bool Awaited =
      isKnown(EndedFact, KnownPlaces->ofVariable(Variable), State);
  Point.WasAwaited = Awaited && (Point.WasAwaited || !Point.Judged);
  Point.Judged = true;
}

void FlowBuilder::record(const void *Node, const Worlds &State) {
  if (!Recording || State.empty() || !Interesting.contains(Node))
    return;
  PointState &Point = Recording->Points[Node];
  bool First = !Point.Reachable;
  Point.Reachable = true;
  if (First)
    Point.LastHop = State.front().LastHop;
  for (const World &W : State) {
    if (W.LastHop != Point.LastHop)
      Point.LastHop = Hop::None;
    Point.BeforeSuspension |= !W.Suspended;
  }
  std::map<PlaceId, unsigned> Counts;
  for (const World &W : State)
    for (const auto &[Place, Object] : W.Objects) {
      if (!Object.Held || Counts[Place]++ > 0)
        continue;
      auto Same = [&](const HeldObject &H) { return H.Place == Place; };
      if (llvm::none_of(Point.Held, Same))
        Point.Held.push_back({Place, Object.Class, Object.Since,
                              KnownPlaces->name(Place), First,
                              KnownPlaces->rootVariable(Place)});
    }
  for (HeldObject &Object : Point.Held)
    if (Counts[Object.Place] != State.size())
      Object.Always = false;
}

const PointState &Flow::at(const void *Node) const {
  auto It = Points.find(Node);
  return It == Points.end() ? Unknown : It->second;
}

} // namespace corolint
