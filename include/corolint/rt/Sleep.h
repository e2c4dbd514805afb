//===-- Sleep.h - Waiting for time to pass ----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SLEEP_H
#define COROLINT_RT_SLEEP_H

#include "corolint/rt/EventLoop.h"
#include <chrono>
#include <cmath>

namespace corolint::rt {

namespace detail {
class TimerThread;

/// The time point \p Time from now, by the current loop if there is one.
/// Saturates at the ends of the clock's range. NaN counts as zero.
template <class Rep, class Period>
EventLoop::Clock::time_point
fromNow(std::chrono::duration<Rep, Period> Time) noexcept {
  using Clock = EventLoop::Clock;
  using Wide = std::chrono::duration<long double>;
  const EventLoop *Loop = EventLoop::current();
  const Clock::time_point Now = Loop ? Loop->now() : Clock::now();
  const Wide Wanted(Time);
  if (std::isnan(Wanted.count()))
    return Now;
  // Rounding to nanoseconds at 292 years from now is harmless.
  if (Wanted >= Wide(Clock::time_point::max() - Now))
    return Clock::time_point::max();
  if (Wanted <= -Wide(Now.time_since_epoch()))
    return Clock::time_point::min();
  return Now + std::chrono::ceil<Clock::duration>(Time);
}
} // namespace detail

/// The result of `sleep_until` and `sleep_for`.
class [[nodiscard]] SleepAwaiter final : private detail::LoopWaiter,
                                         private detail::TimerNode {
public:
  explicit SleepAwaiter(EventLoop::Clock::time_point Until) noexcept
      : LoopWaiter(detail::WaitKind::Timer) {
    Deadline = Until;
  }
  ~SleepAwaiter() {
    if (OnPool) [[unlikely]]
      leaveTimerThread();
    else if (Where.load(std::memory_order_relaxed) == Place::Waiting)
        [[unlikely]]
      detach();
  }

  bool await_ready() const noexcept { return false; }
  template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
    if (!detail::ThisThread.Loop && detail::ThisThread.Exec) {
      bind(Self);
      return startOnPool();
    }
    if (!arm(Self)) [[unlikely]]
      return suspendRefused();
    start();
    return true;
  }
  void await_resume() {
    if (OnPool)
      unlisten();
    finish();
  }

private:
  friend EventLoop;
  friend detail::TimerThread;

  void start() noexcept;
  void detach() noexcept override;
  bool startOnPool();
  void leaveTimerThread() noexcept;
  static void cancelOnPool(detail::Waiter &Self) noexcept;
  static constexpr detail::WaitActions PoolActions{&cancelOnPool, nullptr,
                                                   nullptr};

  bool OnPool = false;
  // On a pool; under the lock of the timer thread.
  bool InHeap = false;
  bool HasFired = false;
};

/// Suspends until \p Deadline, on a loop or a pool; elsewhere throws
/// `std::system_error(operation_not_permitted)`. Throws `Cancelled` if the task
/// is asked to stop. A deadline in the past still lets other coroutines run.
/// The first sleep on any pool starts a thread, which may fail
/// (`std::system_error`).
inline SleepAwaiter sleep_until(EventLoop::Clock::time_point Deadline) {
  return SleepAwaiter(Deadline);
}

/// As `sleep_until`, counted from now. A duration beyond the clock's range
/// never ends.
template <class Rep, class Period>
SleepAwaiter sleep_for(std::chrono::duration<Rep, Period> Time) {
  return SleepAwaiter(detail::fromNow(Time));
}

} // namespace corolint::rt

#endif // COROLINT_RT_SLEEP_H
