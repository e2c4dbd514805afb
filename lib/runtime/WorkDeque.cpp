//===-- WorkDeque.cpp - A worker's own queue ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/WorkDeque.h"
#include <new>

using namespace corolint::rt;
using namespace corolint::rt::detail;

WorkDeque::Ring *WorkDeque::grow(Ring &Old, std::int64_t T,
                                 std::int64_t B) noexcept {
  try {
    auto Larger = std::make_unique<Ring>(Old.Capacity * 2);
    for (std::int64_t I = T; I != B; ++I)
      Larger->at(I).store(Old.at(I).load(std::memory_order_relaxed),
                          std::memory_order_relaxed);
    Rings.push_back(std::move(Larger));
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
  Ring *R = Rings.back().get();
  Current.store(R, std::memory_order_release);
  return R;
}
