//===-- StopRelay.cpp - Passing a request to stop on ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/StopRelay.h"
#include <utility>
#include <vector>

using namespace corolint::rt::detail;

/// Requests that this thread passes on at the moment, one within the other.
static constinit thread_local unsigned Depth = 0;

/// So many use the stack; deeper ones wait for the outermost. Large enough that
/// what people write never needs memory, small enough for the smallest stack.
static constexpr unsigned MaxDepth = 16;

static std::vector<std::stop_source> &waiting() {
  static thread_local std::vector<std::stop_source> Sources;
  return Sources;
}

/// Returns false if there is no memory to remember \p Inner.
static bool putOff(std::stop_source &Inner) noexcept {
  try {
    waiting().push_back(std::move(Inner));
    return true;
  } catch (...) {
    return false;
  }
}

void corolint::rt::detail::relayStop(std::stop_source Inner) noexcept {
  if (Depth >= MaxDepth && putOff(Inner))
    return;
  ++Depth;
  Inner.request_stop();
  // The outermost goes on with what its callbacks have put off.
  while (Depth == 1 && !waiting().empty()) {
    std::stop_source Next = std::move(waiting().back());
    waiting().pop_back();
    Next.request_stop();
  }
  --Depth;
}
