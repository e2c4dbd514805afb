//===-- StopRelay.cpp - Forwarding a request to stop ----------------------===//
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

/// The number of nested requests that this thread is forwarding.
static constinit thread_local unsigned Depth = 0;

/// Up to this depth requests use the stack; deeper ones wait for the outermost.
/// Large enough that hand-written code never needs memory, small enough for the
/// smallest stack.
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
  // The outermost call forwards the requests that its callbacks have deferred.
  while (Depth == 1 && !waiting().empty()) {
    std::stop_source Next = std::move(waiting().back());
    waiting().pop_back();
    Next.request_stop();
  }
  --Depth;
}
