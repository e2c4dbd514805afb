//===-- WaitGraph.h - Who waits for whom ------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Coroutines that wait for one another's async mutexes in a cycle never go on,
// whatever timers, descriptors and other threads do. So a cycle is looked for
// where it closes: when a coroutine begins to wait for a mutex. Kept while
// contracts are on.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RUNTIME_WAITGRAPH_H
#define COROLINT_RUNTIME_WAITGRAPH_H

#include "corolint/rt/Contracts.h"
#include "corolint/rt/Waiter.h"
#include <vector>

namespace corolint::rt::detail {

/// Of the waiters \p All, the one whose end the holder of the mutex that \p W
/// waits for is waiting for, maybe \p W itself; or null.
const Waiter *waiterOfHolder(const Waiter &W,
                             const std::vector<const Waiter *> &All);

/// \p W is about to wait for an async mutex. Reports a cycle of waits that this
/// closes.
void enterGraph(Waiter &W);
void leaveGraph(const Waiter &W) noexcept;

/// Has a cycle been reported that \p W is in?
bool isInReportedCycle(const Waiter &W) noexcept;

/// That \p Count coroutines will never go on: the first of \p All, which has
/// others that wait because of it, too.
Violation describeDeadlock(const std::vector<const Waiter *> &All,
                           std::size_t Count);

} // namespace corolint::rt::detail

#endif // COROLINT_RUNTIME_WAITGRAPH_H
