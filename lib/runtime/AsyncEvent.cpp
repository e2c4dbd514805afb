//===-- AsyncEvent.cpp - A flag that coroutines await ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncEvent.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

void AsyncEvent::set() noexcept {
  Queue.lock().lock();
  Set.store(true, std::memory_order_release);
  QueuedWaiter *All = Queue.popAll();
  Queue.lock().unlock();
  // The event may be destroyed as soon as the first waiter runs.
  WaitQueue::wakeAll(All);
}
