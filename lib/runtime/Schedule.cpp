//===-- Schedule.cpp - Moving between executors ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Schedule.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/ThreadPool.h"
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void ScheduleAwaiter::leave() {
  if (!Context)
    return;
  if (ThreadPool *Pool = Target->as_pool())
    Pool->refuseDeadlock(Context->BlockedPool);
  Moved = &Context->whole();
  // If the chain is destroyed while it returns, this entry is removed from the
  // queue.
  Where.store(Place::Queued, std::memory_order_relaxed);
  Moved->moveTo(*Target);
}

void ScheduleAwaiter::leaveQueue() noexcept { Target->forget(*this); }

ScheduleAwaiter corolint::rt::yield_now() {
  if (!ThisThread.Exec)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no executor on this thread");
  return ScheduleAwaiter(*ThisThread.Exec, ScheduleAwaiter::Stop::Heed);
}
