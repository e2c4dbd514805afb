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
  // Chained through their queue links, which nobody else uses any more: the
  // event may be gone as soon as the first of them runs.
  QueuedWaiter *First = nullptr;
  QueuedWaiter *Last = nullptr;
  while (QueuedWaiter *W = Queue.pop()) {
    W->QueueNext = nullptr;
    (Last ? Last->QueueNext : First) = W;
    Last = W;
  }
  Queue.lock().unlock();
  while (First) {
    QueuedWaiter *W = First;
    First = W->QueueNext;
    WaitQueue::wake(*W);
  }
}
