//===-- SyncWait.cpp - Blocking a thread until a task is done -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/SyncWait.h"
#include "corolint/rt/ThreadPool.h"
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

PrivateLoop::PrivateLoop(const std::source_location &Call)
    : Outer(ThisThread.Beat), Blocked(ThreadPool::current(), Call),
      BlockedPool(ThreadPool::current() ? ThreadPool::current()
                                        : ThreadPool::blockedHere()),
      Context(nullptr, nullptr, BlockingPolicy::Allowed, nullptr) {
  Loop.BlockedPool = BlockedPool;
  if (Outer) // The outer loop's stall is intended, or reported already.
    Outer->Allowed.fetch_add(1, std::memory_order_relaxed);
}

PrivateLoop::~PrivateLoop() {
  if (Outer)
    Outer->Allowed.fetch_sub(1, std::memory_order_relaxed);
}

void PrivateLoop::drive(ChainTask Root) {
  // Coroutines of the surrounding loop do not run; those of this loop do.
  Loop.runMain(std::move(Root)); // NOLINT(coro-*)
}

void PrivateLoop::refuseOnLoop() {
  if (EventLoop::current())
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "sync_wait on the thread of an event loop");
}
