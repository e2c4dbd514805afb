//===-- AsyncSemaphore.cpp - Counted permits ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncSemaphore.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

void AsyncSemaphore::release(std::size_t Count) noexcept {
  Queue.lock().lock();
  QueuedWaiter *Woken = Queue.popWhile(
      [&](QueuedWaiter &) noexcept { return Count != 0 && Count-- != 0; });
  Permits += Count;
  Queue.lock().unlock();
  WaitQueue::wakeAll(Woken);
}
