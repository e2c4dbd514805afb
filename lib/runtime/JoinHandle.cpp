//===-- JoinHandle.cpp - The end of a spawned task ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/ThreadPool.h"
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void JoinStateBase::finish() noexcept {
  Queue.lock().lock();
  Done.store(true, std::memory_order_release);
  QueuedWaiter *Joiner = Queue.pop();
  Queue.lock().unlock();
  if (Joiner)
    WaitQueue::wake(*Joiner);
}

void corolint::rt::detail::checkJoin(const TaskContext *Joiner,
                                     Executor &Home) {
  ThreadPool *Pool = Home.as_pool();
  if (Pool && Joiner && Joiner->BlockedPool == Pool && Pool->starvesItself())
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "every worker of the pool waits for work of the pool");
}
