//===-- JoinHandle.cpp - The end of a spawned task ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/ThreadPool.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

void JoinStateBase::finish() noexcept {
  Queue.lock().lock();
  Done.store(true, std::memory_order_release);
  QueuedWaiter *Joiners = Queue.popAll();
  Queue.lock().unlock();
  WaitQueue::wakeAll(Joiners);
}

void corolint::rt::detail::checkJoin(const TaskContext *Joiner,
                                     Executor &Home) {
  if (ThreadPool *Pool = Home.as_pool(); Pool && Joiner)
    Pool->refuseDeadlock(Joiner->BlockedPool);
}
