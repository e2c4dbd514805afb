//===-- ForkJoin.h - Divide and conquer on a pool ---------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_FORKJOIN_H
#define COROLINT_RT_FORKJOIN_H

#include "corolint/rt/ThreadPool.h"
#include "corolint/rt/WhenAll.h"
#include <atomic>
#include <utility>

namespace corolint::rt {

namespace detail {
/// Offers \p Work to thieves, on the pool worker of this thread. Returns that
/// worker, or null if there is none.
const void *offerToThieves(Resumable &Work) noexcept;
/// Takes \p Work back if \p Worker is this thread's and nobody took it.
bool takeBack(const void *Worker, Resumable &Work) noexcept;
} // namespace detail

/// What `fork_join` returns.
template <class A, class B>
class [[nodiscard]] ForkJoinAwaiter final : private Resumable {
  using Self = ForkJoinAwaiter;

public:
  ForkJoinAwaiter(Task<A> &&First, Task<B> &&Second) noexcept
      : First(First.Handle), Second(Second.Handle) {}

  bool await_ready() const noexcept { return false; }

  template <class P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> Awaiting) {
    Parent = Awaiting;
    prepare(First.promise(), Awaiting, &firstDone);
    prepare(Second.promise(), Awaiting, &secondDone);
    Handle = Second;
    Worker = detail::offerToThieves(*this);
    return First;
  }

  std::pair<detail::NonVoid<A>, detail::NonVoid<B>> await_resume() {
    // Braces: the first one's exception comes first.
    return {detail::takeNonVoid(First.promise().Outcome),
            detail::takeNonVoid(Second.promise().Outcome)};
  }

private:
  using Finish = std::coroutine_handle<> (*)(detail::PromiseBase &) noexcept;

  template <class P>
  void prepare(detail::PromiseBase &Child, std::coroutine_handle<P> Awaiting,
               Finish Done) noexcept {
    detail::linkChild(Child, Awaiting);
    Child.Continuation = std::coroutine_handle<>::from_address(this);
    Child.Finish = Done;
  }
  static Self &of(detail::PromiseBase &Child) noexcept {
    return *static_cast<Self *>(Child.Continuation.address());
  }

  static std::coroutine_handle<>
  firstDone(detail::PromiseBase &Child) noexcept {
    Self &Me = of(Child);
    if (!Me.Worker || detail::takeBack(Me.Worker, Me)) {
      Me.Alone = true;
      return Me.Second;
    }
    return Me.arrive();
  }
  static std::coroutine_handle<>
  secondDone(detail::PromiseBase &Child) noexcept {
    Self &Me = of(Child);
    return Me.Alone ? Me.Parent : Me.arrive();
  }
  std::coroutine_handle<> arrive() noexcept {
    if (Arrived.fetch_add(1, std::memory_order_acq_rel) == 0)
      return std::noop_coroutine();
    return Parent;
  }

  std::coroutine_handle<detail::TaskPromise<A>> First;
  std::coroutine_handle<detail::TaskPromise<B>> Second;
  std::coroutine_handle<> Parent;
  const void *Worker = nullptr;
  std::atomic<int> Arrived{0};
  /// Nobody took the second task: the first one's thread runs it too.
  bool Alone = false;
};

/// Runs both tasks, in parallel if a worker of the pool is free, and gives the
/// pair of their values (`std::monostate` for void), or throws the first one's
/// exception, else the second one's. Await it at once:
///
///   auto [A, B] = co_await fork_join(fib(N - 1), fib(N - 2));
///
/// Made for the inside of a divide and conquer: where nobody is free it costs
/// little more than two calls. Neither task is asked to stop when the other
/// fails, and both must stay on the pool. Off the pool they run one after the
/// other.
template <class A, class B>
ForkJoinAwaiter<A, B> fork_join(Task<A> &&First, Task<B> &&Second) noexcept {
  return ForkJoinAwaiter<A, B>(std::move(First), std::move(Second));
}

} // namespace corolint::rt

#endif // COROLINT_RT_FORKJOIN_H
