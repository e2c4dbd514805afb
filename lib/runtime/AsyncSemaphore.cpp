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
  QueuedWaiter *First = nullptr;
  QueuedWaiter *Last = nullptr;
  for (; Count != 0; --Count) {
    QueuedWaiter *W = Queue.pop();
    if (!W)
      break;
    (Last ? Last->QueueNext : First) = W;
    Last = W;
  }
  Permits += Count;
  Queue.lock().unlock();
  WaitQueue::wakeAll(First);
}
