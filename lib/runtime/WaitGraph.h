//===-- WaitGraph.h - Cycles of waits for async mutexes ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Coroutines that wait for one another's async mutexes in a cycle never
// continue, whatever timers, descriptors and other threads do. A cycle is
// therefore detected when it closes: when a coroutine begins to wait for a
// mutex. Maintained while contracts are on.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_WAITGRAPH_H
#define COROLINT_RUNTIME_WAITGRAPH_H

#include "corolint/rt/Contracts.h"
#include "corolint/rt/Waiter.h"
#include <vector>

namespace corolint::rt::detail {

/// The waiter among \p All that holds up the holder of the mutex for which \p W
/// waits, possibly \p W itself; or null.
const Waiter *waiterOfHolder(const Waiter &W,
                             const std::vector<const Waiter *> &All);

/// Adds \p W, which is about to wait for an async mutex. Reports the cycle of
/// waits that this closes, if any.
void enterGraph(Waiter &W);
void leaveGraph(const Waiter &W) noexcept;

/// Is \p W in a cycle that has been reported?
bool isInReportedCycle(const Waiter &W) noexcept;

/// Describes that \p Count coroutines will never continue: the first of \p All,
/// and others that wait because of it.
Violation describeDeadlock(const std::vector<const Waiter *> &All,
                           std::size_t Count);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_WAITGRAPH_H
