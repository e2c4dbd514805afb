//===-- AsyncEvent.cpp - Something that happens once, or again ------------===//
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
  // The event may be gone as soon as the first of them runs.
  WaitQueue::wakeAll(All);
}
