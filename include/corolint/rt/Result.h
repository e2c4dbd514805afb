//===-- Result.h - A value, an exception, or nothing yet --------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_RESULT_H
#define COROLINT_RT_RESULT_H

#include <cassert>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace corolint::rt::detail {

/// Holds the value that a coroutine returned or the exception that it threw.
/// \p T may be a reference or void. Without \p KnowsDone, `done()` must not be
/// called; that saves a store in each task.
// NOLINTNEXTLINE(bugprone-tagged-union-member-count): `Nothing` has no member.
template <class T, bool KnowsDone = true> class Result {
  static constexpr bool IsReference = std::is_reference_v<T>;
  using Stored =
      std::conditional_t<IsReference, std::remove_reference_t<T> *, T>;
  static constexpr bool MarksValue =
      KnowsDone || !std::is_trivially_destructible_v<Stored>;

public:
  Result() noexcept {}
  ~Result() {
    if (State == Holds::Value)
      std::destroy_at(std::addressof(Value));
    else if (State == Holds::Error) [[unlikely]]
      std::destroy_at(std::addressof(Error));
  }
  Result(const Result &) = delete;
  Result &operator=(const Result &) = delete;

  template <class U> void set(U &&NewValue) {
    if constexpr (IsReference)
      std::construct_at(std::addressof(Value), std::addressof(NewValue));
    else
      std::construct_at(std::addressof(Value), std::forward<U>(NewValue));
    if constexpr (MarksValue)
      State = Holds::Value;
  }
  /// Replaces a value: the destructor of a local may throw after `co_return`.
  void fail(std::exception_ptr NewError) noexcept {
    if (State == Holds::Value) [[unlikely]]
      std::destroy_at(std::addressof(Value));
    else if (State == Holds::Error) [[unlikely]]
      std::destroy_at(std::addressof(Error));
    std::construct_at(std::addressof(Error), std::move(NewError));
    State = Holds::Error;
  }
  bool done() const noexcept
    requires KnowsDone
  {
    return State != Holds::Nothing;
  }
  bool failed() const noexcept { return State == Holds::Error; }
  const std::exception_ptr &error() const noexcept { return Error; }

  /// Moves the value out, or throws the exception.
  T take() {
    if (State == Holds::Error) [[unlikely]]
      std::rethrow_exception(Error);
    assert((!MarksValue || State == Holds::Value) &&
           "the coroutine is not done");
    if constexpr (IsReference)
      return static_cast<T>(*Value);
    else
      return std::move(Value);
  }

private:
  enum class Holds : unsigned char { Nothing, Value, Error };
  union {
    Stored Value;
    std::exception_ptr Error;
  };
  Holds State = Holds::Nothing;
};

/// Records whether there is an outcome, if \p IsKept.
template <bool IsKept> struct DoneMark {
  void markDone() noexcept {}
};
template <> struct DoneMark<true> {
  void markDone() noexcept { IsDone = true; }
  bool IsDone = false;
};

template <bool KnowsDone>
class Result<void, KnowsDone> : private DoneMark<KnowsDone> {
public:
  void set() noexcept { this->markDone(); }
  void fail(std::exception_ptr NewError) noexcept {
    Error = std::move(NewError);
    this->markDone();
  }
  bool done() const noexcept
    requires KnowsDone
  {
    return this->IsDone;
  }
  bool failed() const noexcept { return bool(Error); }
  const std::exception_ptr &error() const noexcept { return Error; }
  void take() {
    if (Error) [[unlikely]]
      std::rethrow_exception(Error);
  }

private:
  std::exception_ptr Error;
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_RESULT_H
