//===-- WhenAny.h - Waiting for the first of several tasks ------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_WHENANY_H
#define COROLINT_RT_WHENANY_H

#include "corolint/rt/WhenAll.h"

namespace corolint::rt {

/// The index of the first task to end, and its value.
template <class... Ts> struct AnyResult {
  std::size_t Index;
  std::variant<detail::Storable<Ts>...> Value;
};

namespace detail {
template <class... Ts, std::size_t... Is>
Task<AnyResult<Ts...>> whenAny(std::index_sequence<Is...>, Task<Ts>... Tasks) {
  using Variant = std::variant<Storable<Ts>...>;
  ChildGroup Group(/*StopAtFirst=*/true);
  std::tuple<Result<Ts>...> Results;
  std::array<ChainTask, sizeof...(Ts)> Children{driveInto(
      ChildResult(std::get<Is>(Results), Group, Is), std::move(Tasks))...};
  co_await Group.run(Children);
  const std::size_t First = Group.first();
  std::optional<Variant> Value;
  ((Is == First ? (void)Value.emplace(std::in_place_index<Is>,
                                      takeNonVoid(std::get<Is>(Results)))
                : void()),
   ...);
  co_return AnyResult<Ts...>{First, std::move(*Value)};
}
} // namespace detail

/// Runs all \p Tasks side by side until the first one ends, then asks the
/// others to stop and waits for them. Returns the first one's index and value,
/// or throws its exception. They start at once, in order, on the thread that
/// awaits; if one ends at once, those after it are not started. Needs at least
/// one task. References are returned as `std::reference_wrapper`.
///
/// Resources that the others acquired are returned if they have not resumed
/// yet: a lock, a permit, the value of a channel. Values that they returned are
/// dropped.
template <class... Ts>
  requires(sizeof...(Ts) > 0)
Task<AnyResult<Ts...>> when_any(Task<Ts>... Tasks) {
  return detail::whenAny(std::index_sequence_for<Ts...>(), std::move(Tasks)...);
}

/// The same for any number of tasks of one type. Throws
/// `std::invalid_argument` if there is none.
template <class T> Task<AnyResult<T>> when_any(std::vector<Task<T>> Tasks) {
  if (Tasks.empty())
    throw std::invalid_argument("when_any of no tasks");
  detail::ChildGroup Group(/*StopAtFirst=*/true);
  std::vector<detail::Result<T>> Results(Tasks.size());
  std::vector<detail::ChainTask> Children;
  Children.reserve(Tasks.size());
  for (std::size_t I = 0; I != Tasks.size(); ++I)
    Children.push_back(detail::driveInto(
        detail::ChildResult(Results[I], Group, I), std::move(Tasks[I])));
  co_await Group.run(Children);
  const std::size_t First = Group.first();
  co_return AnyResult<T>{First, detail::takeNonVoid(Results[First])};
}

} // namespace corolint::rt

#endif // COROLINT_RT_WHENANY_H
