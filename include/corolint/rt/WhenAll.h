//===-- WhenAll.h - Waiting for all of several tasks ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_WHENALL_H
#define COROLINT_RT_WHENALL_H

#include "corolint/rt/ChildGroup.h"
#include <array>
#include <functional>
#include <tuple>
#include <variant>
#include <vector>

namespace corolint::rt {

namespace detail {
/// `std::monostate` replaces a `void` result.
template <class T>
using NonVoid = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
/// The same, for use in a container or a variant, which hold no references.
template <class T>
using Storable =
    std::conditional_t<std::is_lvalue_reference_v<T>,
                       std::reference_wrapper<std::remove_reference_t<T>>,
                       std::remove_reference_t<NonVoid<T>>>;

template <class T, bool KnowsDone>
NonVoid<T> takeNonVoid(Result<T, KnowsDone> &Outcome) {
  if constexpr (std::is_void_v<T>) {
    Outcome.take();
    return {};
  } else {
    return Outcome.take();
  }
}

template <class... Ts, std::size_t... Is>
Task<std::tuple<NonVoid<Ts>...>> whenAll(std::index_sequence<Is...>,
                                         Task<Ts>... Tasks) {
  ChildGroup Group(/*StopAtFirst=*/false);
  std::tuple<Result<Ts>...> Results;
  std::array<ChainTask, sizeof...(Ts)> Children{driveInto(
      ChildResult(std::get<Is>(Results), Group, Is), std::move(Tasks))...};
  co_await Group.run(Children);
  if (const std::size_t Failed = Group.first(); Failed != ChildGroup::None)
    ((Is == Failed ? (void)std::get<Is>(Results).take() : void()), ...);
  co_return std::tuple<NonVoid<Ts>...>(takeNonVoid(std::get<Is>(Results))...);
}

inline Task<std::tuple<>> whenAll(std::index_sequence<>) { co_return {}; }
} // namespace detail

/// Runs all \p Tasks side by side and returns their values in a tuple, with
/// `std::monostate` for void. They start at once, in order, on the thread that
/// awaits. If one fails, the others are asked to stop, and its exception is
/// thrown when all have ended. If the awaiting task is asked to stop, so are
/// they.
template <class... Ts>
Task<std::tuple<detail::NonVoid<Ts>...>> when_all(Task<Ts>... Tasks) {
  return detail::whenAll(std::index_sequence_for<Ts...>(), std::move(Tasks)...);
}

/// The same for any number of tasks of one type: returns the vector of their
/// values (`std::reference_wrapper` for references), or nothing if they are
/// void.
template <class T>
Task<std::conditional_t<std::is_void_v<T>, void,
                        std::vector<detail::Storable<T>>>>
when_all(std::vector<Task<T>> Tasks) {
  detail::ChildGroup Group(/*StopAtFirst=*/false);
  std::vector<detail::Result<T>> Results(Tasks.size());
  std::vector<detail::ChainTask> Children;
  Children.reserve(Tasks.size());
  for (std::size_t I = 0; I != Tasks.size(); ++I)
    Children.push_back(detail::driveInto(
        detail::ChildResult(Results[I], Group, I), std::move(Tasks[I])));
  co_await Group.run(Children);
  if (const std::size_t Failed = Group.first();
      Failed != detail::ChildGroup::None)
    (void)Results[Failed].take();
  if constexpr (!std::is_void_v<T>) {
    std::vector<detail::Storable<T>> Values;
    Values.reserve(Results.size());
    for (detail::Result<T> &Outcome : Results)
      Values.push_back(Outcome.take());
    co_return Values;
  }
}

} // namespace corolint::rt

#endif // COROLINT_RT_WHENALL_H
