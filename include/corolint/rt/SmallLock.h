//===-- SmallLock.h - A four-byte spin lock ---------------------*- C++ -*-===//
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

namespace corolint::rt::detail {

/// Guards the runtime's queues. It is held for a few instructions and never
/// across a suspension, so it is declared non-blocking, like a short mutex. A
/// thread that finds it held spins, so that unlocking is a plain store and no
/// locked operation.
class SmallLock {
public:
  COROLINT_NONBLOCKING void lock() noexcept {
    if (Held.exchange(true, std::memory_order_acquire)) [[unlikely]]
      lockSlow();
  }
  COROLINT_NONBLOCKING void unlock() noexcept {
    Held.store(false, std::memory_order_release);
  }

private:
  void lockSlow() noexcept;

  std::atomic<bool> Held{false};
};

} // namespace corolint::rt::detail

#endif // COROLINT_RT_SMALLLOCK_H
