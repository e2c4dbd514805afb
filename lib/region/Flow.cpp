//===-- Flow.cpp - What is held where -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "region/Flow.h"
#include "region/Expressions.h"
#include "clang/AST/Attr.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/thread.h"
#include <functional>
#include <map>
#include <set>

using namespace clang;

namespace corolint {

namespace {

/// More worlds than this at one point, or more objects than this in all of them,
/// are merged into one that holds what any of them holds. Eight independent
/// `if (c) m.lock()` fit.
constexpr unsigned MaxWorlds = 256;
constexpr unsigned MaxObjectsInWorlds = 4096;

/// Helpers that call helpers that lock: deeper chains are not followed.
constexpr unsigned MaxSummaryDepth = 16;

/// A recursive mutex locked more often than this is taken for one locked so often.
constexpr unsigned MaxLockCount = 4;

/// Building a CFG recurses on the depth of the source. Deeper than this, it
/// runs on a stack of its own, of this many bytes for each level.
constexpr unsigned MaxDepthOnOwnStack = 400;
constexpr unsigned StackBytesPerLevel = 16 * 1024;

struct ObjectState {
  bool Held = false;
  /// How often a mutex is locked: recursive ones count.
  unsigned char Count = 0;
  /// Held until it was moved from, by an expression whose target is not
  /// initialised yet.
  bool WasMoved = false;
  const GuardClass *Class = nullptr;
  SourceLocation Since;
  llvm::SmallVector<PlaceId, 1> Mutexes; ///< What a guard locked.
};

/// What a call that tries to lock has returned.
struct Outcome {
  bool Success;
  LockSuccess Means;

  bool operator==(const Outcome &) const = default;

  /// The value as a condition, if that is known.
  std::optional<bool> truth() const {
    switch (Means) {
    case LockSuccess::True:
      return Success;
    case LockSuccess::Zero:
      return !Success;
    case LockSuccess::MinusOne:
      break;
    }
    return std::nullopt;
  }
};

struct World {
  std::map<PlaceId, ObjectState> Objects;
  /// Conditions, by shape, and readiness, by place, with their truth.
  std::map<std::pair<unsigned, unsigned>, bool> Facts;
  std::map<const ValueDecl *, const Expr *> Bindings;
  std::map<const Expr *, Outcome> Results; ///< Of calls of `try_lock`.
  /// Remembers what was released though it was never seen held: a summary tells
  /// the caller.
  bool KeepsReleased = false;

  bool sameObjects(const World &Other) const {
    return Objects.size() == Other.Objects.size() &&
           std::equal(Objects.begin(), Objects.end(), Other.Objects.begin(),
                      [](const auto &A, const auto &B) {
                        return A.first == B.first &&
                               A.second.Held == B.second.Held &&
                               A.second.Count == B.second.Count &&
                               A.second.Mutexes == B.second.Mutexes;
                      });
  }

  bool operator==(const World &Other) const {
    return sameObjects(Other) && Facts == Other.Facts &&
           Bindings == Other.Bindings && Results == Other.Results;
  }
};

using Worlds = llvm::SmallVector<World, 1>;

template <typename MapT> void intersect(MapT &Into, const MapT &With) {
  for (auto It = Into.begin(); It != Into.end();) {
    auto Other = With.find(It->first);
    It = Other != With.end() && Other->second == It->second ? std::next(It)
                                                            : Into.erase(It);
  }
}

void mergeConditions(World &Into, const World &From) {
  intersect(Into.Facts, From.Facts);
  intersect(Into.Bindings, From.Bindings);
  intersect(Into.Results, From.Results);
}

/// Objects absent from one world and not held in the other are the same.
void dropUnheld(World &W) {
  if (W.KeepsReleased)
    return;
  for (auto It = W.Objects.begin(); It != W.Objects.end();)
    It = !It->second.Held && (!It->second.Class || It->second.Class->IsMutex)
             ? W.Objects.erase(It)
             : std::next(It);
}

bool areTooMany(size_t Count, const World &W) {
  return Count > MaxWorlds ||
         Count * (W.Objects.size() + 1) > MaxObjectsInWorlds;
}

void addWorld(Worlds &Into, World W) {
  dropUnheld(W);
  for (World &Existing : Into) {
    if (!Existing.sameObjects(W))
      continue;
    mergeConditions(Existing, W);
    return;
  }
  if (!areTooMany(Into.size() + 1, W)) {
    Into.push_back(std::move(W));
    return;
  }
  // Too many to tell apart: what any of them holds may be held.
  World &All = Into.front();
  auto Absorb = [&](const World &From) {
    for (const auto &[Place, Object] : From.Objects) {
      auto [It, Inserted] = All.Objects.try_emplace(Place, Object);
      if (!Inserted && Object.Held && !It->second.Held)
        It->second = Object;
    }
    mergeConditions(All, From);
  };
  for (unsigned I = 1; I < Into.size(); ++I)
    Absorb(Into[I]);
  Absorb(W);
  Into.resize(1);
}

/// What an initialiser really is, behind the nodes that change nothing.
const Expr *strip(const Expr *Init) {
  while (Init) {
    Init = innermostOf(Init);
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
      Init = Default->getExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Init))
      Init = Default->getExpr();
    else
      break;
  }
  return Init;
}

enum FactKind : unsigned { ConditionFact, ReadyFact, VariableFact };

} // namespace

/// Runs the flow through one function.
class FlowBuilder {
public:
  FlowBuilder(const Body &Walked, Flows &All)
      : Walked(Walked), All(All), Known(All.Known), Guards(All.Guards),
        Context(All.Known.Context),
        Named(std::make_shared<Places>(Context, Known.Models)) {}

  void run(Flow &Result);

  /// The places held at the end, given what is held at the start.
  struct Exit {
    bool Reached = false;
    std::map<PlaceId, bool> Held; ///< On every way out alike.
    llvm::SmallVector<ReturnedGuards::Guard, 1> Returned;
  };
  Exit runForExit(llvm::function_ref<void(World &, Places &)> Start);

  std::shared_ptr<Places> places() const { return Named; }

private:
  // Setting up.
  std::unique_ptr<CFG> buildGraph();
  void scanGraph(const CFG &Graph);
  World entryWorld();
  void solve(const CFG &Graph, World Entry);

  // Moving through the graph.
  void transferBlock(const CFGBlock &Block, Worlds &State);
  void leaveBlock(const CFGBlock &Block, const Worlds &State);
  void leaveTemporaries(const CFGBlock &Block, const Worlds &State);
  void flowTo(const CFGBlock *Successor, Worlds State);
  void transfer(const CFGElement &Element, Worlds &State);
  void throwFrom(const Stmt *S, const Worlds &State);
  void endRangeInits(const Stmt &S, Worlds &State);
  void leaveTry(const CXXTryStmt &Try, World &W);

  // Events.
  void onStatement(const Stmt &S, Worlds &State);
  void onDeclaration(const DeclStmt &S, Worlds &State);
  void holdExtended(const VarDecl &Variable, Worlds &State);
  void onCall(const CallExpr &Call, Worlds &State);
  bool onObjectCall(const CallExpr &Call, const Expr &Object,
                    const CXXMethodDecl &Method,
                    llvm::ArrayRef<const Expr *> Arguments, Worlds &State);
  void onLockFunction(const CallExpr &Call, const LockFunctionModel &Model,
                      Worlds &State);
  bool onAttributes(const CallExpr &Call, const FunctionDecl &Callee,
                    Worlds &State);
  void onSummary(const CallExpr &Call, const FunctionDecl &Callee,
                 Worlds &State);
  void onDestructor(const VarDecl &Variable, Worlds &State);
  void applySummary(
      const FunctionDecl &Callee, SourceLocation Where, Worlds &State,
      llvm::function_ref<std::optional<PlaceId>()> This,
      llvm::function_ref<std::optional<PlaceId>(unsigned)> Argument);
  void onMovedArguments(const FunctionDecl *Callee,
                        llvm::ArrayRef<const Expr *> Arguments, Worlds &State);
  void endOfObject(PlaceId Place, Worlds &State);
  void onValueArguments(const FunctionDecl &Callee,
                        llvm::ArrayRef<const Expr *> Arguments, Worlds &State);
  const GuardClass *guardOf(const Expr &Object) {
    return Guards.of(Object.IgnoreParenImpCasts()->getType());
  }
  void pendingAtEnd(PlaceId Place, const VarDecl *Variable,
                    const Expr *Temporary, const Worlds &State);

  // Changing worlds.
  void act(GuardAction Action, PlaceId Place, const GuardClass *Class,
           const Expr &Call, Worlds &State, const Expr *Other = nullptr);
  void setHeld(World &W, PlaceId Place, const GuardClass *Class,
               SourceLocation Since);
  void release(World &W, PlaceId Place);
  void initialise(Worlds &State, PlaceId Place, const GuardClass &Class,
                  const Expr *Init, unsigned Depth = 0);
  bool initialiseFromPlace(Worlds &State, PlaceId Place, const Expr &Source);
  bool initialiseFromCall(Worlds &State, PlaceId Place, const CallExpr &Call);
  bool moveObjects(Worlds &State, PlaceId From, PlaceId To);
  void initialiseElement(Worlds &State, PlaceId Place, const GuardClass &Class,
                         llvm::ArrayRef<const Expr *> Arguments,
                         SourceLocation Since, unsigned Depth);
  void initialiseParts(Worlds &State, PlaceId Place, const GuardClass &Class,
                       const Expr *Init, unsigned Depth);
  void constructWith(Worlds &State, PlaceId Place, const GuardClass &Class,
                     const CXXConstructorDecl &Constructor,
                     llvm::ArrayRef<const Expr *> Arguments,
                     SourceLocation Since);
  void fork(Worlds &State,
            llvm::function_ref<void(World &)> Either,
            llvm::function_ref<void(World &)> Or);
  void forget(World &W, const ValueDecl &Changed);
  void assign(World &W, const ValueDecl &Variable, const Expr *Value);
  const ValueDecl *changedBy(const Expr &Target);
  std::optional<bool> evaluate(const World &W, const Expr *Value);
  void forgetPlace(World &W, PlaceId Place);

  // Conditions.
  bool assume(World &W, const Expr *Condition, bool Truth, unsigned Depth = 0);
  bool assumeFact(World &W, std::pair<unsigned, unsigned> Fact, bool Truth);
  std::optional<PlaceId> readinessTest(const World &W, const Expr *Left,
                                       const Expr *Right);
  const CallExpr *resolveCall(const World &W, const Expr *E);
  const Outcome *outcomeOf(const World &W, const Expr *E);
  bool isPure(const Expr &E) const;

  // Recording.
  void record(const void *Node, const Worlds &State);
  void recordStatement(const Stmt &S, const Worlds &State);
  bool provenReady(const Stmt &S, const Worlds &State);

  const Body &Walked;
  Flows &All;
  Facts &Known;
  GuardClasses &Guards;
  ASTContext &Context;
  std::shared_ptr<Places> Named;

  std::unique_ptr<CFG> Graph;
  llvm::SmallPtrSet<const CXXBindTemporaryExpr *, 4> Temporaries;
  llvm::DenseMap<const CXXTryStmt *, const CFGBlock *> Handlers;
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<PlaceId, 1>> Extended;
  std::vector<Worlds> In;
  std::set<unsigned, std::greater<>> Work;
  llvm::DenseSet<const void *> Interesting;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<unsigned, 2>> Mentions;
  Flow *Recording = nullptr;
  bool Propagating = true;
};

//===----------------------------------------------------------------------===//
// Setting up
//===----------------------------------------------------------------------===//

std::unique_ptr<CFG> FlowBuilder::buildGraph() {
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.PruneTriviallyFalseEdges = true;
  auto *Written = const_cast<Stmt *>(writtenBody(*Walked.Function));
  if (!Written)
    return nullptr;

  std::unique_ptr<CFG> Result;
  auto Build = [&] {
    Result = CFG::buildCFG(Walked.Function, Written, &Context, Options);
  };
  if (Walked.Depth <= MaxDepthOnOwnStack) {
    Build();
    return Result;
  }
  llvm::thread Thread(std::optional<unsigned>(8u * 1024 * 1024 +
                                              Walked.Depth * StackBytesPerLevel),
                      Build);
  Thread.join();
  return Result;
}

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
  // A guard passed by value was acquired by the caller and belongs to the
  // function now.
  for (const ParmVarDecl *Param : Walked.Function->parameters()) {
    if (Param->getType()->isReferenceType() || Param->getType()->isPointerType())
      continue;
    const GuardClass *Class = Guards.of(Param->getType());
    if (!Class || Class->IsPendingWork)
      continue;
    Worlds State{W};
    initialise(State, Named->ofVariable(*Param), *Class, nullptr);
    W = State.front();
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(Walked.Function);
  if (!Method || !Method->getParent()->isLambda())
    return W;
  // So was one that a lambda captured by value.
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
    initialise(State, Named->ofVariable(*Captured), *Class, nullptr);
    W = State.front();
  }
  return W;
}

void FlowBuilder::solve(const CFG &G, World Entry) {
  scanGraph(G);
  In.assign(G.getNumBlockIDs(), {});
  addWorld(In[G.getEntry().getBlockID()], std::move(Entry));
  llvm::DenseMap<unsigned, const CFGBlock *> Blocks;
  for (const CFGBlock *Block : G)
    Blocks[Block->getBlockID()] = Block;

  // Clang numbers blocks from the exit up: the highest first is nearly reverse
  // post-order.
  Work.insert(G.getEntry().getBlockID());
  while (!Work.empty()) {
    unsigned Id = *Work.begin();
    Work.erase(Work.begin());
    const CFGBlock &Block = *Blocks[Id];
    Worlds State = In[Id];
    transferBlock(Block, State);
    leaveBlock(Block, State);
  }
}

void FlowBuilder::run(Flow &Result) {
  Graph = buildGraph();
  if (!Graph) {
    Result.Valid = false;
    Result.Unknown.Reachable = true;
    return;
  }
  solve(*Graph, entryWorld());
  Recording = &Result;
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
  Graph = buildGraph();
  if (!Graph)
    return Result;
  World Entry = entryWorld();
  Entry.KeepsReleased = true;
  Start(Entry, *Named);
  solve(*Graph, std::move(Entry));
  const Worlds &End = In[Graph->getExit().getBlockID()];
  Result.Reached = !End.empty();
  if (!Result.Reached)
    return Result;
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
    if (Named->isWithin(Place, Named->ofResult())) {
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

namespace {

/// The condition that decides a two-way branch: of `a && b`, the part that is
/// evaluated last in its block.
const Expr *decidingCondition(const CFGBlock &Block) {
  const Stmt *Terminator = Block.getTerminatorStmt();
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition(/*StripParens=*/true));
  if (!Condition)
    return nullptr;
  if (const auto *Logical = dyn_cast<BinaryOperator>(Terminator);
      Logical && Logical->isLogicalOp())
    return Condition;
  while (true) {
    const auto *Logical =
        dyn_cast<BinaryOperator>(Condition->IgnoreParenImpCasts());
    if (!Logical || !Logical->isLogicalOp())
      return Condition;
    // Around temporaries, Clang joins the operands first and branches on the
    // value of the whole.
    for (const CFGElement &Element : Block)
      if (auto Statement = Element.getAs<CFGStmt>();
          Statement && Statement->getStmt() == Logical)
        return Condition;
    Condition = Logical->getRHS();
  }
}

} // namespace

void FlowBuilder::leaveBlock(const CFGBlock &Block, const Worlds &State) {
  if (State.empty())
    return;
  if (Block.getTerminator().isTemporaryDtorsBranch())
    return leaveTemporaries(Block, State);
  const bool TwoWay = Block.succ_size() == 2 && Block.getTerminatorStmt() &&
                      !isa<CXXTryStmt, SwitchStmt>(Block.getTerminatorStmt()) &&
                      Block.getTerminator().isStmtBranch();
  const Expr *Condition = TwoWay ? decidingCondition(Block) : nullptr;
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
  const auto *Switch =
      dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt());
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

/// Whether a temporary is destroyed depends on whether it was made: that, rather
/// than the condition, decides.
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
          Guard = Named->ofTemporary(*Dtor->getBindTemporaryExpr());
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

/// An exception leaves the try block: its locals and temporaries are gone.
void FlowBuilder::leaveTry(const CXXTryStmt &Try, World &W) {
  for (auto It = W.Objects.begin(); It != W.Objects.end();) {
    bool Gone = Named->isTemporary(It->first);
    const auto *Variable =
        dyn_cast_or_null<VarDecl>(Named->rootVariable(It->first));
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

/// Ends the variables of range-for init-statements that \p S is outside of.
void FlowBuilder::endRangeInits(const Stmt &S, Worlds &State) {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation At = Sources.getExpansionLoc(S.getBeginLoc());
  for (const auto &[Variable, Loop] : Walked.RangeInits)
    if (At.isValid() &&
        Sources.isBeforeInTranslationUnit(
            Sources.getExpansionLoc(Loop.getEnd()), At))
      endOfObject(Named->ofVariable(*Variable), State);
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
    pendingAtEnd(Named->ofVariable(*Variable), Variable, nullptr, State);
    onDestructor(*Variable, State);
    endOfObject(Named->ofVariable(*Variable), State);
    return;
  }
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    endOfObject(Named->ofVariable(*End->getVarDecl()), State);
    for (PlaceId Temporary : Extended.lookup(End->getVarDecl()))
      endOfObject(Temporary, State);
    return;
  }
  if (auto Dtor = Element.getAs<CFGTemporaryDtor>()) {
    const CXXBindTemporaryExpr *Temporary = Dtor->getBindTemporaryExpr();
    PlaceId Place = Named->ofTemporary(*Temporary);
    pendingAtEnd(Place, nullptr, Temporary, State);
    endOfObject(Place, State);
  }
}

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

void FlowBuilder::onStatement(const Stmt &S, Worlds &State) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S))
    return onDeclaration(*Declaration, State);
  if (const auto *Call = dyn_cast<CallExpr>(&S))
    return onCall(*Call, State);
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(&S)) {
    if (!Temporaries.contains(Temporary))
      return;
    if (const GuardClass *Class = Guards.of(Temporary->getType()))
      initialise(State, Named->ofTemporary(*Temporary), *Class,
                 Temporary->getSubExpr());
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S)) {
    llvm::SmallVector<const Expr *, 4> Arguments(Construct->arguments());
    onMovedArguments(Construct->getConstructor(), Arguments, State);
    return;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S);
      Binary && Binary->isAssignmentOp()) {
    const Expr *Target = Binary->getLHS()->IgnoreParenImpCasts();
    if (Target->isTypeDependent())
      return;
    const ValueDecl *Changed = changedBy(*Target);
    if (!Changed)
      return;
    const bool Simple = Binary->getOpcode() == BO_Assign;
    for (World &W : State)
      assign(W, *Changed, Simple ? Binary->getRHS() : nullptr);
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S);
      Unary && Unary->isIncrementDecrementOp()) {
    if (const ValueDecl *Changed =
            changedBy(*Unary->getSubExpr()->IgnoreParenImpCasts()))
      for (World &W : State)
        forget(W, *Changed);
    return;
  }
  if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
    QualType Type = Walked.Function->getReturnType();
    if (Type->isReferenceType() || Type->isPointerType())
      return;
    if (const GuardClass *Class = Guards.of(Type))
      initialise(State, Named->ofResult(), *Class, Return->getRetValue());
    return;
  }
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S))
    if (std::optional<PlaceId> Place = Named->of(Delete->getArgument()))
      endOfObject(*Place, State);
}

void FlowBuilder::onDeclaration(const DeclStmt &S, Worlds &State) {
  for (const Decl *D : S.decls()) {
    const auto *Variable = dyn_cast<VarDecl>(D);
    if (!Variable || Variable->isStaticLocal())
      continue;
    const Expr *Init = Variable->getInit();
    QualType Type = Variable->getType();
    for (World &W : State)
      assign(W, *Variable, Type->isScalarType() ? Init : nullptr);
    // `auto *mutex = lock.release()`
    if (std::optional<PlaceId> Alias = Named->aliasOf(strip(Init)))
      Named->alias(Variable->getCanonicalDecl(), *Alias);
    holdExtended(*Variable, State);
    const GuardClass *Class = Guards.of(Type);
    if (!Class || Class->IsMutex || Class->IsAsyncLock)
      continue;
    PlaceId Place = Named->ofVariable(*Variable);
    if (Type->isPointerType()) {
      // Owned by the pointer until it is deleted.
      const auto *New =
          Init ? dyn_cast<CXXNewExpr>(Init->IgnoreParenImpCasts()) : nullptr;
      if (New && New->getInitializer())
        initialise(State, Place, *Class, New->getInitializer());
      continue;
    }
    if (Type->isReferenceType()) {
      // Only what lives as long as the reference begins with it.
      if (!Init || !bindsTemporary(*Init))
        continue;
    }
    for (World &W : State)
      forgetPlace(W, Place);
    initialise(State, Place, *Class, Init);
    // What is ready stays ready when it is moved.
    const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(strip(Init));
    if (!Construct || !Construct->getConstructor()->isCopyOrMoveConstructor())
      continue;
    if (std::optional<PlaceId> From = Named->of(Construct->getArg(0)))
      for (World &W : State)
        if (auto It = W.Facts.find({ReadyFact, *From});
            It != W.Facts.end() && It->second)
          W.Facts[{ReadyFact, Place}] = true;
  }
}

/// Temporaries that live as long as a reference though it is not bound to them:
/// from C++23 on, those in the range of a range-for.
void FlowBuilder::holdExtended(const VarDecl &Variable, Worlds &State) {
  if (!Variable.getType()->isReferenceType() || !Variable.getInit())
    return;
  llvm::SmallVector<const Stmt *, 8> Stack{Variable.getInit()};
  bool Outermost = true;
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(S)) {
      bool Bound = std::exchange(Outermost, false) &&
                   bindsTemporary(*Variable.getInit());
      const GuardClass *Class = Guards.of(Temporary->getType());
      if (!Bound && Class && Temporary->getExtendingDecl() == &Variable) {
        PlaceId Place = Named->ofTemporary(*Temporary);
        initialise(State, Place, *Class, Temporary->getSubExpr());
        auto &Places = Extended[&Variable];
        if (!llvm::is_contained(Places, Place))
          Places.push_back(Place);
      }
    }
    for (const Stmt *Child : S->children())
      if (Child && !isa<LambdaExpr>(Child))
        Stack.push_back(Child);
  }
}

void FlowBuilder::onCall(const CallExpr &Call, Worlds &State) {
  const FunctionDecl *Callee = calleeOf(Call);
  llvm::SmallVector<const Expr *, 4> Arguments(Call.arguments());
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call)) {
    Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(Call) && isa_and_nonnull<CXXMethodDecl>(Callee) &&
             cast<CXXMethodDecl>(Callee)->isInstance() && !Arguments.empty()) {
    Object = Arguments.front();
    Arguments.erase(Arguments.begin());
  }
  if (!Callee)
    return;

  bool Handled = false;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee); Method && Object)
    Handled = onObjectCall(Call, *Object, *Method, Arguments, State);
  if (!Handled)
    if (const LockFunctionModel *Lock = Guards.lockFunction(*Callee)) {
      onLockFunction(Call, *Lock, State);
      Handled = true;
    }
  if (!Handled)
    Handled = onAttributes(Call, *Callee, State);
  if (!Handled)
    onSummary(Call, *Callee, State);
  onMovedArguments(Callee, Arguments, State);
  onValueArguments(*Callee, Arguments, State);

  // What is passed by non-const reference may have changed.
  for (unsigned I = 0; I < Arguments.size() && I < Callee->getNumParams(); ++I) {
    QualType Type = Callee->getParamDecl(I)->getType();
    if (!Type->isLValueReferenceType() ||
        Type->getPointeeType().isConstQualified())
      continue;
    if (!Arguments[I]->isTypeDependent() && Type->getPointeeType()->isScalarType())
      if (const ValueDecl *Changed = changedBy(*Arguments[I]))
        for (World &W : State)
          forget(W, *Changed);
  }
}

bool FlowBuilder::onObjectCall(const CallExpr &Call, const Expr &Object,
                               const CXXMethodDecl &Method,
                               llvm::ArrayRef<const Expr *> Arguments,
                               Worlds &State) {
  // `f = std::async(…)` and the like change what is known of `f`.
  if (Method.getOverloadedOperator() == OO_Equal)
    if (std::optional<PlaceId> Place = Named->of(&Object))
      for (World &W : State)
        W.Facts.erase({ReadyFact, *Place});

  // Who has waited for work need not wait again.
  const CXXRecordDecl *ObjectClass =
      classOf(Object.IgnoreParenImpCasts()->getType());
  if (const ModelIndex::FunctionEntry *Entry =
          Known.Models.find(Method, ObjectClass);
      Entry && !Known.Models.readiness(Method, ObjectClass) &&
      llvm::any_of(Entry->Effects, [](const FunctionModel *Model) {
        return Model->Effect == EffectKind::SyncWaits;
      }))
    if (std::optional<PlaceId> Place = Named->of(&Object))
      for (World &W : State)
        W.Facts[{ReadyFact, *Place}] = true;

  // Not the base that the method is declared in: the guard itself.
  const GuardClass *Class = guardOf(Object);
  if (!Class)
    Class = Guards.of(*Method.getParent());
  if (!Class)
    return false;
  std::optional<PlaceId> Place = Named->of(&Object);
  if (!Place)
    return false;

  if (Method.getOverloadedOperator() == OO_Equal && !Arguments.empty()) {
    if (Class->IsMutex || Class->IsAsyncLock)
      return false;
    bool Self = Named->of(Arguments.front()) == Place;
    if (Self)
      return true;
    // The new state is read before the old object is gone.
    Worlds Next = State;
    for (World &W : Next)
      release(W, *Place);
    initialise(Next, *Place, *Class, Arguments.front());
    State = std::move(Next);
    return true;
  }
  const Expr *Other = Arguments.empty() ? nullptr : Arguments.front();
  auto ActOn = [&](PlaceId At, const GuardClass &Guard) {
    std::optional<GuardAction> Action = Guards.actionOf(Method, Guard);
    if (!Action)
      return false;
    if (Guard.Wrapper && *Action == GuardAction::Acquires) {
      for (World &W : State)
        release(W, At);
      initialiseElement(State, At, *Guard.Element, Arguments, locationOf(Call),
                        0);
      return true;
    }
    // `unique_ptr::reset(new Guard)` fills it again.
    if (Guard.Wrapper && *Action == GuardAction::Releases && Other &&
        !isa<CXXDefaultArgExpr>(Other)) {
      for (World &W : State)
        release(W, At);
      initialise(State, At, Guard, Other);
      return true;
    }
    act(*Action, At, &Guard, Call, State, Other);
    return true;
  };
  if (ActOn(*Place, *Class))
    return true;
  for (const GuardClass::Part &Part : Class->Parts)
    if (isa<CXXRecordDecl>(Part.Subobject) &&
        ActOn(Named->member(*Place, *Part.Subobject), *Part.Guard))
      return true;
  return false;
}

void FlowBuilder::onLockFunction(const CallExpr &Call,
                                 const LockFunctionModel &Model,
                                 Worlds &State) {
  unsigned First = 0, Last = Call.getNumArgs();
  if (Model.Argument >= 0) {
    First = Model.Argument;
    Last = std::min(Last, First + 1);
  }
  if (Model.Action == GuardAction::Swaps ||
      Model.Action == GuardAction::Replaces) {
    if (Call.getNumArgs() < 2)
      return;
    std::optional<PlaceId> Place = Named->of(Call.getArg(0));
    const GuardClass *Class = Guards.of(Call.getArg(0)->getType());
    if (Place && Class)
      act(Model.Action, *Place, Class, Call, State, Call.getArg(1));
    return;
  }
  llvm::SmallVector<std::pair<PlaceId, const GuardClass *>, 2> Mutexes;
  for (unsigned I = First; I < Last; ++I)
    if (std::optional<PlaceId> Place = Named->of(Call.getArg(I)))
      Mutexes.emplace_back(*Place, Guards.of(Call.getArg(I)->getType()));
  if (Model.Action != GuardAction::Tries) {
    for (auto [Place, Class] : Mutexes)
      act(Model.Action, Place, Class, Call, State);
    return;
  }
  // All of them or none.
  fork(
      State,
      [&](World &W) {
        for (auto [Place, Class] : Mutexes)
          setHeld(W, Place, Class, locationOf(Call));
        W.Results[&Call] = {true, Model.Success};
      },
      [&](World &W) { W.Results[&Call] = {false, Model.Success}; });
}

bool FlowBuilder::onAttributes(const CallExpr &Call, const FunctionDecl &Callee,
                               Worlds &State) {
  bool Any = false;
  auto Apply = [&](GuardAction Action, auto Range) {
    for (const auto *Attribute : Range)
      for (const Expr *Written : Attribute->args()) {
        // The argument names a parameter or a member of the callee's object.
        const Expr *E = Written->IgnoreParenImpCasts();
        if (const auto *Unary = dyn_cast<UnaryOperator>(E))
          E = Unary->getSubExpr()->IgnoreParenImpCasts();
        std::optional<PlaceId> Place;
        if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
          if (const auto *Param = dyn_cast<ParmVarDecl>(Ref->getDecl())) {
            unsigned Index = Param->getFunctionScopeIndex();
            if (Index < Call.getNumArgs())
              Place = Named->of(Call.getArg(Index));
          } else {
            Place = Named->of(E);
          }
        } else if (const auto *Member = dyn_cast<MemberExpr>(E);
                   Member && isa<FieldDecl>(Member->getMemberDecl()) &&
                   isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())) {
          const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(&Call);
          std::optional<PlaceId> Object =
              MemberCall ? Named->of(MemberCall->getImplicitObjectArgument())
                         : std::nullopt;
          if (Object)
            Place = Named->member(*Object, *Member->getMemberDecl());
        } else if (isa<MemberExpr>(E)) {
          Place = Named->of(E);
        }
        if (!Place)
          continue;
        Any = true;
        act(Action, *Place, Guards.of(E->getType()), Call, State);
      }
  };
  if (!Callee.hasAttrs())
    return false;
  Apply(GuardAction::Releases, Callee.specific_attrs<ReleaseCapabilityAttr>());
  Apply(GuardAction::Acquires, Callee.specific_attrs<AcquireCapabilityAttr>());
  return Any;
}

void FlowBuilder::onSummary(const CallExpr &Call, const FunctionDecl &Callee,
                            Worlds &State) {
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call);
  applySummary(
      Callee, locationOf(Call), State,
      [&]() -> std::optional<PlaceId> {
        if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
          return Named->of(Member->getImplicitObjectArgument());
        if (IsOperator && Call.getNumArgs() > 0)
          return Named->of(Call.getArg(0));
        return std::nullopt;
      },
      [&](unsigned Index) -> std::optional<PlaceId> {
        Index += IsOperator && isa<CXXMethodDecl>(Callee);
        return Index < Call.getNumArgs() ? Named->of(Call.getArg(Index))
                                         : std::nullopt;
      });
}

void FlowBuilder::onDestructor(const VarDecl &Variable, Worlds &State) {
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor =
      Class && Class->hasDefinition() && !Class->isDependentContext()
          ? Class->getDestructor()
          : nullptr;
  if (!Destructor || Guards.of(*Class))
    return;
  applySummary(
      *Destructor, Variable.getLocation(), State,
      [&] { return Named->ofVariable(Variable); },
      [](unsigned) { return std::nullopt; });
}

void FlowBuilder::applySummary(
    const FunctionDecl &Callee, SourceLocation Where, Worlds &State,
    llvm::function_ref<std::optional<PlaceId>()> This,
    llvm::function_ref<std::optional<PlaceId>(unsigned)> Argument) {
  const LockSummary &Summary = All.summary(Callee);
  for (const LockSummary::Effect &Effect : Summary.Effects) {
    std::optional<PlaceId> Root;
    switch (Effect.Of) {
    case LockSummary::Root::This:
      Root = This();
      break;
    case LockSummary::Root::Parameter:
      Root = Argument(Effect.Parameter);
      break;
    case LockSummary::Root::Global:
      if (const ValueDecl *Variable = Summary.Named->rootVariable(Effect.Place))
        Root = Named->ofVariable(*Variable);
      break;
    }
    if (!Root)
      continue;
    std::optional<PlaceId> Place =
        Named->rebase(*Summary.Named, Effect.Place, Effect.From, *Root);
    if (!Place)
      continue;
    for (World &W : State) {
      if (!Effect.Held) {
        release(W, *Place);
        continue;
      }
      auto It = W.Objects.find(*Place);
      setHeld(W, *Place, It != W.Objects.end() ? It->second.Class : nullptr,
              Where);
    }
  }
}

void FlowBuilder::onMovedArguments(const FunctionDecl *Callee,
                                   llvm::ArrayRef<const Expr *> Arguments,
                                   Worlds &State) {
  if (!Callee)
    return;
  const ModelIndex::FunctionEntry *Entry = Known.Models.find(*Callee);
  if (Entry && Entry->PassThrough)
    return;
  for (unsigned I = 0; I < Arguments.size() && I < Callee->getNumParams(); ++I) {
    if (!Callee->getParamDecl(I)->getType()->isRValueReferenceType() ||
        !Arguments[I]->isXValue() || !Guards.of(Arguments[I]->getType()))
      continue;
    std::optional<PlaceId> From = Named->of(Arguments[I]);
    // A temporary guard stays where it is, whoever may look at it; work may
    // have been handed on.
    if (!From || (Named->isTemporary(*From) &&
                  !Guards.of(Arguments[I]->getType())->IsPendingWork))
      continue;
    for (World &W : State)
      for (auto &[Place, Object] : W.Objects)
        if (Object.Held && Named->isWithin(Place, *From)) {
          Object.Held = false;
          Object.WasMoved = true;
        }
  }
}

/// An object passed by value is the callee's: a coroutine keeps it in its frame,
/// and whether a function that cannot be seen waits for work is not known.
void FlowBuilder::onValueArguments(const FunctionDecl &Callee,
                                   llvm::ArrayRef<const Expr *> Arguments,
                                   Worlds &State) {
  const bool Coroutine = isa_and_nonnull<CoroutineBodyStmt>(Callee.getBody());
  for (unsigned I = 0; I < Arguments.size() && I < Callee.getNumParams(); ++I) {
    if (Callee.getParamDecl(I)->getType()->isReferenceType() ||
        Arguments[I]->isTypeDependent())
      continue;
    const GuardClass *Class = Guards.of(Arguments[I]->getType());
    if (!Class || Arguments[I]->getType()->isPointerType() ||
        !(Coroutine || Class->IsPendingWork))
      continue;
    std::optional<PlaceId> Place = Named->of(Arguments[I]);
    if (Place && Named->isTemporary(*Place))
      for (World &W : State)
        release(W, *Place);
  }
}

void FlowBuilder::endOfObject(PlaceId Place, Worlds &State) {
  Worlds Next;
  for (World &W : State) {
    for (auto It = W.Objects.begin(); It != W.Objects.end();) {
      if (!Named->isWithin(It->first, Place)) {
        ++It;
        continue;
      }
      llvm::SmallVector<PlaceId, 1> Mutexes = It->second.Mutexes;
      bool Held = It->second.Held;
      It = W.Objects.erase(It);
      if (!Held)
        continue;
      for (PlaceId Mutex : Mutexes)
        W.Objects.erase(Mutex);
      It = W.Objects.begin();
    }
    forgetPlace(W, Place);
    addWorld(Next, std::move(W));
  }
  State = std::move(Next);
}

void FlowBuilder::pendingAtEnd(PlaceId Place, const VarDecl *Variable,
                               const Expr *Temporary, const Worlds &State) {
  if (!Recording)
    return;
  for (const World &W : State)
    for (const auto &[At, Object] : W.Objects) {
      if (!Object.Held || !Object.Class || !Object.Class->IsPendingWork ||
          !Named->isWithin(At, Place))
        continue;
      auto Ready = W.Facts.find({ReadyFact, At});
      if (Ready != W.Facts.end() && Ready->second)
        continue;
      for (const PendingDestruction &Seen : Recording->Pending)
        if (Seen.Variable == Variable && Seen.Temporary == Temporary)
          return;
      Recording->Pending.push_back(
          {Object.Class, Variable, Temporary, Object.Since});
      return;
    }
}

//===----------------------------------------------------------------------===//
// Changing worlds
//===----------------------------------------------------------------------===//

void FlowBuilder::setHeld(World &W, PlaceId Place, const GuardClass *Class,
                          SourceLocation Since) {
  ObjectState &Object = W.Objects[Place];
  Object.Held = true;
  Object.WasMoved = false;
  Object.Count = 1;
  Object.Class = Class;
  Object.Since = Since;
}

void FlowBuilder::release(World &W, PlaceId Place) {
  llvm::SmallVector<PlaceId, 2> Mutexes;
  for (auto &[At, Object] : W.Objects) {
    if (!Named->isWithin(At, Place))
      continue;
    if (Object.Held)
      Mutexes.append(Object.Mutexes.begin(), Object.Mutexes.end());
    Object.Held = false;
    Object.WasMoved = false;
    Object.Count = 0;
  }
  // Known not to be held from here on.
  auto [It, Inserted] = W.Objects.try_emplace(Place);
  It->second.Held = false;
  for (PlaceId Mutex : Mutexes)
    W.Objects.erase(Mutex);
}

void FlowBuilder::fork(Worlds &State, llvm::function_ref<void(World &)> Either,
                       llvm::function_ref<void(World &)> Or) {
  Worlds Next;
  for (const World &W : State) {
    World A = W, B = W;
    Either(A);
    Or(B);
    Next.push_back(std::move(A));
    Next.push_back(std::move(B));
  }
  if (!Next.empty() && areTooMany(Next.size(), Next.front())) {
    Worlds Merged;
    for (World &W : Next)
      addWorld(Merged, std::move(W));
    Next = std::move(Merged);
  }
  State = std::move(Next);
}

void FlowBuilder::act(GuardAction Action, PlaceId Place,
                      const GuardClass *Class, const Expr &Call, Worlds &State,
                      const Expr *Other) {
  SourceLocation Where = Call.getExprLoc();
  if (const auto *C = dyn_cast<CallExpr>(&Call))
    Where = locationOf(*C);
  switch (Action) {
  case GuardAction::Acquires:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      unsigned Count =
          It != W.Objects.end() && It->second.Held ? It->second.Count + 1 : 1;
      if (Count == 1)
        setHeld(W, Place, Class, Where);
      if (!Class || Class->IsMutex)
        W.Objects[Place].Count = std::min(Count, MaxLockCount);
    }
    return;
  case GuardAction::Releases:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      if (It != W.Objects.end() && It->second.Held && It->second.Count > 1)
        --It->second.Count;
      else
        release(W, Place);
      if (Class && !Class->IsMutex)
        W.Objects[Place].Class = Class;
    }
    return;
  case GuardAction::Tries:
    fork(
        State,
        [&](World &W) {
          setHeld(W, Place, Class, Where);
          W.Results[&Call] = {true, LockSuccess::True};
        },
        [&](World &W) { W.Results[&Call] = {false, LockSuccess::True}; });
    return;
  case GuardAction::Tests:
    return;
  case GuardAction::Detaches:
    for (World &W : State) {
      auto It = W.Objects.find(Place);
      if (It == W.Objects.end())
        continue;
      ObjectState Was = It->second;
      It->second.Held = false;
      It->second.Mutexes.clear();
      if (!Was.Mutexes.empty())
        Named->alias(&Call, Was.Mutexes.front());
      if (!Was.Held)
        continue;
      for (PlaceId Mutex : Was.Mutexes)
        setHeld(W, Mutex, nullptr, Was.Since);
    }
    return;
  case GuardAction::Swaps: {
    std::optional<PlaceId> With = Other ? Named->of(Other) : std::nullopt;
    if (!With)
      return;
    for (World &W : State)
      std::swap(W.Objects[Place], W.Objects[*With]);
    return;
  }
  case GuardAction::Replaces:
    moveObjects(State, Place, Named->ofTemporary(Call));
    if (Class && !Class->IsMutex)
      initialise(State, Place, *Class, Other);
    return;
  }
}

/// The variable or member that an assignment to \p Target changes.
const ValueDecl *FlowBuilder::changedBy(const Expr &Target) {
  const Expr *E = Target.IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  std::optional<PlaceId> Place = Named->of(E);
  return Place ? Named->rootVariable(*Place) : nullptr;
}

/// The truth of a value whose outcome is known already: of `l.owns_lock()` where
/// it is known whether `l` is locked, of a `try_lock()` that has returned.
std::optional<bool> FlowBuilder::evaluate(const World &W, const Expr *Value) {
  bool Negated = false;
  for (unsigned Steps = 0; Value && Steps < 16; ++Steps) {
    const Expr *E = strip(Value);
    if (!E)
      return std::nullopt;
    if (auto It = W.Results.find(E); It != W.Results.end()) {
      std::optional<bool> Truth = It->second.truth();
      return Truth ? std::optional(*Truth != Negated) : std::nullopt;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->getOpcode() == UO_LNot) {
      Negated = !Negated;
      Value = Unary->getSubExpr();
      continue;
    }
    bool Constant = false;
    if (!E->isValueDependent() && E->getType()->isScalarType() &&
        E->EvaluateAsBooleanCondition(Constant, Context))
      return Constant != Negated;
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    if (!Call || !Call->getMethodDecl())
      return std::nullopt;
    const Expr *Object = Call->getImplicitObjectArgument();
    const GuardClass *Class = guardOf(*Object);
    if (!Class || Guards.actionOf(*Call->getMethodDecl(), *Class) !=
                      GuardAction::Tests)
      return std::nullopt;
    std::optional<PlaceId> Place = Named->of(Object);
    if (!Place)
      return std::nullopt;
    auto It = W.Objects.find(*Place);
    if (It == W.Objects.end() || !It->second.Class)
      return std::nullopt;
    return It->second.Held != Negated;
  }
  return std::nullopt;
}

void FlowBuilder::assign(World &W, const ValueDecl &Variable,
                         const Expr *Value) {
  std::optional<bool> Known =
      Value && !Value->isTypeDependent() ? evaluate(W, Value) : std::nullopt;
  forget(W, Variable);
  if (Known)
    W.Facts[{VariableFact, Named->ofVariable(Variable)}] = *Known;
  else if (Value)
    W.Bindings[cast<ValueDecl>(Variable.getCanonicalDecl())] = Value;
}

void FlowBuilder::forget(World &W, const ValueDecl &Changed) {
  W.Bindings.erase(cast<ValueDecl>(Changed.getCanonicalDecl()));
  W.Facts.erase({VariableFact, Named->ofVariable(Changed)});
  auto It = Mentions.find(&Changed);
  if (It != Mentions.end())
    for (unsigned Shape : It->second)
      W.Facts.erase({ConditionFact, Shape});
  // What was bound to an expression over the variable no longer equals it.
  for (auto B = W.Bindings.begin(); B != W.Bindings.end();) {
    const Expr *Bound = B->second->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Bound);
    B = Ref && Ref->getDecl() == &Changed ? W.Bindings.erase(B) : std::next(B);
  }
}

void FlowBuilder::forgetPlace(World &W, PlaceId Place) {
  for (auto It = W.Facts.begin(); It != W.Facts.end();)
    It = It->first.first == ReadyFact && Named->isWithin(It->first.second, Place)
             ? W.Facts.erase(It)
             : std::next(It);
}

namespace {

bool sameClass(const Expr &E, const GuardClass &Class) {
  const CXXRecordDecl *Other = classOf(E.getType());
  return Other && Other->getCanonicalDecl() == Class.Class->getCanonicalDecl();
}

} // namespace

bool FlowBuilder::initialiseFromPlace(Worlds &State, PlaceId Place,
                                      const Expr &Source) {
  std::optional<PlaceId> From = Named->of(&Source);
  return From && *From != Place && moveObjects(State, *From, Place);
}

/// An object that a call returns: what it was before the call replaced it, or
/// what the callee's body says.
bool FlowBuilder::initialiseFromCall(Worlds &State, PlaceId Place,
                                     const CallExpr &Call) {
  if (moveObjects(State, Named->ofTemporary(Call), Place))
    return true;
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return false;
  const ReturnedGuards &Returned = All.returned(*Callee);
  for (const ReturnedGuards::Guard &Guard : Returned.Guards) {
    PlaceId At = *Named->rebase(*Returned.Named, Guard.Place,
                                Returned.Named->ofResult(), Place);
    auto Hold = [&](World &W) {
      setHeld(W, At, Guard.Class, locationOf(Call));
      W.Objects[At].Mutexes.clear();
    };
    auto Leave = [&](World &W) {
      release(W, At);
      W.Objects[At].Class = Guard.Class;
    };
    if (Guard.State == GuardState::Maybe) {
      fork(State, Hold, Leave);
      continue;
    }
    for (World &W : State)
      Guard.State == GuardState::Held ? Hold(W) : Leave(W);
  }
  return !Returned.Guards.empty();
}

/// Whether anything was known of \p From.
bool FlowBuilder::moveObjects(Worlds &State, PlaceId From, PlaceId Place) {
  bool Any = false;
  for (World &W : State) {
    llvm::SmallVector<std::pair<PlaceId, ObjectState>, 2> Moved;
    for (auto &[At, Object] : W.Objects) {
      if (!Named->isWithin(At, From))
        continue;
      Any = true;
      std::optional<PlaceId> To = Named->rebase(*Named, At, From, Place);
      ObjectState Taken = Object;
      Taken.Held = Object.Held || Object.WasMoved;
      Taken.WasMoved = false;
      Moved.emplace_back(*To, std::move(Taken));
      Object.Held = Object.WasMoved = false;
      Object.Mutexes.clear();
    }
    for (auto &[To, Object] : Moved)
      W.Objects[To] = std::move(Object);
  }
  return Any;
}

void FlowBuilder::constructWith(Worlds &State, PlaceId Place,
                                const GuardClass &Class,
                                const CXXConstructorDecl &Constructor,
                                llvm::ArrayRef<const Expr *> Arguments,
                                SourceLocation Since) {
  llvm::SmallVector<PlaceId, 1> Mutexes;
  for (const Expr *Argument : Arguments) {
    const GuardClass *Mutex = Guards.of(Argument->getType());
    if (!Mutex || !Mutex->IsMutex)
      continue;
    if (std::optional<PlaceId> At = Named->of(Argument))
      Mutexes.push_back(*At);
  }
  auto Hold = [&](World &W) {
    setHeld(W, Place, &Class, Since);
    W.Objects[Place].Mutexes = Mutexes;
  };
  auto Leave = [&](World &W) {
    release(W, Place);
    W.Objects[Place].Class = &Class;
    W.Objects[Place].Mutexes = Mutexes;
  };
  switch (Guards.stateAfter(Constructor, Arguments, Class)) {
  case GuardState::Empty:
    for (World &W : State)
      Leave(W);
    return;
  case GuardState::Held:
    for (World &W : State)
      Hold(W);
    return;
  case GuardState::Adopted:
    for (World &W : State) {
      for (PlaceId Mutex : Mutexes)
        W.Objects.erase(Mutex);
      Hold(W);
    }
    return;
  case GuardState::Maybe:
    fork(State, Hold, Leave);
    return;
  }
}

void FlowBuilder::initialiseElement(Worlds &State, PlaceId Place,
                                    const GuardClass &Class,
                                    llvm::ArrayRef<const Expr *> Arguments,
                                    SourceLocation Since, unsigned Depth) {
  if (Arguments.size() == 1 && sameClass(*Arguments[0], Class))
    return initialise(State, Place, Class, Arguments[0], Depth + 1);
  // The constructor that the library will call is the one that the arguments
  // fit; for the rules that models give, any constructor of the class will do.
  const CXXConstructorDecl *Some =
      Class.Class->hasDefinition() && Class.Class->ctor_begin() !=
                                          Class.Class->ctor_end()
          ? *Class.Class->ctor_begin()
          : nullptr;
  if (Some && Class.isRaii() && Class.Model)
    return constructWith(State, Place, Class, *Some, Arguments, Since);
  initialise(State, Place, Class, nullptr, Depth + 1);
}

void FlowBuilder::initialiseParts(Worlds &State, PlaceId Place,
                                  const GuardClass &Class, const Expr *Init,
                                  unsigned Depth) {
  const auto *List = dyn_cast_or_null<InitListExpr>(Init);
  if (List && List->isSyntacticForm() && List->getSemanticForm())
    List = List->getSemanticForm();
  const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Init);
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Init);
  const FunctionDecl *Definition = nullptr;
  const CXXConstructorDecl *Constructor = nullptr;
  if (Construct && Construct->getConstructor()->hasBody(Definition))
    Constructor = cast<CXXConstructorDecl>(Definition);
  else if (Construct)
    Constructor = Construct->getConstructor();

  unsigned Base = 0;
  for (const GuardClass::Part &Part : Class.Parts) {
    const Expr *PartInit = nullptr;
    bool Found = false;
    const auto *Field = dyn_cast<FieldDecl>(Part.Subobject);
    if (List) {
      unsigned Index = Field ? Class.Class->getNumBases() +
                                   Field->getFieldIndex()
                             : Base++;
      Found = Index < List->getNumInits();
      PartInit = Found ? List->getInit(Index) : nullptr;
    } else if (Lambda && Field) {
      unsigned Index = Field->getFieldIndex();
      Found = Index < Lambda->capture_size();
      PartInit = Found ? *(Lambda->capture_init_begin() + Index) : nullptr;
    } else if (Constructor) {
      for (const CXXCtorInitializer *Written : Constructor->inits()) {
        bool Matches =
            Field ? Written->getAnyMember() == Field
                  : Written->isBaseInitializer() && Written->getBaseClass() &&
                        Written->getBaseClass()->getAsCXXRecordDecl() &&
                        Written->getBaseClass()
                                ->getAsCXXRecordDecl()
                                ->getCanonicalDecl() ==
                            Part.Subobject->getCanonicalDecl();
        if (!Matches)
          continue;
        Found = true;
        PartInit = Written->getInit();
      }
      // A constructor that is not seen, called without arguments, has nothing
      // to lock.
      if (!Found && Construct->getNumArgs() == 0) {
        const CXXRecordDecl *PartClass = Part.Guard->Class;
        if (Part.Guard->isRaii() && PartClass->hasDefinition() &&
            PartClass->ctor_begin() != PartClass->ctor_end())
          constructWith(State, Named->member(Place, *Part.Subobject),
                        *Part.Guard, **PartClass->ctor_begin(), {},
                        Construct->getBeginLoc());
        continue;
      }
      // An inherited constructor hands on what it is given.
      if (const auto *Inherited = dyn_cast_or_null<CXXInheritedCtorInitExpr>(
              strip(PartInit));
          Inherited && Part.Guard->isRaii()) {
        constructWith(State, Named->member(Place, *Part.Subobject), *Part.Guard,
                      *Inherited->getConstructor(),
                      llvm::SmallVector<const Expr *, 4>(Construct->arguments()),
                      Construct->getBeginLoc());
        continue;
      }
    }
    initialise(State, Named->member(Place, *Part.Subobject), *Part.Guard,
               PartInit, Depth + 1);
  }
}

/// Sets the state of a new object from its initialiser; null: one that cannot
/// be seen.
void FlowBuilder::initialise(Worlds &State, PlaceId Place,
                             const GuardClass &Class, const Expr *Init,
                             unsigned Depth) {
  if (Depth > 32)
    return;
  const Expr *Source = strip(Init);
  SourceLocation Since;
  if (Source)
    Since = Source->getBeginLoc();
  else if (const ValueDecl *Variable = Named->rootVariable(Place))
    Since = Variable->getLocation();

  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Source);
  if (Construct && Construct->getNumArgs() == 1 &&
      sameClass(*Construct->getArg(0), Class) &&
      Construct->getConstructor()->isCopyOrMoveConstructor()) {
    if (initialiseFromPlace(State, Place, *Construct->getArg(0)))
      return;
    const Expr *From = strip(Construct->getArg(0));
    if (From && From->isPRValue())
      return initialise(State, Place, Class, From, Depth + 1);
    // Moved from an object whose state is not known: a reference parameter.
    return initialise(State, Place, Class, nullptr, Depth + 1);
  }
  if (Source && Source->isGLValue() && sameClass(*Source, Class) &&
      initialiseFromPlace(State, Place, *Source))
    return;
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Source);
      Call && sameClass(*Call, Class) && initialiseFromCall(State, Place, *Call))
    return;
  if (const auto *Either = dyn_cast_or_null<ConditionalOperator>(Source)) {
    Worlds Then = State, Else = State;
    initialise(Then, Place, Class, Either->getTrueExpr(), Depth + 1);
    initialise(Else, Place, Class, Either->getFalseExpr(), Depth + 1);
    State.clear();
    for (World &W : Then)
      State.push_back(std::move(W));
    for (World &W : Else)
      addWorld(State, std::move(W));
    return;
  }

  if (Class.Element) {
    const GuardClass &Element = *Class.Element;
    auto Empty = [&] {
      for (World &W : State) {
        release(W, Place);
        W.Objects[Place].Class = &Element;
      }
    };
    if (!Source)
      return initialise(State, Place, Element, nullptr, Depth + 1);
    if (const auto *New = dyn_cast<CXXNewExpr>(Source))
      return New->getInitializer()
                 ? initialise(State, Place, Element, New->getInitializer(),
                              Depth + 1)
                 : Empty();
    if (const auto *Call = dyn_cast<CallExpr>(Source)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const ModelIndex::FunctionEntry *Entry =
          Callee ? Known.Models.find(*Callee) : nullptr;
      if (Entry && Entry->MakesWrapper) {
        llvm::SmallVector<const Expr *, 4> Arguments(Call->arguments());
        return initialiseElement(State, Place, Element, Arguments, Since, Depth + 1);
      }
      return initialise(State, Place, Element, nullptr, Depth + 1);
    }
    if (const auto *List = dyn_cast<InitListExpr>(Source);
        List && List->getNumInits() == 0)
      return Empty();
    if (sameClass(*Source, Element) && !Construct)
      return initialise(State, Place, Element, Source, Depth + 1);
    if (!Construct)
      return Empty();
    if (sameClass(*Source, Element))
      return initialise(State, Place, Element, Source, Depth + 1);
    // The wrapper's own constructor.
    llvm::SmallVector<const Expr *, 4> Arguments;
    for (const Expr *Argument : Construct->arguments())
      if (!isa<CXXDefaultArgExpr>(Argument))
        Arguments.push_back(Argument);
    if (Arguments.empty())
      return Empty();
    const Expr *First = strip(Arguments.front());
    if (Arguments.size() == 1) {
      if (sameClass(*First, Class) || sameClass(*First, Element))
        return initialise(State, Place, sameClass(*First, Class) ? Class : Element,
                          Arguments.front(), Depth + 1);
      if (isa<CXXNewExpr>(First) || Guards.of(First->getType()) == &Class)
        return initialise(State, Place, Class, First, Depth + 1);
      // `std::nullopt` empties; `std::in_place` with nothing after it fills.
      const FunctionTemplateDecl *Template =
          Construct->getConstructor()->getPrimaryTemplate();
      const FunctionDecl *Pattern =
          Template ? Template->getTemplatedDecl() : nullptr;
      bool Forwards = Pattern && Pattern->getNumParams() > 0 &&
                      Pattern->getParamDecl(Pattern->getNumParams() - 1)
                          ->isParameterPack();
      if (First->getType()->isNullPtrType() ||
          (classOf(First->getType()) && !Guards.of(First->getType()) &&
           !Forwards))
        return Empty();
    }
    // `std::optional<Guard>(std::in_place, mutex)`.
    const CXXRecordDecl *FirstClass = classOf(Arguments.front()->getType());
    if (FirstClass && !Guards.of(*FirstClass))
      Arguments.erase(Arguments.begin());
    return initialiseElement(State, Place, Element, Arguments, Since, Depth + 1);
  }

  if (!Class.isRaii())
    return initialiseParts(State, Place, Class, Source, Depth);

  if (Construct)
    return constructWith(
        State, Place, Class, *Construct->getConstructor(),
        llvm::SmallVector<const Expr *, 4>(Construct->arguments()), Since);
  if (const auto *Inherited = dyn_cast_or_null<CXXInheritedCtorInitExpr>(Source))
    return constructWith(State, Place, Class, *Inherited->getConstructor(), {},
                         Since);
  bool Held = true;
  if (Class.Model && !Class.Model->AcquiredBy.empty()) {
    const auto *Call = dyn_cast_or_null<CallExpr>(Source);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Held = Callee && Known.Models.startsPendingWork(*Callee) == Class.Model &&
           llvm::none_of(Class.Model->AcquiredUnless, [&](const Condition &C) {
             return Known.Decided.holds(C, CallOperands::of(Call),
                                        Walked.Function);
           });
  } else if (Class.IsPendingWork && !Source) {
    Held = false;
  }
  if (const auto *List = dyn_cast_or_null<InitListExpr>(Source)) {
    // An array is held while any of its elements is.
    for (const Expr *Element : List->inits()) {
      initialise(State, Place, Class, Element, Depth + 1);
      if (llvm::any_of(State, [&](const World &W) {
            auto It = W.Objects.find(Place);
            return It != W.Objects.end() && It->second.Held;
          }))
        break;
    }
    return;
  }
  for (World &W : State) {
    if (Held) {
      setHeld(W, Place, &Class, Since);
      W.Objects[Place].Mutexes.clear();
    } else {
      release(W, Place);
      W.Objects[Place].Class = &Class;
    }
  }
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool FlowBuilder::isPure(const Expr &E) const {
  llvm::SmallVector<const Stmt *, 8> Stack{&E};
  for (unsigned Steps = 0; !Stack.empty(); ++Steps) {
    const Stmt *S = Stack.pop_back_val();
    if (Steps > 64)
      return false;
    if (!isa<DeclRefExpr, MemberExpr, CXXThisExpr, ImplicitCastExpr, ParenExpr,
             BinaryOperator, UnaryOperator, IntegerLiteral, CharacterLiteral,
             CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, ConstantExpr,
             ArraySubscriptExpr, GNUNullExpr, FloatingLiteral>(S))
      return false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp())
      return false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp())
      return false;
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  return true;
}

bool FlowBuilder::assumeFact(World &W, std::pair<unsigned, unsigned> Fact,
                             bool Truth) {
  auto [It, Inserted] = W.Facts.try_emplace(Fact, Truth);
  return Inserted || It->second == Truth;
}

const CallExpr *FlowBuilder::resolveCall(const World &W, const Expr *E) {
  for (unsigned Steps = 0; E && Steps < 8; ++Steps) {
    E = strip(E);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
      return Call;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    if (!Ref)
      return nullptr;
    auto It = W.Bindings.find(Ref->getDecl());
    E = It == W.Bindings.end() ? nullptr : It->second;
  }
  return nullptr;
}

const Outcome *FlowBuilder::outcomeOf(const World &W, const Expr *E) {
  auto It = W.Results.find(resolveCall(W, E));
  return It == W.Results.end() ? nullptr : &It->second;
}

std::optional<PlaceId> FlowBuilder::readinessTest(const World &W,
                                                  const Expr *Left,
                                                  const Expr *Right) {
  const auto *Call =
      dyn_cast_or_null<CXXMemberCallExpr>(resolveCall(W, Left));
  if (!Call || !Call->getMethodDecl())
    return std::nullopt;
  const ReadinessModel *Model = Known.Models.readiness(
      *Call->getMethodDecl(),
      classOf(Call->getImplicitObjectArgument()->IgnoreParenImpCasts()->getType()));
  if (!Model || Model->Ready.empty())
    return std::nullopt;
  const auto *Value = dyn_cast_or_null<DeclRefExpr>(strip(Right));
  if (!Value || !hasQualifiedName(*Value->getDecl(), Model->Ready))
    return std::nullopt;
  return Named->of(Call->getImplicitObjectArgument());
}

bool FlowBuilder::assume(World &W, const Expr *Condition, bool Truth,
                         unsigned Depth) {
  if (Depth > 32 || !Condition)
    return true;
  const Expr *E = strip(Condition);
  if (!E || E->isTypeDependent() || E->isValueDependent())
    return true;

  if (auto It = W.Results.find(E); It != W.Results.end())
    return It->second.truth().value_or(Truth) == Truth;

  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_LNot)
    return assume(W, Unary->getSubExpr(), !Truth, Depth + 1);

  const Expr *Left = nullptr, *Right = nullptr;
  bool Equal = true;
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    CXXRewrittenBinaryOperator::DecomposedForm Form =
        Rewritten->getDecomposedForm();
    if (Form.Opcode == BO_EQ || Form.Opcode == BO_NE) {
      Left = Form.LHS;
      Right = Form.RHS;
      Equal = Form.Opcode == BO_EQ;
    }
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == BO_LAnd || Binary->getOpcode() == BO_LOr) {
      bool Both = (Binary->getOpcode() == BO_LAnd) == Truth;
      return !Both || (assume(W, Binary->getLHS(), Truth, Depth + 1) &&
                       assume(W, Binary->getRHS(), Truth, Depth + 1));
    }
    if (Binary->getOpcode() == BO_Assign)
      return assume(W, Binary->getRHS(), Truth, Depth + 1);
    // `std::try_lock(a, b) < 0`
    if (Binary->getOpcode() == BO_LT || Binary->getOpcode() == BO_GE) {
      Expr::EvalResult Bound;
      const Outcome *Known = outcomeOf(W, Binary->getLHS());
      if (Known && Known->Means == LockSuccess::MinusOne &&
          !Binary->getRHS()->isValueDependent() &&
          Binary->getRHS()->EvaluateAsInt(Bound, Context) &&
          Bound.Val.getInt().isZero())
        return Known->Success == ((Binary->getOpcode() == BO_LT) == Truth);
    }
    if (Binary->isEqualityOp()) {
      Left = Binary->getLHS();
      Right = Binary->getRHS();
      Equal = Binary->getOpcode() == BO_EQ;
    }
  } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
             Operator && Operator->getNumArgs() == 2 &&
             (Operator->getOperator() == OO_EqualEqual ||
              Operator->getOperator() == OO_ExclaimEqual)) {
    Left = Operator->getArg(0);
    Right = Operator->getArg(1);
    Equal = Operator->getOperator() == OO_EqualEqual;
  }
  if (Left) {
    std::optional<PlaceId> Ready = readinessTest(W, Left, Right);
    if (!Ready)
      Ready = readinessTest(W, Right, Left);
    if (Ready) {
      bool Is = Equal == Truth;
      // Work that was ready stays ready; work that was not may have become so.
      if (Is)
        W.Facts[{ReadyFact, *Ready}] = true;
      return true;
    }
    // `x == true`, `pthread_mutex_trylock(&m) == 0`.
    for (auto [Value, Constant] : {std::pair(Left, Right), {Right, Left}}) {
      Expr::EvalResult Result;
      if (Constant->isValueDependent() || Value->isValueDependent() ||
          !Constant->getType()->isIntegralOrEnumerationType() ||
          !Constant->EvaluateAsInt(Result, Context))
        continue;
      if (const Outcome *Known = outcomeOf(W, Value);
          Known && Known->Means == LockSuccess::MinusOne) {
        // It is -1, or any number but -1.
        if (Result.Val.getInt() == -1)
          return Known->Success == (Equal == Truth);
        return Equal != Truth || !Known->Success;
      }
      bool IsZero = Result.Val.getInt().isZero();
      if (!IsZero && !strip(Value)->getType()->isBooleanType())
        continue;
      if (!assume(W, Value, (Equal == Truth) != IsZero, Depth + 1))
        return false;
      break;
    }
    // `lock == nullptr`, `guard == std::nullopt`.
    if (strip(Right)->getType()->isNullPtrType() ||
        isa<CXXNullPtrLiteralExpr>(strip(Right)) ||
        (Guards.of(Left->getType()) && Guards.of(Left->getType())->Wrapper &&
         !Guards.of(Right->getType())))
      if (const GuardClass *Class = Guards.of(Left->getType());
          Class && Class->Wrapper)
        if (std::optional<PlaceId> Place = Named->of(Left)) {
          auto It = W.Objects.find(*Place);
          if (It != W.Objects.end() && It->second.Held == (Equal == Truth))
            return false;
        }
  }

  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && Call->getMethodDecl()) {
    const Expr *Object = Call->getImplicitObjectArgument();
    const ReadinessModel *Readiness = Known.Models.readiness(
        *Call->getMethodDecl(), classOf(Object->IgnoreParenImpCasts()->getType()));
    if (Readiness && Readiness->Ready.empty() && Truth)
      if (std::optional<PlaceId> Place = Named->of(Object))
        W.Facts[{ReadyFact, *Place}] = true;
    const GuardClass *Class = guardOf(*Object);
    if (!Class || Guards.actionOf(*Call->getMethodDecl(), *Class) !=
                      GuardAction::Tests)
      return true;
    std::optional<PlaceId> Place = Named->of(Object);
    if (!Place)
      return true;
    auto It = W.Objects.find(*Place);
    if (It != W.Objects.end() && It->second.Class)
      return It->second.Held == Truth;
    // A guard that came from elsewhere: now its state is known.
    if (Truth)
      setHeld(W, *Place, Class->Element ? Class->Element : Class,
              locationOf(*Call));
    else
      release(W, *Place);
    return true;
  }
  // A pointer to a guard says whether there is one.
  if (const GuardClass *Class = Guards.of(E->getType());
      Class && E->getType()->isPointerType() && Class->isRaii())
    if (std::optional<PlaceId> Place = Named->of(E))
      if (auto It = W.Objects.find(*Place); It != W.Objects.end())
        return It->second.Held == Truth || !Truth;

  if (!isPure(*E))
    return true;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (Ref && isa<VarDecl>(Ref->getDecl())) {
    auto Known = W.Facts.find(
        {VariableFact, Named->ofVariable(*Ref->getDecl())});
    if (Known != W.Facts.end())
      return Known->second == Truth;
  }
  if (Ref)
    if (auto It = W.Bindings.find(Ref->getDecl()); It != W.Bindings.end()) {
      const Expr *Bound = It->second;
      if (!assume(W, Bound, Truth, Depth + 1))
        return false;
    }
  llvm::FoldingSetNodeID Shape;
  E->Profile(Shape, Context, /*Canonical=*/true);
  unsigned Hash = Shape.ComputeHash();
  llvm::SmallVector<const Stmt *, 8> Stack{E};
  while (!Stack.empty()) {
    const Stmt *S = Stack.pop_back_val();
    const ValueDecl *Mentioned = nullptr;
    if (const auto *R = dyn_cast<DeclRefExpr>(S))
      Mentioned = R->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Mentioned = Member->getMemberDecl();
    if (Mentioned)
      Mentions[Mentioned].push_back(Hash);
    for (const Stmt *Child : S->children())
      if (Child)
        Stack.push_back(Child);
  }
  return assumeFact(W, {ConditionFact, Hash}, Truth);
}

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

bool FlowBuilder::provenReady(const Stmt &S, const Worlds &State) {
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&S))
    Object = Member->getImplicitObjectArgument();
  else if (const auto *Call = dyn_cast<CallExpr>(&S);
           Call && Call->getNumArgs() > 0)
    Object = Call->getArg(0);
  if (!Object || Object->isTypeDependent())
    return false;
  std::optional<PlaceId> Place = Named->of(Object);
  return Place && llvm::all_of(State, [&](const World &W) {
           auto It = W.Facts.find({ReadyFact, *Place});
           return It != W.Facts.end() && It->second;
         });
}

void FlowBuilder::recordStatement(const Stmt &S, const Worlds &State) {
  record(&S, State);
  if (!Recording || State.empty() || !Interesting.contains(&S))
    return;
  PointState &Point = Recording->Points[&S];
  const bool Ready = provenReady(S, State);
  Point.ProvenReady = Ready && (Point.ProvenReady || !Point.Judged);
  Point.Judged = true;
}

void FlowBuilder::record(const void *Node, const Worlds &State) {
  if (!Recording || State.empty() || !Interesting.contains(Node))
    return;
  PointState &Point = Recording->Points[Node];
  bool First = !Point.Reachable;
  Point.Reachable = true;
  std::map<PlaceId, unsigned> Counts;
  for (const World &W : State)
    for (const auto &[Place, Object] : W.Objects) {
      if (!Object.Held || Counts[Place]++ > 0)
        continue;
      auto Same = [&](const HeldObject &H) { return H.Place == Place; };
      if (llvm::none_of(Point.Held, Same))
        Point.Held.push_back({Place, Object.Class, Object.Since,
                              Named->name(Place), First});
    }
  for (HeldObject &Object : Point.Held)
    if (Counts[Object.Place] != State.size())
      Object.Always = false;
}

const PointState &Flow::at(const void *Node) const {
  auto It = Points.find(Node);
  return It == Points.end() ? Unknown : It->second;
}

//===----------------------------------------------------------------------===//
// Flows
//===----------------------------------------------------------------------===//

const Flow &Flows::of(const FunctionDecl &Function) {
  std::unique_ptr<Flow> &Entry = Computed[&Function];
  if (Entry)
    return *Entry;
  auto Result = std::make_unique<Flow>();
  FlowBuilder(Known.Walked.of(Function), *this).run(*Result);
  return *(Computed[&Function] = std::move(Result));
}

bool Flows::touchesLocks(const FunctionDecl &Definition) {
  auto [It, Inserted] = Touches.try_emplace(&Definition, false);
  if (!Inserted)
    return It->second;
  bool Result = false;
  for (const Site &S : Known.Walked.of(Definition).Sites) {
    if (S.What != Site::Kind::Call || !S.Callee)
      continue;
    if (Guards.lockFunction(*S.Callee)) {
      Result = true;
      break;
    }
    if (const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee)) {
      const GuardClass *Class = Guards.of(*Method->getParent());
      if (Class && Guards.actionOf(*Method, *Class)) {
        Result = true;
        break;
      }
    }
    const FunctionDecl *Callee = nullptr;
    if (S.Callee->hasBody(Callee) && !isInSystemHeader(*Callee) &&
        SummaryDepth < MaxSummaryDepth) {
      ++SummaryDepth;
      bool Inner = touchesLocks(*Callee);
      --SummaryDepth;
      if (Inner) {
        Result = true;
        break;
      }
    }
  }
  return Touches[&Definition] = Result;
}

const ReturnedGuards &Flows::returned(const FunctionDecl &Function) {
  static const ReturnedGuards None;
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || isInSystemHeader(*Definition) ||
      Definition->isDependentContext() ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return None;
  auto [It, Inserted] = Returned.try_emplace(Definition);
  if (!Inserted)
    return It->second ? *It->second : None; // Recursion learns nothing.
  if (SummaryDepth >= MaxSummaryDepth)
    return None;
  ++SummaryDepth;
  FlowBuilder Builder(Known.Walked.of(*Definition), *this);
  auto Result = std::make_unique<ReturnedGuards>();
  Result->Guards = Builder.runForExit([](World &, Places &) {}).Returned;
  Result->Named = Builder.places();
  --SummaryDepth;
  return *(Returned[Definition] = std::move(Result));
}

const LockSummary &Flows::summary(const FunctionDecl &Function) {
  static const LockSummary None;
  const FunctionDecl *Definition = nullptr;
  if (!Function.hasBody(Definition) || isInSystemHeader(*Definition) ||
      isa<CoroutineBodyStmt>(Definition->getBody()))
    return None;
  if (auto It = Summaries.find(Definition); It != Summaries.end())
    return It->second ? *It->second : None;
  Summaries[Definition] = nullptr; // Recursion learns nothing.
  if (SummaryDepth >= MaxSummaryDepth || !touchesLocks(*Definition))
    return None;

  ++SummaryDepth;
  const Body &Walked = Known.Walked.of(*Definition);
  // What becomes of a guard handed in by reference depends on how it comes in:
  // one run with all of them held, one with none.
  auto Result = std::make_unique<LockSummary>();
  bool AnyGuard = false;
  auto Start = [&](bool Held) {
    return [&, Held](World &W, Places &Named) {
      for (const ParmVarDecl *Param : Definition->parameters()) {
        const GuardClass *Class = Guards.of(Param->getType());
        if (!Class || Class->IsMutex || Class->IsAsyncLock ||
            !Class->isRaii() || !Param->getType()->isLValueReferenceType())
          continue;
        AnyGuard = true;
        ObjectState &Object = W.Objects[Named.ofVariable(*Param)];
        Object.Held = Held;
        Object.Class = Class;
      }
    };
  };
  FlowBuilder Builder(Walked, *this);
  FlowBuilder::Exit End = Builder.runForExit(Start(true));
  FlowBuilder Other(Walked, *this);
  FlowBuilder::Exit OtherEnd;
  if (AnyGuard)
    OtherEnd = Other.runForExit(Start(false));
  --SummaryDepth;
  if (!End.Reached)
    return None;
  std::shared_ptr<Places> Named = Builder.places();
  Result->Named = Named;
  PlaceId This = Named->ofThis();
  for (auto [Place, Held] : End.Held) {
    if (Named->isWithin(Place, This)) {
      Result->Effects.push_back(
          {LockSummary::Root::This, 0, Place, This, Held});
      continue;
    }
    const ValueDecl *Root = Named->rootVariable(Place);
    if (!Root)
      continue;
    PlaceId From = Named->ofVariable(*Root);
    // What a lambda captures by reference is its caller's variable.
    if (Named->isGlobal(Place) || Root->getDeclContext() != Definition) {
      Result->Effects.push_back(
          {LockSummary::Root::Global, 0, Place, From, Held});
      continue;
    }
    const auto *Param = dyn_cast<ParmVarDecl>(Root);
    if (!Param || !(Param->getType()->isReferenceType() ||
                    Param->getType()->isPointerType()))
      continue;
    const GuardClass *Class = Guards.of(Param->getType());
    // A guard that came in held and goes out held did not change, unless one
    // that comes in empty goes out held, too.
    if (Held && Class && !Class->IsMutex && Class->isRaii() && Place == From) {
      auto Empty = OtherEnd.Held.find(Other.places()->ofVariable(*Param));
      if (Empty == OtherEnd.Held.end() || !Empty->second)
        continue;
    }
    Result->Effects.push_back({LockSummary::Root::Parameter,
                               Param->getFunctionScopeIndex(), Place, From,
                               Held});
  }
  std::unique_ptr<LockSummary> &Entry = Summaries[Definition];
  Entry = std::move(Result);
  return *Entry;
}

} // namespace corolint
