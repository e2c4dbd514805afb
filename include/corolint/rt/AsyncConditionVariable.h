//===-- AsyncConditionVariable.h - Waits for changes ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCCONDITIONVARIABLE_H
#define COROLINT_RT_ASYNCCONDITIONVARIABLE_H

#include "corolint/rt/AsyncEvent.h"
#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/Task.h"
#include <cassert>

namespace corolint::rt {

/// Coroutines wait until state behind an `AsyncMutex` has changed.
///
///   auto Guard = co_await Mutex.lock();
///   co_await Changed.wait(Guard, [&] { return !Queue.empty(); });
///
/// Thread-safe. First come first woken; no wake-up without a notification.
class AsyncConditionVariable {
public:
  AsyncConditionVariable() noexcept = default;
  AsyncConditionVariable(const AsyncConditionVariable &) = delete;
  AsyncConditionVariable &operator=(const AsyncConditionVariable &) = delete;
  ~AsyncConditionVariable() {
    assert(Queue.empty() && "destroyed with waiters");
  }

  /// Unlocks \p Guard, which owns a lock, suspends until notified, and locks
  /// again. What was true when this was notified may be so no longer: ask
  /// again, or use the form below. Throws `Cancelled` if the task is asked to
  /// stop, with the lock held then, too.
  Task<void> wait(AsyncMutex::Guard &Guard);

  /// Waits until \p IsReady, called with the lock held, returns true.
  template <class F> Task<void> wait(AsyncMutex::Guard &Guard, F IsReady) {
    while (!IsReady())
      co_await wait(Guard);
  }

  /// Wakes the one that has waited longest, if any.
  COROLINT_NONBLOCKING void notify_one() noexcept;
  /// Wakes all who wait now.
  COROLINT_NONBLOCKING void notify_all() noexcept;

private:
  class NotifyAwaiter;

  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCCONDITIONVARIABLE_H
