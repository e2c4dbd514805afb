//===-- Catalogue.h - Who knows the prices ----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What all rungs of the ladder ask: a catalogue that knows the price of an
// item, and takes a while to find it. The while is the same for each rung; how
// it is waited for is what they differ in.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_CATALOGUE_H
#define COROLINT_EXAMPLES_CATALOGUE_H

#include "corolint/annotations.h"
#include <array>
#include <chrono>
#include <vector>

namespace catalogue {

using Clock = std::chrono::steady_clock;

/// The items that are asked for.
inline constexpr std::array Items = {1, 2, 3};

/// How long the catalogue looks for an item: 40, 80 and 120 ms.
constexpr std::chrono::milliseconds delayOf(int Item) {
  return std::chrono::milliseconds(40 * Item);
}
/// What it finds in the end.
constexpr int priceOf(int Item) { return 100 + Item; }

/// Asks, and holds the calling thread until the answer is there.
COROLINT_BLOCKING_FOR("net") int ask(int Item);

struct Answer {
  std::vector<int> Prices;
  long Polls = 0; ///< How often somebody was asked whether he was done.
};

// The rungs, each in the file of its name.
Answer oneByOne();
Answer threads();
Answer stateMachines();
Answer closures();
Answer generators();
Answer tasks();

} // namespace catalogue

#endif // COROLINT_EXAMPLES_CATALOGUE_H
