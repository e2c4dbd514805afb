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
#include <array>
#include <atomic>
#include <cassert>
#include <tuple>
#include <utility>
#include <vector>

namespace corolint::rt {

namespace detail {
/// Offers \p Work to other workers if this thread is a pool worker. Returns
/// that worker, or null.
const void *offerToThieves(Resumable &Work) noexcept;
/// Takes \p Work back if \p Worker belongs to this thread and no thief took the
/// work.
bool takeBack(const void *Worker, Resumable &Work) noexcept;

class ForkJoinBase;

/// One task of a fork.
struct ForkJoinLeg {
  ForkJoinLeg() = default;
  explicit ForkJoinLeg(std::coroutine_handle<> Work) noexcept : Task(Work) {
    assert(Task && !Task.done() && "a task that has not run");
  }

  std::coroutine_handle<> Task;
  ForkJoinBase *Fork;
  /// Once started: the worker whose queue got the remaining tasks, or null.
  const void *Worker;
  /// Once started: the number of tasks that its thread ran before without a
  /// break.
  std::uint32_t Before;

  template <class T> TaskPromise<T> &promise() const noexcept {
    return std::coroutine_handle<TaskPromise<T>>::from_address(Task.address())
        .promise();
  }
};

/// The unstarted tasks share one entry of one worker's queue. A worker that
/// takes the entry starts the first task and offers the others again. A worker
/// that finishes a task takes the entry back unless another worker has it.
/// Without thieves, a fork is therefore a loop over its tasks that needs no
/// atomic read-modify-write operations except those of the queue.
class ForkJoinBase : private Resumable {
protected:
  ForkJoinBase() noexcept : Resumable(&runNext) {}

  template <class P>
  std::coroutine_handle<> fork(ForkJoinLeg *AllLegs, std::size_t NumLegs,
                               std::coroutine_handle<P> Awaiting) noexcept {
    Legs = AllLegs;
    Count = static_cast<std::uint32_t>(NumLegs);
    Parent = Awaiting;
    return startNext(0);
  }
  template <class T, class P>
  void prepare(ForkJoinLeg &Leg, std::coroutine_handle<P> Awaiting) noexcept {
    Leg.Fork = this;
    TaskPromise<T> &Promise = Leg.promise<T>();
    linkChild(Promise, Awaiting, nullptr);
    Promise.Continuation = nullptr;
    Promise.Leg = &Leg;
  }

private:
  friend std::coroutine_handle<> forkJoinLegDone(ForkJoinLeg &Leg) noexcept;

  static void runNext(Resumable &Self, Action) {
    static_cast<ForkJoinBase &>(Self).startNext(0).resume();
  }

  /// Only for the thread that holds the entry.
  std::coroutine_handle<> startNext(std::uint32_t Before) noexcept {
    ForkJoinLeg &Leg = Legs[Next++];
    Leg.Before = Before;
    if (Next != Count)
      Leg.Worker = offerToThieves(*this);
    return Leg.Task;
  }

  std::coroutine_handle<> goOnAfter(ForkJoinLeg &Leg) noexcept {
    const bool WasLast = &Leg + 1 == Legs + Count;
    if (!WasLast && (!Leg.Worker || takeBack(Leg.Worker, *this)))
      return startNext(Leg.Before + 1);
    return arrive(Leg.Before + 1);
  }
  std::coroutine_handle<> arrive(std::uint32_t Done) noexcept {
    // After the addition another thread may end the fork and destroy this
    // object.
    const std::uint32_t All = Count;
    if (Done == All ||
        Arrived.fetch_add(Done, std::memory_order_acq_rel) + Done == All)
      return Parent;
    return std::noop_coroutine();
  }

  ForkJoinLeg *Legs = nullptr;
  std::coroutine_handle<> Parent;
  std::uint32_t Count = 0;
  std::uint32_t Next = 0;
  std::atomic<std::uint32_t> Arrived{0};
};
} // namespace detail

/// The result of `fork_join` with separate tasks.
template <class... Ts>
class [[nodiscard]] ForkJoinAwaiter final : private detail::ForkJoinBase {
public:
  static constexpr bool transfers_control = true;

  explicit ForkJoinAwaiter(Task<Ts> &...Tasks) noexcept
      : Legs{detail::ForkJoinLeg(Tasks.Handle)...} {}

  bool await_ready() const noexcept { return false; }
  template <class P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> Awaiting) {
    detail::ForkJoinLeg *Leg = Legs;
    (prepare<Ts>(*Leg++, Awaiting), ...);
    return detail::transfer(fork(Legs, sizeof...(Ts), Awaiting));
  }
  std::tuple<detail::NonVoid<Ts>...> await_resume() {
    return takeAll(std::index_sequence_for<Ts...>());
  }

private:
  template <std::size_t... Is>
  std::tuple<detail::NonVoid<Ts>...> takeAll(std::index_sequence<Is...>) {
    // Braces guarantee the order: the first task's exception comes first.
    return {detail::takeNonVoid(Legs[Is].template promise<Ts>().Outcome)...};
  }

  detail::ForkJoinLeg Legs[sizeof...(Ts)];
};

/// The result of `fork_join` with an array (\p N tasks) or a vector (\p N is
/// 0).
template <class T, std::size_t N>
class [[nodiscard]] ForkJoinManyAwaiter final : private detail::ForkJoinBase {
  template <class U>
  using Many = std::conditional_t<N == 0, std::vector<U>, std::array<U, N>>;

public:
  static constexpr bool transfers_control = true;

  explicit ForkJoinManyAwaiter(Many<Task<T>> &&Tasks)
      : Tasks(std::move(Tasks)) {
    if constexpr (N == 0)
      Legs.resize(this->Tasks.size());
  }

  bool await_ready() const noexcept { return Tasks.empty(); }
  template <class P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> Awaiting) {
    for (std::size_t I = 0; I != Tasks.size(); ++I) {
      Legs[I] = detail::ForkJoinLeg(Tasks[I].Handle);
      prepare<T>(Legs[I], Awaiting);
    }
    return detail::transfer(fork(Legs.data(), Tasks.size(), Awaiting));
  }
  auto await_resume() {
    if constexpr (std::is_void_v<T>) {
      for (Task<T> &Child : Tasks)
        Child.Handle.promise().Outcome.take();
    } else if constexpr (N == 0) {
      std::vector<detail::Storable<T>> Values;
      Values.reserve(Tasks.size());
      for (Task<T> &Child : Tasks)
        Values.push_back(Child.Handle.promise().Outcome.take());
      return Values;
    } else {
      return std::apply(
          [](auto &...Child) {
            return Many<detail::Storable<T>>{
                Child.Handle.promise().Outcome.take()...};
          },
          Tasks);
    }
  }

private:
  Many<Task<T>> Tasks;
  Many<detail::ForkJoinLeg> Legs;
};

/// Runs the tasks, in parallel as far as workers of the pool are free. Returns
/// the tuple of their values (`std::monostate` for void), or throws the
/// exception of the first task, in the order written, that failed. Await it at
/// once:
///
///   auto [A, B] = co_await fork_join(fib(N - 1), fib(N - 2));
///
/// Designed for recursive divide and conquer: if no worker is free, it costs
/// little more than calling one task after the other. No task is asked to stop
/// when another fails, and all must stay on the pool. Off the pool they run one
/// after the other.
template <class... Ts>
  requires(sizeof...(Ts) >= 2)
ForkJoinAwaiter<Ts...> fork_join(Task<Ts> &&...Tasks) noexcept {
  return ForkJoinAwaiter<Ts...>(Tasks...);
}

/// The same for tasks of one type: returns the array of their values
/// (`std::reference_wrapper` for references), or nothing if they are void.
template <class T, std::size_t N>
  requires(N >= 1)
ForkJoinManyAwaiter<T, N> fork_join(std::array<Task<T>, N> Tasks) noexcept {
  return ForkJoinManyAwaiter<T, N>(std::move(Tasks));
}

/// The same for any number of tasks: returns the vector of their values
/// (`std::reference_wrapper` for references), or nothing if they are void.
/// Throws `std::bad_alloc`.
template <class T>
ForkJoinManyAwaiter<T, 0> fork_join(std::vector<Task<T>> Tasks) {
  return ForkJoinManyAwaiter<T, 0>(std::move(Tasks));
}

} // namespace corolint::rt

#endif // COROLINT_RT_FORKJOIN_H
