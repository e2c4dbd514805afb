//===-- Outcome.h - The result or exception of a task -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_OUTCOME_H
#define COROLINT_RT_OUTCOME_H

#include "corolint/rt/Errors.h"
#include "corolint/rt/Task.h"
#include <exception>
#include <type_traits>
#include <utility>
#include <variant>

namespace corolint::rt {

/// The value that a task returned or the exception that it threw. A reference
/// is kept as such; for void an outcome only records that the task returned.
/// Not thread-safe.
template <class T> class Outcome {
  using Stored =
      std::conditional_t<std::is_void_v<T>, std::monostate,
                         std::conditional_t<std::is_reference_v<T>,
                                            std::remove_reference_t<T> *, T>>;

public:
  /// The outcome of a task that returned \p Given.
  template <class U>
  static Outcome success(U &&Given)
    requires(!std::is_void_v<T>)
  {
    if constexpr (std::is_reference_v<T>)
      return Outcome(std::in_place_index<0>, &Given);
    else
      return Outcome(std::in_place_index<0>, std::forward<U>(Given));
  }
  /// The same for void.
  static Outcome success()
    requires std::is_void_v<T>
  {
    return Outcome(std::in_place_index<0>);
  }
  /// The outcome of a task that threw \p Error.
  static Outcome failure(std::exception_ptr Error) {
    return Outcome(std::in_place_index<1>, std::move(Error));
  }

  /// Did the task return?
  bool has_value() const noexcept { return State.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }
  /// The exception, or null.
  std::exception_ptr error() const noexcept {
    return has_value() ? nullptr : std::get<1>(State);
  }
  /// Did the task end because it was asked to stop?
  bool cancelled() const noexcept {
    if (has_value())
      return false;
    try {
      std::rethrow_exception(std::get<1>(State));
    } catch (const Cancelled &) {
      return true;
    } catch (...) {
      return false;
    }
  }
  /// Moves the value out, or throws the exception.
  T value() && {
    if (!has_value())
      std::rethrow_exception(std::get<1>(State));
    if constexpr (std::is_reference_v<T>)
      return static_cast<T>(*std::get<0>(State));
    else if constexpr (!std::is_void_v<T>)
      return std::move(std::get<0>(State));
  }

private:
  template <std::size_t I, class... Args>
  explicit Outcome(std::in_place_index_t<I> Which, Args &&...Arguments)
      : State(Which, std::forward<Args>(Arguments)...) {}

  std::variant<Stored, std::exception_ptr> State;
};

/// Runs \p Work and returns its outcome instead of throwing.
template <class T> Task<Outcome<T>> outcome_of(Task<T> Work) {
  std::exception_ptr Error;
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(Work);
      co_return Outcome<T>::success();
    } else {
      co_return Outcome<T>::success(co_await std::move(Work));
    }
  } catch (...) {
    Error = std::current_exception();
  }
  co_return Outcome<T>::failure(std::move(Error));
}

} // namespace corolint::rt

#endif // COROLINT_RT_OUTCOME_H
