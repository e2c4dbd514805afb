//===-- AsyncEvent.h - A flag that coroutines await -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCEVENT_H
#define COROLINT_RT_ASYNCEVENT_H

#include "corolint/rt/Waiter.h"
#include <cassert>

namespace corolint::rt {

/// A flag that coroutines wait for. It stays set until `reset()`. Thread-safe.
/// A coroutine that it woke may destroy it, even before `set()` returns.
class AsyncEvent {
public:
  explicit AsyncEvent(bool InitiallySet = false) noexcept : Set(InitiallySet) {}
  AsyncEvent(const AsyncEvent &) = delete;
  AsyncEvent &operator=(const AsyncEvent &) = delete;
  ~AsyncEvent() { assert(Queue.empty() && "destroyed with waiters"); }

  class [[nodiscard]] WaitAwaiter final : private detail::QueuedWaiter {
  public:
    explicit WaitAwaiter(AsyncEvent &Event) noexcept
        : QueuedWaiter(detail::WaitKind::Event, Event.Queue, KeepsGrant),
          Event(Event) {
      WaitsFor = &Event;
    }
    bool await_ready() const noexcept {
      return Event.is_set() && !detail::ThisThread.outOfBudget();
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      return parkUnless(Self, [this]() noexcept { return Event.is_set(); });
    }
    void await_resume() { finish(); }

  private:
    friend AsyncEvent;
    AsyncEvent &Event;
  };

  /// Suspends until the event is set. Throws `Cancelled` if the task is asked
  /// to stop first.
  WaitAwaiter wait() noexcept { return WaitAwaiter(*this); }
  /// Wakes all waiters. Each resumes later, on its own executor.
  COROLINT_NONBLOCKING void set() noexcept;
  /// Makes later waits suspend until the next `set()`.
  void reset() noexcept { Set.store(false, std::memory_order_release); }
  /// Is the event set? The answer may be out of date.
  bool is_set() const noexcept { return Set.load(std::memory_order_acquire); }

private:
  std::atomic<bool> Set;
  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCEVENT_H
