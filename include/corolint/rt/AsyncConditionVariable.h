//===-- AsyncConditionVariable.h - Waits for a change of state --*- C++ -*-===//
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

/// Lets coroutines wait until state behind an `AsyncMutex` has changed.
///
///   auto Guard = co_await Mutex.lock();
///   co_await Changed.wait(Guard, [&] { return !Queue.empty(); });
///
/// Thread-safe. Waiters are woken in order of arrival, and only by a
/// notification.
class AsyncConditionVariable {
public:
  AsyncConditionVariable() noexcept = default;
  AsyncConditionVariable(const AsyncConditionVariable &) = delete;
  AsyncConditionVariable &operator=(const AsyncConditionVariable &) = delete;
  ~AsyncConditionVariable() {
    assert(Queue.empty() && "destroyed with waiters");
  }

  /// Unlocks \p Guard, which owns a lock, suspends until notified, and locks
  /// again. The state may have changed again since the notification: test it
  /// again, or use the overload below. Throws `Cancelled` if the task is asked
  /// to stop; the lock is held then, too.
  Task<void> wait(AsyncMutex::Guard &Guard);

  /// Waits until \p IsReady, called with the lock held, returns true.
  template <class F> Task<void> wait(AsyncMutex::Guard &Guard, F IsReady) {
    while (!IsReady())
      co_await wait(Guard);
  }

  /// Wakes the coroutine that has waited longest, if any.
  COROLINT_NONBLOCKING void notify_one() noexcept;
  /// Wakes every coroutine that is waiting now.
  COROLINT_NONBLOCKING void notify_all() noexcept;

private:
  class NotifyAwaiter;

  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCCONDITIONVARIABLE_H
