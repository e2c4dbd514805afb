//===-- World.h - One possible state at a point -----------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The facts that the flow engine tracks: which objects are held, and under
// which conditions control reaches the point. See Flow.h.
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
  FulfilledFact, ///< An object has completed its work.
  AwaitedFact,   ///< The coroutine has awaited an object, and not changed it.
  EndedFact,     ///< The same, by a method that waits for the object's end.
  VariableFact
};

struct ObjectState {
  bool Held = false;
  /// How often a mutex is locked, for recursive ones.
  unsigned char Count = 0;
  /// Held until it was moved from, by an expression whose target is not
  /// initialised yet.
  bool WasMoved = false;
  const GuardClass *Class = nullptr;
  clang::SourceLocation Since;
  llvm::SmallVector<PlaceId, 1> Mutexes; ///< The mutexes that a guard locked.
};

/// The result of a call that tries to lock.
struct Outcome {
  bool Success;
  LockSuccess Means;

  bool operator==(const Outcome &) const = default;

  /// The value as a condition, if known.
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
  /// The truth of conditions, by shape, and of readiness, by place.
  std::map<std::pair<unsigned, unsigned>, bool> Facts;
  std::map<const clang::ValueDecl *, const clang::Expr *> Bindings;
  std::map<const clang::Expr *, Outcome> Results; ///< Of calls of `try_lock`.
  /// Also records releases of objects that were never held, for a summary.
  bool KeepsReleased = false;
  /// The last hop on this path; its argument, if it may alternate; and whether
  /// the next suspension point ends it.
  Hop LastHop = Hop::None;
  unsigned HopArgument = 0;
  bool HopEnds = false;
  /// The coroutine has suspended on every path to here.
  bool Suspended = false;

  /// Whether the worlds agree on everything that keeps worlds separate.
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

/// Adds \p W. Worlds with the same objects are merged and keep only common
/// conditions. If there are too many worlds, all are merged, and an object is
/// held if any of them holds it.
void addWorld(Worlds &Into, World W);

/// Whether \p Count worlds like \p W exceed the limit.
bool areTooMany(size_t Count, const World &W);

} // namespace corolint

#endif // COROLINT_FLOW_WORLD_H
