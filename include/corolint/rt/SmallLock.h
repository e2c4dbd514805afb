//===-- SmallLock.h - A four-byte lock for a few instructions ---*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SMALLLOCK_H
#define COROLINT_RT_SMALLLOCK_H

#include "corolint/annotations.h"
#include <atomic>
#include <cstdint>

namespace corolint::rt::detail {

/// Guards the queues below. Held for a few instructions and never across a
/// suspension, hence declared non-blocking, like a short mutex.
class SmallLock {
public:
  COROLINT_NONBLOCKING void lock() noexcept {
    std::uint32_t Expected = Free;
    if (!State.compare_exchange_strong(Expected, Held,
                                       std::memory_order_acquire,
                                       std::memory_order_relaxed)) [[unlikely]]
      lockSlow();
  }
  COROLINT_NONBLOCKING void unlock() noexcept {
    if (State.exchange(Free, std::memory_order_release) == Contended)
        [[unlikely]]
      State.notify_one();
  }

private:
  enum : std::uint32_t { Free, Held, Contended };

  void lockSlow() noexcept;

  std::atomic<std::uint32_t> State{Free};
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_SMALLLOCK_H
