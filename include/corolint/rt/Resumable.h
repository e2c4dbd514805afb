//===-- Resumable.h - An entry of an executor's queue -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_RESUMABLE_H
#define COROLINT_RT_RESUMABLE_H

#include <atomic>
#include <coroutine>
#include <cstdint>

namespace corolint::rt {

/// An entry of an executor's queue: a suspended coroutine or a function. It is
/// part of the awaiter (or of another waiter), so that queueing never allocates
/// and never fails. It must not move while queued.
class Resumable {
public:
  enum class Action : bool { Run, Discard };
  using Function = void (*)(Resumable &, Action);

  Resumable() noexcept : Handle(nullptr) {}
  explicit Resumable(std::coroutine_handle<> Coroutine) noexcept
      : Handle(Coroutine) {}
  explicit Resumable(Function F) noexcept : Run(F), IsFunction(true) {}
  Resumable(const Resumable &) = delete;
  Resumable &operator=(const Resumable &) = delete;

  /// Where the entry is. A frame that is destroyed early relies on it.
  enum class Place : std::uint8_t {
    Nowhere, ///< Not in any queue.
    Waiting, ///< In the queue of a waited-for object, under that queue's lock.
    Queued,  ///< In an executor's queue, or about to be put there.
  };

  Resumable *Next = nullptr;
  union {
    std::coroutine_handle<> Handle;
    Function Run; ///< If `IsFunction`.
  };
  std::atomic<Place> Where{Place::Nowhere};
  const bool IsFunction = false;
};

} // namespace corolint::rt

#endif // COROLINT_RT_RESUMABLE_H
