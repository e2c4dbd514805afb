//===-- World.h - What may be the case at one point -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts that the flow engine keeps: which objects are held, and which
// conditions must be true for control to be there. See Flow.h.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_FLOW_WORLD_H
#define COROLINT_FLOW_WORLD_H

#include "code/Suspension.h"
#include "flow/Guards.h"
#include "flow/Places.h"
#include <map>

namespace corolint {

enum FactKind : unsigned {
  ConditionFact,
  ReadyFact,
  FulfilledFact, ///< Of an object that completes work: it has.
  VariableFact
};

struct ObjectState {
  bool Held = false;
  /// How often a mutex is locked: recursive ones count.
  unsigned char Count = 0;
  /// Held until it was moved from, by an expression whose target is not
  /// initialised yet.
  bool WasMoved = false;
  const GuardClass *Class = nullptr;
  clang::SourceLocation Since;
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
  std::map<const clang::ValueDecl *, const clang::Expr *> Bindings;
  std::map<const clang::Expr *, Outcome> Results; ///< Of calls of `try_lock`.
  /// Remembers what was released though it was never seen held: a summary tells
  /// the caller.
  bool KeepsReleased = false;
  /// The last hop on the way here; what it was handed, if it may alternate; and
  /// whether the next suspension point ends it.
  Hop LastHop = Hop::None;
  unsigned HopArgument = 0;
  bool HopEnds = false;
  /// The coroutine has suspended on every way here.
  bool Suspended = false;

  /// Whether the worlds agree on all that keeps worlds apart.
  bool isLike(const World &Other) const {
    return LastHop == Other.LastHop && HopArgument == Other.HopArgument &&
           HopEnds == Other.HopEnds && Objects.size() == Other.Objects.size() &&
           std::equal(Objects.begin(), Objects.end(), Other.Objects.begin(),
                      [](const auto &A, const auto &B) {
                        return A.first == B.first &&
                               A.second.Held == B.second.Held &&
                               A.second.Count == B.second.Count &&
                               A.second.Mutexes == B.second.Mutexes;
                      });
  }

  bool operator==(const World &Other) const {
    return isLike(Other) && Suspended == Other.Suspended &&
           Facts == Other.Facts && Bindings == Other.Bindings &&
           Results == Other.Results;
  }
};

using Worlds = llvm::SmallVector<World, 1>;

/// Adds \p W: where the objects are the same, only the conditions that both
/// share remain; where there are too many, what any of them holds is held.
void addWorld(Worlds &Into, World W);

/// Whether \p Count worlds like \p W are more than are told apart.
bool areTooMany(size_t Count, const World &W);

} // namespace corolint

#endif // COROLINT_FLOW_WORLD_H
