//===-- Witness.h - The shortest way down to a primitive --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of all ways from a site down to something that has an effect, the shortest is
// shown; of several, the one whose calls come first in the source, function by
// function. The driver and the plugin, which reads an index, search alike, so
// that they tell the same story.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_PROGRAM_WITNESS_H
#define COROLINT_PROGRAM_WITNESS_H

#include "program/Summary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/bit.h"
#include <algorithm>

namespace corolint {

/// A way out of a function: to another one, or to a primitive.
struct WayOut {
  uint32_t Target = None; ///< None: a primitive.
  EffectSet Effects = 0;  ///< What comes back this way.
  uint32_t Record = None; ///< Whatever the graph knows it by.
  uint32_t From = None;
};

/// Visits ways in the order of the source; stops when told false.
using WayVisitor = llvm::function_ref<bool(const WayOut &)>;

/// The ways from one of \p Starts to a primitive, through nothing that is
/// avoided: any path, by breadth first.
template <typename GraphT>
llvm::SmallVector<WayOut, 8> searchWay(const GraphT &Graph,
                                       llvm::ArrayRef<WayOut> Starts) {
  struct Visit {
    WayOut Way;
    uint32_t Before;
  };
  std::vector<Visit> Visits;
  llvm::DenseMap<uint32_t, EffectSet> Seen;
  llvm::SmallVector<WayOut, 8> Result;
  // False: it ends here.
  auto Follow = [&](WayOut Way, uint32_t Before) {
    if (!Way.Effects || Graph.isAvoided(Way))
      return true;
    if (Way.Target == None) {
      Result.push_back(Way);
      for (uint32_t At = Before; At != None; At = Visits[At].Before)
        Result.push_back(Visits[At].Way);
      std::reverse(Result.begin(), Result.end());
      return false;
    }
    EffectSet &Known = Seen[Way.Target];
    Way.Effects &= ~Known;
    Known |= Way.Effects;
    if (Way.Effects)
      Visits.push_back({Way, Before});
    return true;
  };
  // A primitive is nearer than any call.
  for (const WayOut &Start : Starts)
    if (Start.Target == None && !Follow(Start, None))
      return Result;
  for (const WayOut &Start : Starts)
    if (Start.Target != None)
      Follow(Start, None);
  for (uint32_t At = 0; At < Visits.size(); ++At)
    for (bool Ending : {true, false}) {
      const WayOut From = Visits[At].Way;
      Graph.forEachWay(From.Target, [&](WayOut Next) {
        Next.Effects &= From.Effects;
        Next.From = From.Target;
        return (Next.Target == None) != Ending || Follow(Next, At);
      });
      if (!Result.empty())
        return Result;
    }
  return Result;
}

/// The shortest ways from one of \p Starts to a primitive; none if every way is
/// avoided. \p Graph has
///   void forEachWay(uint32_t Function, WayVisitor) const;
///   unsigned distance(uint32_t Function, unsigned Effect) const; // 1 and more
///   bool isAvoided(const WayOut &) const; // by name
template <typename GraphT>
llvm::SmallVector<WayOut, 8> shortestWay(const GraphT &Graph,
                                         llvm::ArrayRef<WayOut> Starts) {
  // Distances show the way, unless something on it is avoided.
  auto Narrow = [&](WayOut &Way, unsigned Distance) {
    EffectSet Near = 0;
    for (EffectSet Left = Way.Effects; Left; Left &= Left - 1)
      if (Way.Target == None
              ? Distance == 0
              : Graph.distance(Way.Target, llvm::countr_zero(Left)) == Distance)
        Near |= Left & -Left;
    Way.Effects = Near;
    return Near != 0;
  };
  unsigned Distance = ~0u;
  for (const WayOut &Start : Starts)
    for (EffectSet Left = Start.Effects; Left; Left &= Left - 1)
      Distance =
          std::min(Distance,
                   Start.Target == None
                       ? 0
                       : Graph.distance(Start.Target, llvm::countr_zero(Left)));
  llvm::SmallVector<WayOut, 8> Result;
  for (WayOut Start : Starts)
    if (Distance != ~0u && Result.empty() && Narrow(Start, Distance))
      Result.push_back(Start);
  while (!Result.empty()) {
    const WayOut From = Result.back();
    if (Graph.isAvoided(From))
      return searchWay(Graph, Starts);
    if (From.Target == None)
      return Result;
    --Distance;
    const size_t Before = Result.size();
    Graph.forEachWay(From.Target, [&](WayOut Next) {
      Next.Effects &= From.Effects;
      Next.From = From.Target;
      if (!Narrow(Next, Distance))
        return true;
      Result.push_back(Next);
      return false;
    });
    if (Result.size() > Before)
      continue;
    // Distances are cut off at their greatest value.
    return searchWay(Graph, Starts);
  }
  return Result;
}

} // namespace corolint

#endif // COROLINT_PROGRAM_WITNESS_H
