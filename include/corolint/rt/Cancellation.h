//===-- Cancellation.h - Asking tasks to stop -------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every chain of awaits carries a `std::stop_token`. Once a stop is requested,
// the chain's current await throws `Cancelled`, and so does each later await
// that would have to wait. An await that is ready succeeds.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_CANCELLATION_H
#define COROLINT_RT_CANCELLATION_H

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Sleep.h"
#include "corolint/rt/WhenAny.h"
#include <chrono>

namespace corolint::rt {

namespace detail {

/// Gives the awaiting coroutine its chain's token.
class CurrentStopToken {
public:
  bool await_ready() const noexcept { return false; }
  template <class P>
  bool await_suspend(std::coroutine_handle<P> Self) noexcept {
    if (PromiseBase *Promise = promiseOf(Self); Promise && Promise->Context)
      Token = Promise->Context->stopToken();
    return false;
  }
  std::stop_token await_resume() noexcept { return std::move(Token); }

  static constexpr bool never_suspends = true;

private:
  std::stop_token Token;
};

/// Runs a task with a context other than its awaiter's. The task still belongs
/// to the same chain of awaits: it runs, and moves, where its awaiter does.
template <class T> class WithContext final : private ContextPart {
public:
  WithContext(Task<T> &&Work, std::stop_token Token) noexcept
      : Work(std::move(Work)),
        Child(std::move(this->Work).operator co_await()) {
    Own.Stop = std::move(Token);
  }
  WithContext(const WithContext &) = delete;
  WithContext &operator=(const WithContext &) = delete;
  ~WithContext() {
    leave();
    Own.destroyFrames();
  }

  bool await_ready() const noexcept { return false; }
  template <class P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> Parent) {
    std::coroutine_handle<> Next = Child.await_suspend(Parent);
    if (PromiseBase *Promise = promiseOf(Parent); Promise && Promise->Context) {
      Own.BlockedPool = Promise->Context->BlockedPool;
      Own.Outer = Promise->Context;
      Own.Outer->Part.store(this, std::memory_order_relaxed);
    }
    Child.setContext(&Own);
    return Next;
  }
  T await_resume() {
    leave();
    Own.Suspended.store(nullptr, std::memory_order_relaxed);
    return Child.await_resume();
  }

private:
  TaskContext *nextToDestroy() noexcept override {
    return Own.Suspended.load(std::memory_order_relaxed) ? &Own : nullptr;
  }
  void leave() noexcept {
    if (Own.Outer)
      Own.Outer->leavePart(*this);
  }

  Task<T> Work;
  typename Task<T>::Awaiter Child;
  TaskContext Own;
};

} // namespace detail

/// Awaited, gives the `std::stop_token` of the awaiting task. Never suspends.
COROLINT_NEVER_SUSPENDS inline detail::CurrentStopToken
current_stop_token() noexcept {
  return {};
}

/// Runs \p Work with \p Token instead of the awaiting task's token.
template <class T>
[[nodiscard]] detail::WithContext<T> with_stop_token(Task<T> Work,
                                                     std::stop_token Token) {
  return detail::WithContext<T>(std::move(Work), std::move(Token));
}

/// Runs \p Work to its end even if the awaiting task is asked to stop. Intended
/// for clean-up.
template <class T>
[[nodiscard]] detail::WithContext<T> uncancellable(Task<T> Work) {
  return detail::WithContext<T>(std::move(Work), std::stop_token());
}

/// Runs \p Work, asks it to stop at \p Deadline, and waits for its end. Then
/// throws `TimedOut`, unless \p Work returned a value or failed nevertheless:
/// its result is never lost. Needs a loop or a pool.
template <class T>
Task<T> with_deadline(Task<T> Work, EventLoop::Clock::time_point Deadline) {
  constexpr auto Sleep = [](EventLoop::Clock::time_point Until) -> Task<void> {
    co_await sleep_until(Until);
  };
  detail::ChildGroup Group(/*StopAtFirst=*/true);
  detail::Result<T> Outcome;
  detail::Result<void> Timer;
  std::array<detail::ChainTask, 2> Children{
      detail::driveInto(detail::ChildResult(Outcome, Group, 0),
                        std::move(Work)),
      detail::driveInto(detail::ChildResult(Timer, Group, 1), Sleep(Deadline))};
  co_await Group.run(Children);
  if (Group.first() == 1) {
    Timer.take(); // The wait for the deadline may itself have failed.
    try {
      if (std::is_void_v<T> || Outcome.failed()) {
        (void)Outcome.take();
        throw TimedOut();
      }
    } catch (const Cancelled &) {
      throw TimedOut();
    }
  }
  co_return Outcome.take();
}

/// As `with_deadline`, counted from the await of the result. A duration beyond
/// the clock's range never expires.
template <class T, class Rep, class Period>
Task<T> with_timeout(Task<T> Work, std::chrono::duration<Rep, Period> Time) {
  co_return co_await with_deadline(std::move(Work), detail::fromNow(Time));
}

} // namespace corolint::rt

#endif // COROLINT_RT_CANCELLATION_H
