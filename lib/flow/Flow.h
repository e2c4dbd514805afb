//===-- Flow.h - Which objects are held at each point -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward data flow over Clang's CFG. It computes which locks are held, which
// no-yield scopes live and which futures are known to be ready at each point of
// a function.
//
// The state at a point is a set of worlds. A world records for each object
// whether it is held, and under which conditions control reaches the point.
// Worlds that agree on the objects are merged and keep the conditions they
// share; other worlds stay separate. So `if (c) m.lock(); …; if (c)
// m.unlock();` leaves nothing held, and `if (l.owns_lock())` distinguishes the
// two outcomes of a `try_lock`.
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
  const GuardClass *Class = nullptr; ///< Null for a manually locked mutex.
  clang::SourceLocation Since;
  std::string Name;                           ///< Empty for a temporary.
  bool Always = true;                         ///< On every path to the point.
  const clang::ValueDecl *Variable = nullptr; ///< The object, or its owner.

  bool isLock() const { return !Class || Class->IsLock || Class->IsMutex; }
  bool isNoYield() const { return Class && Class->IsNoYield; }
  bool isAllowBlocking() const { return Class && Class->IsAllowBlocking; }
};

/// The state when control reaches one node.
struct PointState {
  bool Reachable = false;
  llvm::SmallVector<HeldObject, 2> Held;
  /// The object of a synchronous wait at this node is known to be ready on
  /// every path.
  bool ProvenReady = false;
  /// The coroutine has awaited that object, or the end of the one that is
  /// destroyed, on every path.
  bool WasAwaited = false;
  bool Judged = false; ///< What precedes was computed.
  /// The last hop, if it is the same on every path.
  Hop LastHop = Hop::None;
  /// Some path reaches the node without a suspension.
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

/// How a call of a function changes the locks, guards and work of its caller.
struct LockSummary {
  enum class Root : uint8_t { This, Parameter, Global };
  struct Effect {
    Root Of;
    unsigned Parameter;
    PlaceId Place; ///< Among the summarised function's places.
    PlaceId From;  ///< The root of `Place` there.
    bool Held;
  };
  llvm::SmallVector<Effect, 1> Effects;
  /// Objects whose work is complete afterwards, such as promises, and the
  /// method that returns the work.
  llvm::SmallVector<std::pair<Effect, llvm::StringRef>, 1> Fulfilled;
  std::shared_ptr<Places> KnownPlaces;
};

/// The guards that a function returns: the result itself, or members of it.
struct ReturnedGuards {
  struct Guard {
    PlaceId Place; ///< Among the function's own places.
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
  /// The state at \p Node. Empty if control cannot reach the node, or if it has
  /// no place in the control flow.
  const PointState &at(const void *Node) const;

  /// False if Clang could not build a control flow graph. Then every node is
  /// assumed reachable, with nothing held.
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

  /// The flow through \p Function, which must be a definition.
  const Flow &of(const clang::FunctionDecl &Function);

  /// The effect of calling \p Function on locks and guards that its caller can
  /// name. Empty if the body is not visible or touches none.
  const LockSummary &summary(const clang::FunctionDecl &Function);

  /// Whether \p Function, to which a guard is lent as its parameter \p Index,
  /// may release the guard for a time. A function without a visible body may.
  bool mayReleaseLent(const clang::FunctionDecl &Function, unsigned Index);

  /// The state of the guards that \p Function returns. Empty if the body is not
  /// visible, or if the state is unknown.
  const ReturnedGuards &returned(const clang::FunctionDecl &Function);

  Facts &Unit;
  GuardClasses &Guards;

private:
  bool isReleasable(const clang::ParmVarDecl &Parameter);
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
