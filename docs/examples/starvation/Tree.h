//===-- Tree.h - Something to weigh -----------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_TREE_H
#define COROLINT_EXAMPLES_TREE_H

#include <chrono>

namespace starvation {

/// A binary tree of this depth, each of its nodes of weight 1.
inline constexpr int Depth = 4;
inline constexpr int WeightOfTree = (2 << Depth) - 1;

/// Weighs a leaf, which keeps a processor busy for 1 ms.
inline int weighLeaf() {
  using Clock = std::chrono::steady_clock;
  const auto End = Clock::now() + std::chrono::milliseconds(1);
  while (Clock::now() < End)
    ;
  return 1;
}

} // namespace starvation

#endif // COROLINT_EXAMPLES_TREE_H
