//===-- Polling.h - One thread asks many ------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_EXAMPLES_POLLING_H
#define COROLINT_EXAMPLES_POLLING_H

#include "ladder/Catalogue.h"
#include <optional>
#include <thread>
#include <vector>

namespace catalogue {

/// The price, once it is known.
using Progress = std::optional<int>;

/// Asks one after the other, `Inquiries[I]()`, whether its price is known, and
/// again, until all are. This is an event loop, if a poor one: it cannot know
/// when to ask, so it asks each millisecond.
template <class Inquiry> Answer pollAll(std::vector<Inquiry> Inquiries) {
  Answer Result;
  Result.Prices.resize(Inquiries.size());
  std::size_t Known = 0;
  while (Known != Inquiries.size()) {
    for (std::size_t I = 0; I != Inquiries.size(); ++I) {
      if (Result.Prices[I] != 0)
        continue;
      ++Result.Polls;
      if (const Progress Price = Inquiries[I]()) {
        Result.Prices[I] = *Price;
        ++Known;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return Result;
}

} // namespace catalogue

#endif // COROLINT_EXAMPLES_POLLING_H
