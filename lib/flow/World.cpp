//===-- World.cpp - One possible state at a point -------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "flow/World.h"

using namespace clang;

namespace corolint {

namespace {

/// More worlds at one point, or more objects in all of them, are merged into
/// one world that holds every object that any of them holds. The limits allow
/// eight independent `if (c) m.lock()`.
constexpr unsigned MaxWorlds = 256;
constexpr unsigned MaxObjectsInWorlds = 4096;

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
  Into.Suspended &= From.Suspended;
}

/// An object absent from one world equals one that is not held in the other.
void dropUnheld(World &W) {
  if (W.KeepsReleased)
    return;
  for (auto It = W.Objects.begin(); It != W.Objects.end();)
    It = !It->second.Held && (!It->second.Class || It->second.Class->IsMutex)
             ? W.Objects.erase(It)
             : std::next(It);
}

} // namespace

bool areTooMany(size_t Count, const World &W) {
  return Count > MaxWorlds ||
         Count * (W.Objects.size() + 1) > MaxObjectsInWorlds;
}

void addWorld(Worlds &Into, World W) {
  dropUnheld(W);
  for (World &Existing : Into) {
    if (!Existing.isLike(W))
      continue;
    mergeConditions(Existing, W);
    return;
  }
  if (!areTooMany(Into.size() + 1, W)) {
    Into.push_back(std::move(W));
    return;
  }
  // Too many to distinguish: an object that any of them holds may be held.
  World &All = Into.front();
  auto Absorb = [&](const World &From) {
    for (const auto &[Place, Object] : From.Objects) {
      auto [It, Inserted] = All.Objects.try_emplace(Place, Object);
      if (!Inserted && Object.Held && !It->second.Held)
        It->second = Object;
    }
    if (All.LastHop != From.LastHop)
      All.LastHop = Hop::None;
    mergeConditions(All, From);
  };
  for (unsigned I = 1; I < Into.size(); ++I)
    Absorb(Into[I]);
  Absorb(W);
  Into.resize(1);
}

} // namespace corolint
