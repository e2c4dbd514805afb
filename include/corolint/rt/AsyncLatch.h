//===-- AsyncLatch.h - Waiting for a number of arrivals ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCLATCH_H
#define COROLINT_RT_ASYNCLATCH_H

#include "corolint/rt/AsyncEvent.h"
#include <atomic>
#include <cassert>
#include <cstddef>

namespace corolint::rt {

/// A counter that coroutines wait for until it has reached 0. It is not
/// reusable. Thread-safe. A coroutine that it woke may destroy it.
class AsyncLatch {
public:
  explicit AsyncLatch(std::ptrdiff_t Expected) noexcept
      : Done(Expected == 0), Left(Expected) {
    assert(Expected >= 0 && "a count");
  }
  AsyncLatch(const AsyncLatch &) = delete;
  AsyncLatch &operator=(const AsyncLatch &) = delete;

  /// Decrements the count by \p Count, which must not exceed it.
  COROLINT_NONBLOCKING void count_down(std::ptrdiff_t Count = 1) noexcept {
    const std::ptrdiff_t Before =
        Left.fetch_sub(Count, std::memory_order_acq_rel);
    assert(Before >= Count && "more came than were expected");
    if (Before == Count)
      Done.set();
  }
  /// Is the count 0? A negative answer may be out of date.
  bool try_wait() const noexcept { return Done.is_set(); }
  /// Suspends until the count is 0. Throws `Cancelled` if the task is asked to
  /// stop first.
  AsyncEvent::WaitAwaiter wait() noexcept { return Done.wait(); }

private:
  AsyncEvent Done;
  std::atomic<std::ptrdiff_t> Left;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCLATCH_H
