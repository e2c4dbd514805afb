//===-- Flow.h - What is held where --------------------------- -*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward data flow over Clang's CFG: which locks are held, which no-yield
// scopes live and which futures are known to be ready at each point of a
// function.
//
// The state at a point is a set of worlds. A world says of each object whether
// it is held, and which conditions must be true for control to be there. Worlds
// that agree on the objects are merged and keep the conditions they share;
// worlds that differ stay apart. So `if (c) m.lock(); …; if (c) m.unlock();`
// leaves nothing held, and `if (l.owns_lock())` tells the two outcomes of a
// `try_lock` apart.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FLOW_FLOW_H
#define COROLINT_FLOW_FLOW_H

#include "code/Suspension.h"
#include "flow/Guards.h"
#include "flow/Places.h"

namespace corolint {

/// An object that is held at some point.
struct HeldObject {
  PlaceId Place = 0;
  const GuardClass *Class = nullptr; ///< Null for a mutex locked by hand.
  clang::SourceLocation Since;
  std::string Name;                           ///< Empty for a temporary.
  bool Always = true;                         ///< On every path to the point.
  const clang::ValueDecl *Variable = nullptr; ///< That it is, or a part of.

  bool isLock() const { return !Class || Class->IsLock || Class->IsMutex; }
  bool isNoYield() const { return Class && Class->IsNoYield; }
  bool isAllowBlocking() const { return Class && Class->IsAllowBlocking; }
};

/// What holds where control reaches one node.
struct PointState {
  bool Reachable = false;
  llvm::SmallVector<HeldObject, 2> Held;
  /// The object that a synchronous wait at this node waits for is known to be
  /// ready on every path.
  bool ProvenReady = false;
  bool Judged = false; ///< Whether `ProvenReady` was looked at yet.
  /// The last hop, if it is the same on every path.
  Hop LastHop = Hop::None;
  /// Some path comes here without a suspension.
  bool BeforeSuspension = false;

  bool isHeldToAllowBlocking() const {
    return llvm::any_of(Held, [](const HeldObject &Object) {
      return Object.isAllowBlocking() && Object.Always;
    });
  }
};

/// The destruction of an object whose work is still pending.
struct PendingDestruction {
  const GuardClass *Class;
  const clang::VarDecl *Variable; ///< Null for a temporary.
  const clang::Expr *Temporary;
  clang::SourceLocation Since;
};

/// How calling a function changes what its caller holds.
struct LockSummary {
  enum class Root : uint8_t { This, Parameter, Global };
  struct Effect {
    Root Of;
    unsigned Parameter;
    PlaceId Place; ///< In the summarised function's own places.
    PlaceId From;  ///< The root of `Place` there.
    bool Held;
  };
  llvm::SmallVector<Effect, 1> Effects;
  std::shared_ptr<Places> KnownPlaces;
};

/// The guards in what a function returns: itself, or members of it.
struct ReturnedGuards {
  struct Guard {
    PlaceId Place; ///< In the function's own places.
    GuardState State;
    const GuardClass *Class;
  };
  llvm::SmallVector<Guard, 1> Guards;
  std::shared_ptr<Places> KnownPlaces;
};

class FlowAnalysis;

/// The flow through one function.
class Flow {
public:
  /// Nothing is known of a node that control cannot reach, or that has no place
  /// in the control flow.
  const PointState &at(const void *Node) const;

  /// False where Clang could build no control flow graph: then every node is
  /// taken to be reachable and nothing to be held.
  bool isValid() const { return Valid; }

  llvm::ArrayRef<PendingDestruction> pendingDestructions() const {
    return Pending;
  }

private:
  friend class FlowBuilder;
  bool Valid = true;
  PointState Unknown;
  llvm::DenseMap<const void *, PointState> Points;
  llvm::SmallVector<PendingDestruction, 1> Pending;
};

/// The flows of one AST, computed on demand. Not thread-safe.
class FlowAnalysis {
public:
  FlowAnalysis(Facts &Unit, GuardClasses &Guards)
      : Unit(Unit), Guards(Guards) {}

  /// Through \p Function, which must be a definition.
  const Flow &of(const clang::FunctionDecl &Function);

  /// What calling \p Function does to locks and guards that its caller can
  /// name. Empty where the body cannot be seen or touches none.
  const LockSummary &summary(const clang::FunctionDecl &Function);

  /// In what state \p Function returns guards. Empty where the body cannot be
  /// seen, or nothing can be said.
  const ReturnedGuards &returned(const clang::FunctionDecl &Function);

  Facts &Unit;
  GuardClasses &Guards;

private:
  bool movesGuard(const Site &S);
  bool touchesLocks(const clang::FunctionDecl &Definition);

  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Flow>> Computed;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<LockSummary>>
      Summaries;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<ReturnedGuards>>
      Returned;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Touches;
  unsigned SummaryDepth = 0;
};

} // namespace corolint

#endif // COROLINT_FLOW_FLOW_H
