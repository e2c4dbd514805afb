//===-- AsyncMutex.cpp - A lock that coroutines await ---------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncMutex.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// Called when the holder unlocks and a coroutine waits, or did.
void AsyncMutex::handOver() noexcept {
  Queue.lock().lock();
  QueuedWaiter *Next = passOn();
  Queue.lock().unlock();
  if (Next)
    WaitQueue::wake(*Next);
}

QueuedWaiter *AsyncMutex::passOn() noexcept {
  QueuedWaiter *Next = Queue.pop();
  if (!Next)
    State.store(Free, std::memory_order_release);
  else if (Queue.empty())
    State.store(Locked, std::memory_order_release);
  if (Next && isWatched()) [[unlikely]]
    noteHolder(Next->Promise);
  return Next;
}

void AsyncMutex::LockAwaiter::enterGraph() {
  IsInGraph = true;
  observer().mutexWaitBegins(*this);
}

void AsyncMutex::LockAwaiter::leaveGraph() noexcept {
  IsInGraph = false;
  observer().mutexWaitEnds(*this);
}
