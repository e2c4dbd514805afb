//===-- FlowBuilder.h - Runs the flow through one function ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The flow engine (see Flow.h), private to lib/flow. FlowEvents.cpp handles
// statements, FlowObjects.cpp and FlowInitialisers.cpp change the worlds
// accordingly, FlowWork.cpp tracks work that is ready, FlowConditions.cpp
// evaluates branch conditions, and Flow.cpp visits the blocks in order.
// FlowSummaries.cpp runs the engine to summarise the effects of a call.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FLOW_FLOWBUILDER_H
#define COROLINT_FLOW_FLOWBUILDER_H

#include "code/Expressions.h"
#include "flow/Flow.h"
#include "flow/World.h"
#include "clang/AST/Attr.h"
#include "clang/Analysis/CFG.h"
#include <functional>
#include <set>

namespace corolint {

/// The expression that initialises an object, without nodes that change
/// nothing, default arguments and default member initialisers.
const clang::Expr *sourceOfInit(const clang::Expr *Init);

/// Runs the flow through one function.
class FlowBuilder {
public:
  FlowBuilder(const Body &Walked, FlowAnalysis &All)
      : Walked(Walked), All(All), Unit(All.Unit), Guards(All.Guards),
        Context(All.Unit.Context),
        KnownPlaces(std::make_shared<Places>(Context, Unit.Models)) {}

  void run(Flow &Result);

  /// The places held at the end, for given places held at the start.
  struct Exit {
    bool Reached = false;
    std::map<PlaceId, bool> Held; ///< The same on every way out.
    llvm::SmallVector<ReturnedGuards::Guard, 1> Returned;
    /// Objects that have completed their work on every way out, and the method
    /// that returns it.
    llvm::SmallVector<std::pair<PlaceId, llvm::StringRef>, 1> Fulfilled;
  };
  Exit runForExit(llvm::function_ref<void(World &, Places &)> Start);

  std::shared_ptr<Places> places() const { return KnownPlaces; }

private:
  // Setting up.
  void scanGraph(const clang::CFG &Graph);
  World entryWorld();
  /// Finds the worlds that enter each block. Returns whether it visited no
  /// block twice.
  bool solve(const clang::CFG &Graph, World Entry);

  // Moving through the graph.
  void transferBlock(const clang::CFGBlock &Block, Worlds &State);
  void leaveBlock(const clang::CFGBlock &Block, const Worlds &State);
  void leaveTemporaries(const clang::CFGBlock &Block, const Worlds &State);
  void flowTo(const clang::CFGBlock *Successor, Worlds State);
  void transfer(const clang::CFGElement &Element, Worlds &State);
  void throwFrom(const clang::Stmt *S, const Worlds &State);
  void endRangeInits(const clang::Stmt &S, Worlds &State);
  void leaveTry(const clang::CXXTryStmt &Try, World &W);

  // Events.
  void onStatement(const clang::Stmt &S, Worlds &State);
  void onSuspension(const clang::Expr &Suspension, Worlds &State);
  void onDeclaration(const clang::DeclStmt &S, Worlds &State);
  void holdExtended(const clang::VarDecl &Variable, Worlds &State);
  void onCall(const clang::CallExpr &Call, Worlds &State);
  bool onObjectCall(const clang::CallExpr &Call, const clang::Expr &Object,
                    const clang::CXXMethodDecl &Method,
                    llvm::ArrayRef<const clang::Expr *> Arguments,
                    Worlds &State);
  void onLockFunction(const clang::CallExpr &Call,
                      const LockFunctionModel &Model, Worlds &State);
  bool onAttributes(const clang::CallExpr &Call,
                    const clang::FunctionDecl &Callee, Worlds &State);
  void onSummary(const clang::CallExpr &Call, const clang::FunctionDecl &Callee,
                 Worlds &State);
  void onDestructor(const clang::VarDecl &Variable, Worlds &State);
  void
  applySummary(const clang::FunctionDecl &Callee, clang::SourceLocation Where,
               Worlds &State, llvm::function_ref<std::optional<PlaceId>()> This,
               llvm::function_ref<std::optional<PlaceId>(unsigned)> Argument,
               bool Dispatched = false);
  void onMovedArguments(const clang::FunctionDecl *Callee,
                        llvm::ArrayRef<const clang::Expr *> Arguments,
                        Worlds &State);
  std::optional<PlaceId> placeOfArgument(const clang::Expr &Argument,
                                         const clang::ParmVarDecl &Parameter);
  void endOfObject(PlaceId Place, Worlds &State);
  void onValueArguments(const clang::FunctionDecl &Callee,
                        llvm::ArrayRef<const clang::Expr *> Arguments,
                        Worlds &State);
  const GuardClass *guardOf(const clang::Expr &Object) {
    return Guards.of(Object.IgnoreParenImpCasts()->getType());
  }
  void pendingAtEnd(PlaceId Place, const clang::VarDecl *Variable,
                    const clang::Expr *Temporary, const Worlds &State);

  // Changing worlds.
  void act(GuardAction Action, PlaceId Place, const GuardClass *Class,
           const clang::Expr &Call, Worlds &State,
           const clang::Expr *Other = nullptr);
  void setHeld(World &W, PlaceId Place, const GuardClass *Class,
               clang::SourceLocation Since);
  void release(World &W, PlaceId Place);
  void giveUp(const clang::VarDecl &Variable, Worlds &State);
  bool takeBack(const clang::VarDecl &Variable, Worlds &State);
  void initialise(Worlds &State, PlaceId Place, const GuardClass &Class,
                  const clang::Expr *Init, unsigned Depth = 0);
  bool initialiseFromPlace(Worlds &State, PlaceId Place,
                           const clang::Expr &Source);
  bool initialiseFromCall(Worlds &State, PlaceId Place,
                          const clang::CallExpr &Call);
  bool moveObjects(Worlds &State, PlaceId From, PlaceId To);
  void empty(Worlds &State, PlaceId Place, const GuardClass &Element);
  bool initialiseFromSame(Worlds &State, PlaceId Place, const GuardClass &Class,
                          const clang::Expr &Source, unsigned Depth);
  void initialiseDefault(Worlds &State, PlaceId Place, const GuardClass &Class,
                         clang::SourceLocation Since, unsigned Depth);
  void initialiseWrapper(Worlds &State, PlaceId Place, const GuardClass &Class,
                         const clang::Expr *Source, unsigned Depth);
  void initialiseWrapperWith(Worlds &State, PlaceId Place,
                             const GuardClass &Class,
                             const clang::CXXConstructExpr &Construct,
                             unsigned Depth);
  void initialiseGuard(Worlds &State, PlaceId Place, const GuardClass &Class,
                       const clang::Expr *Source, clang::SourceLocation Since,
                       unsigned Depth);
  void initialiseElement(Worlds &State, PlaceId Place, const GuardClass &Class,
                         llvm::ArrayRef<const clang::Expr *> Arguments,
                         clang::SourceLocation Since, unsigned Depth);
  void initialiseParts(Worlds &State, PlaceId Place, const GuardClass &Class,
                       const clang::Expr *Init, unsigned Depth);
  void constructWith(Worlds &State, PlaceId Place, const GuardClass &Class,
                     const clang::CXXConstructorDecl &Constructor,
                     llvm::ArrayRef<const clang::Expr *> Arguments,
                     clang::SourceLocation Since);
  void fork(Worlds &State, llvm::function_ref<void(World &)> Either,
            llvm::function_ref<void(World &)> Or);
  void forget(World &W, const clang::ValueDecl &Changed);
  void assign(World &W, const clang::ValueDecl &Variable,
              const clang::Expr *Value);
  const clang::ValueDecl *changedBy(const clang::Expr &Target);
  std::optional<bool> evaluate(const World &W, const clang::Expr *Value);
  void forgetPlace(World &W, PlaceId Place);

  // Conditions.
  struct Comparison;
  /// Whether \p Condition can be \p Truth in \p W. If so, updates \p W
  /// accordingly.
  bool assume(World &W, const clang::Expr *Condition, bool Truth,
              unsigned Depth = 0);
  std::optional<bool> assumeOperator(World &W,
                                     const clang::BinaryOperator &Binary,
                                     bool Truth, unsigned Depth);
  std::optional<bool> assumeComparison(World &W, const Comparison &Compared,
                                       bool Truth, unsigned Depth);
  bool assumeTest(World &W, const clang::CXXMemberCallExpr &Call, bool Truth);
  bool assumeForm(World &W, const clang::Expr &E, bool Truth);
  bool assumeFact(World &W, std::pair<unsigned, unsigned> Fact, bool Truth);
  std::optional<PlaceId> readinessTest(const World &W, const clang::Expr *Left,
                                       const clang::Expr *Right);
  void onAssertedReadiness(llvm::ArrayRef<const clang::Expr *> Arguments,
                           Worlds &State);
  const clang::CallExpr *resolveCall(const World &W, const clang::Expr *E);
  const Outcome *outcomeOf(const World &W, const clang::Expr *E);
  bool isPure(const clang::Expr &E) const;

  // Work that an object of this function completes: `std::promise`.
  struct WorkOrigin {
    PlaceId By;
    const clang::IdentifierInfo *Method;
  };
  std::optional<WorkOrigin> originOfWork(const clang::Expr *E);
  void noteWork(PlaceId Place, const clang::Expr *Init, Worlds &State);
  bool isFulfilled(const World &W, const WorkOrigin &Origin) const;
  void onFulfilment(PlaceId By, llvm::StringRef Source, Worlds &State);
  void onWorkCall(const clang::CallExpr &Call, const clang::Expr &Object,
                  const clang::CXXMethodDecl &Method, Worlds &State);
  llvm::SmallVector<std::pair<PlaceId, llvm::StringRef>, 1>
  fulfilledAt(const Worlds &End) const;

  // Objects that the coroutine has awaited.
  void noteAwaited(const clang::Expr &Suspension, Worlds &State);
  void noteChanged(const clang::CXXMethodDecl &Method,
                   const clang::Expr &Object, Worlds &State);

  // Recording.
  void record(const void *Node, const Worlds &State);
  void recordStatement(const clang::Stmt &S, const Worlds &State);
  void recordDestruction(const clang::VarDecl &Variable, const Worlds &State);
  static bool isKnown(FactKind Fact, PlaceId Place, const Worlds &State);
  bool proven(FactKind Fact, const clang::Stmt &S, const Worlds &State);

  const Body &Walked;
  FlowAnalysis &All;
  Facts &Unit;
  GuardClasses &Guards;
  clang::ASTContext &Context;
  std::shared_ptr<Places> KnownPlaces;

  std::shared_ptr<const clang::CFG> Graph;
  llvm::SmallPtrSet<const clang::CXXBindTemporaryExpr *, 4> Temporaries;
  llvm::DenseMap<const clang::CXXTryStmt *, const clang::CFGBlock *> Handlers;
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<PlaceId, 1>>
      Extended;
  /// What the reversed guard of a variable releases while it lives.
  llvm::DenseMap<const clang::VarDecl *, llvm::SmallVector<PlaceId, 1>> GivenUp;
  std::vector<Worlds> In;
  std::set<unsigned, std::greater<>> Work;
  llvm::DenseSet<const void *> Interesting;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<unsigned, 2>>
      Mentions;
  Flow *Recording = nullptr;
  bool Propagating = true;
  /// For an object and one of its methods, where the returned work is stored.
  std::map<std::pair<PlaceId, const clang::IdentifierInfo *>,
           llvm::SmallVector<PlaceId, 1>>
      WorkOf;
  /// For an object that completes its work, the method that returns the work.
  std::map<PlaceId, llvm::StringRef> Sources;
};

} // namespace corolint

#endif // COROLINT_FLOW_FLOWBUILDER_H
