//===-- Witness.h - The search for a witness --------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A witness is a way from a site down to a primitive that has an effect. The
// shortest way is shown; among several, the one whose calls come first in the
// source, function by function. One search serves the calls of a translation
// unit (Effects.cpp), of a linked program (ProgramFindings.cpp) and of an index
// (IndexReader.cpp), so that clang-tidy, clangd and the driver show the same
// way.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EFFECT_WITNESS_H
#define COROLINT_EFFECT_WITNESS_H

#include "effect/EffectSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <cassert>
#include <vector>

namespace corolint {

/// A way out of a function: to another one, or to a primitive.
struct WayOut {
  static constexpr uint32_t Nowhere = ~uint32_t(0);

  uint32_t Target = Nowhere; ///< Nowhere: a primitive.
  EffectSet Effects = 0;     ///< The effects that pass back this way.
  uint32_t Record = Nowhere; ///< The graph's number of the call or primitive.
  uint32_t From = Nowhere;   ///< The caller; Nowhere for some starts.
  unsigned Site = 0;         ///< Orders the ways of one function.
  /// Calls behind a primitive that the graph does not contain.
  unsigned Beyond = 0;

  bool endsAtPrimitive() const { return Target == Nowhere; }
  bool hasOrigin() const { return From != Nowhere; }
};

/// Visits ways in source order. Returns false to stop.
using WayVisitor = llvm::function_ref<bool(const WayOut &)>;

using WitnessPath = llvm::SmallVector<WayOut, 8>;

/// A breadth-first search. `GraphT` has
///   /// The ways out of \p Function with some of the \p Wanted effects; others
///   /// may be left out.
///   void forEachWay(uint32_t Function, EffectSet Wanted, WayVisitor) const;
///   bool isAvoided(const WayOut &) const; // by the name of the target
template <typename GraphT> class WitnessSearch {
public:
  explicit WitnessSearch(const GraphT &Graph) : Graph(Graph) {}

  /// The nearest primitive from \p Starts, which are ways out of one function,
  /// along ways that are not avoided. Empty if no primitive is reachable.
  WitnessPath run(llvm::ArrayRef<WayOut> Starts) {
    follow(Starts, WayOut::Nowhere);
    for (uint32_t At = 0; At < Visits.size() && !IsFinal; ++At) {
      const Visit From = Visits[At];
      if (Nearest.Length && From.Depth + 1 > Nearest.Length)
        break;
      llvm::SmallVector<WayOut, 8> Ways;
      Graph.forEachWay(From.Way.Target, From.Way.Effects,
                       [&](const WayOut &Next) {
                         Ways.push_back(Next);
                         Ways.back().Effects &= From.Way.Effects;
                         Ways.back().From = From.Way.Target;
                         return true;
                       });
      follow(Ways, At);
    }
    return path();
  }

private:
  /// A function that the search entered.
  struct Visit {
    WayOut Way;
    uint32_t Before; ///< The visit of the caller; Nowhere for a start.
    unsigned Depth;  ///< Calls from the start; 1 and more.
  };

  /// A primitive that the search found.
  struct End {
    WayOut Way;
    uint32_t Before = WayOut::Nowhere;
    unsigned Length = 0; ///< Steps from the start; 0: none was found.
  };

  unsigned depthOf(uint32_t At) const {
    return At == WayOut::Nowhere ? 0 : Visits[At].Depth;
  }

  /// Follows the ways out of the function visited last.
  void follow(llvm::ArrayRef<WayOut> Ways, uint32_t Before) {
    // A primitive is nearer than any call.
    for (const WayOut &Way : Ways)
      if (Way.endsAtPrimitive() && !IsFinal)
        tryEnd(Way, Before);
    for (WayOut Way : Ways) {
      if (Way.endsAtPrimitive() || !Way.Effects || Graph.isAvoided(Way))
        continue;
      EffectSet &Known = Seen[Way.Target];
      Way.Effects &= ~Known;
      Known |= Way.Effects;
      if (Way.Effects)
        Visits.push_back({Way, Before, depthOf(Before) + 1});
    }
  }

  void tryEnd(const WayOut &Way, uint32_t Before) {
    if (!Way.Effects || Graph.isAvoided(Way))
      return;
    const End New{Way, Before, depthOf(Before) + 1 + Way.Beyond};
    if (!Nearest.Length || New.Length < Nearest.Length ||
        (New.Length == Nearest.Length && comesBeforeNearest(New)))
      Nearest = New;
    // Ends found later are not shorter and come later in the source.
    IsFinal = !Way.Beyond;
  }

  /// Whether \p New, of the same length, comes before the nearest end in the
  /// source. Visits with the same caller are numbered in that order.
  bool comesBeforeNearest(const End &New) const {
    uint32_t A = New.Before, B = Nearest.Before;
    assert(depthOf(A) >= depthOf(B) && "the search goes by depth");
    uint32_t Call = WayOut::Nowhere; // On the way to New, out of function A.
    while (depthOf(A) > depthOf(B)) {
      Call = A;
      A = Visits[A].Before;
    }
    // At one site, calls of functions with a body come first.
    if (A == B)
      return Call != WayOut::Nowhere &&
             Visits[Call].Way.Site <= Nearest.Way.Site;
    while (Visits[A].Before != Visits[B].Before) {
      A = Visits[A].Before;
      B = Visits[B].Before;
    }
    return A < B;
  }

  WitnessPath path() const {
    WitnessPath Result;
    if (!Nearest.Length)
      return Result;
    Result.push_back(Nearest.Way);
    for (uint32_t At = Nearest.Before; At != WayOut::Nowhere;
         At = Visits[At].Before)
      Result.push_back(Visits[At].Way);
    std::reverse(Result.begin(), Result.end());
    return Result;
  }

  const GraphT &Graph;
  std::vector<Visit> Visits;
  /// By function, the effects whose ways the search already follows.
  llvm::DenseMap<uint32_t, EffectSet> Seen;
  End Nearest;
  bool IsFinal = false; ///< Nothing can replace the nearest end.
};

/// The shortest way from one of \p Starts to a primitive. Empty if every way is
/// avoided. Besides the functions that the search needs, \p Graph has
///   unsigned distance(uint32_t Function, unsigned Effect) const; // 1 and more
template <typename GraphT>
WitnessPath shortestWay(const GraphT &Graph, llvm::ArrayRef<WayOut> Starts) {
  // Distances lead the way, unless some step is avoided.
  auto Narrow = [&](WayOut &Way, unsigned Distance) {
    EffectSet Near = 0;
    for (EffectSet Left = Way.Effects; Left; Left &= Left - 1)
      if (Way.endsAtPrimitive()
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
                   Start.endsAtPrimitive()
                       ? 0
                       : Graph.distance(Start.Target, llvm::countr_zero(Left)));
  WitnessPath Result;
  for (WayOut Start : Starts)
    if (Distance != ~0u && Result.empty() && Narrow(Start, Distance))
      Result.push_back(Start);
  while (!Result.empty()) {
    const WayOut From = Result.back();
    if (Graph.isAvoided(From))
      return WitnessSearch(Graph).run(Starts);
    if (From.endsAtPrimitive())
      return Result;
    --Distance;
    const size_t Before = Result.size();
    Graph.forEachWay(From.Target, From.Effects, [&](WayOut Next) {
      Next.Effects &= From.Effects;
      Next.From = From.Target;
      if (!Narrow(Next, Distance))
        return true;
      Result.push_back(Next);
      return false;
    });
    if (Result.size() > Before)
      continue;
    // Distances are cut off at their maximum.
    return WitnessSearch(Graph).run(Starts);
  }
  return Result;
}

} // namespace corolint

#endif // COROLINT_EFFECT_WITNESS_H
