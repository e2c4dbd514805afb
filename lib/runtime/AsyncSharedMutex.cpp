//===-- AsyncSharedMutex.cpp - One writer or many readers -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncSharedMutex.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

bool AsyncSharedMutex::takeNow(bool Exclusive) noexcept {
  if (Exclusive ? Readers != 0 : Readers == Writing)
    return false;
  Readers = Exclusive ? Writing : Readers + 1;
  return true;
}

/// Grants the lock to the waiters at the front that can have it now.
QueuedWaiter *AsyncSharedMutex::grant() noexcept {
  return Queue.popWhile([this](QueuedWaiter &Next) noexcept {
    return takeNow(static_cast<LockAwaiter &>(Next).Exclusive);
  });
}

QueuedWaiter *AsyncSharedMutex::giveBack(bool Exclusive) noexcept {
  Readers = Exclusive ? 0 : Readers - 1;
  return grant();
}

bool AsyncSharedMutex::tryTake(bool Exclusive) noexcept {
  Queue.lock().lock();
  const bool Taken = Queue.empty() && takeNow(Exclusive);
  Queue.lock().unlock();
  return Taken;
}

void AsyncSharedMutex::release(bool Exclusive) noexcept {
  Queue.lock().lock();
  QueuedWaiter *Next = giveBack(Exclusive);
  Queue.lock().unlock();
  WaitQueue::wakeAll(Next);
}
