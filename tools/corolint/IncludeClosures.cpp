//===-- IncludeClosures.cpp - What headers include at all depths ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IncludeClosures.h"

using namespace llvm;

namespace corolint {

std::vector<BitVector>
includeClosures(ArrayRef<SmallVector<unsigned, 8>> Included) {
  std::vector<BitVector> Closures(Included.size(), BitVector(Included.size()));
  SmallVector<unsigned, 64> Pending;
  for (unsigned Header = 0; Header < Included.size(); ++Header) {
    BitVector &Closure = Closures[Header];
    Pending.push_back(Header);
    while (!Pending.empty()) {
      const unsigned Next = Pending.pop_back_val();
      if (Closure.test(Next))
        continue;
      if (Next < Header) {
        Closure |= Closures[Next]; // It is complete.
        continue;
      }
      Closure.set(Next);
      Pending.append(Included[Next].begin(), Included[Next].end());
    }
  }
  return Closures;
}

} // namespace corolint
