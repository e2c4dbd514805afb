//===-- Gather.h - Waiting for tasks, keeping every outcome -----*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_GATHER_H
#define COROLINT_RT_GATHER_H

#include "corolint/rt/Cancellation.h"
#include "corolint/rt/Outcome.h"
#include "corolint/rt/WhenAll.h"
#include <atomic>
#include <stop_token>
#include <tuple>
#include <utility>
#include <vector>

namespace corolint::rt {

/// Runs all \p Tasks side by side to their end and returns the tuple of their
/// `Outcome`s. A failed task does not stop the others. If the awaiting task is
/// asked to stop, so are they.
template <class... Ts>
Task<std::tuple<Outcome<Ts>...>> gather(Task<Ts>... Tasks) {
  return when_all(outcome_of(std::move(Tasks))...);
}

/// The same for any number of tasks of one type: returns the vector of
/// outcomes.
template <class T>
Task<std::vector<Outcome<T>>> gather(std::vector<Task<T>> Tasks) {
  std::vector<Task<Outcome<T>>> Wrapped;
  Wrapped.reserve(Tasks.size());
  for (Task<T> &One : Tasks)
    Wrapped.push_back(outcome_of(std::move(One)));
  return when_all(std::move(Wrapped));
}

/// The result of `race`. \p Outcomes is a tuple or vector of `Outcome`s.
template <class Outcomes> struct RaceResult {
  static constexpr std::size_t Nobody = std::size_t(-1);
  /// The index of the first task that returned, or `Nobody` if all failed.
  std::size_t Winner = Nobody;
  /// The outcomes of all tasks, including the losers. A loser may also have
  /// returned before it noticed the stop: the caller must release what it
  /// returned.
  Outcomes All;
};

namespace detail {
struct RaceState {
  static constexpr std::size_t Nobody = std::size_t(-1);
  std::stop_source Stop;
  std::atomic<std::size_t> Winner{Nobody};
};

template <class T>
Task<Outcome<T>> runInRace(Task<T> Work, RaceState &Race, std::size_t Index) {
  const auto Won = [&] {
    std::size_t Expected = RaceState::Nobody;
    if (Race.Winner.compare_exchange_strong(Expected, Index))
      Race.Stop.request_stop();
  };
  std::exception_ptr Error;
  try {
    auto Stoppable = with_stop_token(std::move(Work), Race.Stop.get_token());
    if constexpr (std::is_void_v<T>) {
      co_await Stoppable;
      Won();
      co_return Outcome<T>::success();
    } else {
      auto Result = Outcome<T>::success(co_await Stoppable);
      Won();
      co_return Result;
    }
  } catch (...) {
    Error = std::current_exception();
  }
  co_return Outcome<T>::failure(std::move(Error));
}

template <class... Ts, std::size_t... Is>
Task<RaceResult<std::tuple<Outcome<Ts>...>>> race(std::index_sequence<Is...>,
                                                  Task<Ts>... Tasks) {
  RaceState State;
  std::stop_token Outer = co_await current_stop_token();
  const std::stop_callback<StopRelay> Forward(Outer, StopRelay{&State.Stop});
  auto All = co_await when_all(runInRace(std::move(Tasks), State, Is)...);
  RaceResult<std::tuple<Outcome<Ts>...>> Result{State.Winner, std::move(All)};
  co_return Result;
}
} // namespace detail

/// Runs all \p Tasks side by side until the first one returns, then asks the
/// others to stop and waits for them. Unlike `when_any` it does not count a
/// failure as a win, and returns the outcomes of the losers.
template <class... Ts>
  requires(sizeof...(Ts) > 0)
Task<RaceResult<std::tuple<Outcome<Ts>...>>> race(Task<Ts>... Tasks) {
  return detail::race(std::index_sequence_for<Ts...>(), std::move(Tasks)...);
}

/// The same for any number of tasks of one type. With no tasks there is no
/// winner.
template <class T>
Task<RaceResult<std::vector<Outcome<T>>>> race(std::vector<Task<T>> Tasks) {
  detail::RaceState State;
  std::stop_token Outer = co_await current_stop_token();
  const std::stop_callback<detail::StopRelay> Forward(
      Outer, detail::StopRelay{&State.Stop});
  std::vector<Task<Outcome<T>>> Racing;
  Racing.reserve(Tasks.size());
  for (std::size_t I = 0; I != Tasks.size(); ++I)
    Racing.push_back(detail::runInRace(std::move(Tasks[I]), State, I));
  auto All = co_await when_all(std::move(Racing));
  RaceResult<std::vector<Outcome<T>>> Result{State.Winner, std::move(All)};
  co_return Result;
}

} // namespace corolint::rt

#endif // COROLINT_RT_GATHER_H
