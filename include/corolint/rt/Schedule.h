//===-- Schedule.h - Moving between executors -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SCHEDULE_H
#define COROLINT_RT_SCHEDULE_H

#include "corolint/rt/Context.h"
#include "corolint/rt/Errors.h"
#include "corolint/rt/Promise.h"

namespace corolint::rt {

/// The result of `resume_on`, `yield_now` and `schedule`.
class [[nodiscard]] ScheduleAwaiter final : private Resumable {
public:
  enum class Stop : bool { Ignore, Heed };

  explicit ScheduleAwaiter(Executor &Target,
                           Stop IfStopped = Stop::Ignore) noexcept
      : Target(&Target), IfStopped(IfStopped) {}
  ~ScheduleAwaiter() {
    if (Where.load(std::memory_order_relaxed) != Place::Nowhere) [[unlikely]]
      leaveQueue();
  }

  bool await_ready() const noexcept { return false; }
  template <class P> void await_suspend(std::coroutine_handle<P> Self) {
    Handle = Self;
    if (detail::PromiseBase *Promise = detail::promiseOf(Self))
      Context = Promise->Context;
    if (detail::ThisThread.Exec != Target) [[unlikely]]
      leave();
    Target->enqueue_last(*this);
  }
  void await_resume() {
    if (!Context)
      return;
    if (Moved) [[unlikely]]
      Moved->arrive();
    if (IfStopped == Stop::Heed && Context->stopRequested()) [[unlikely]]
      throw Cancelled();
  }

private:
  void leave();
  void leaveQueue() noexcept;

  Executor *Target;
  detail::TaskContext *Context = nullptr;
  detail::TaskContext *Moved = nullptr; ///< The chain's, if it moves.
  Stop IfStopped;
};

/// Continues the awaiting coroutine on \p Target. If it is there already, other
/// coroutines run first. A coroutine's children move with it, and it stays
/// where its child left it. Throws
/// `std::system_error(resource_deadlock_would_occur)` if \p Target is a pool
/// that cannot grow, all of its workers are blocked, and one of them waits for
/// this task.
inline ScheduleAwaiter resume_on(Executor &Target) noexcept {
  return ScheduleAwaiter(Target);
}

/// Lets all work that is ready on the current executor run first. Throws
/// `std::system_error(operation_not_permitted)` if there is none, `Cancelled`
/// if the task was asked to stop.
ScheduleAwaiter yield_now();

} // namespace corolint::rt

#endif // COROLINT_RT_SCHEDULE_H
