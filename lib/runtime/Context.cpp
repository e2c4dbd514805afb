//===-- Context.cpp - Where this thread's code runs -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/ThreadPool.h"
#include "corolint/rt/Waiter.h"
#include <cstdio>
#include <cstdlib>
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

constinit thread_local ThreadContext corolint::rt::detail::ThisThread;

//===----------------------------------------------------------------------===//
// TaskContext
//===----------------------------------------------------------------------===//

void TaskContext::leaveHome(EventLoop *Current) noexcept {
  if (Away || !Current)
    return;
  Home = Current;
  Away = true;
  Home->addOutstanding();
}

void TaskContext::comeHome() noexcept {
  Away = false;
  Home->removeOutstanding();
}

std::uint64_t TaskContext::id() noexcept {
  static constinit std::atomic<std::uint64_t> Last{0};
  if (Id == 0)
    Id = Last.fetch_add(1, std::memory_order_relaxed) + 1;
  return Id;
}

//===----------------------------------------------------------------------===//
// Contracts at the await and at the call
//===----------------------------------------------------------------------===//

OpenRegions *
corolint::rt::detail::awaitInRegion(bool Ready, const char *Keyword,
                                    const std::source_location &Site) {
  const OpenRegions Regions = ThisThread.Regions;
  std::unique_ptr<OpenRegions> Behind;
  if (!Ready)
    Behind = std::make_unique<OpenRegions>(Regions);

  const char *Outcome = Ready ? "this time the awaited was ready, and the "
                                "coroutine did not suspend"
                              : "the coroutine suspends here";
  if (Regions.NoYield != 0) {
    Violation V;
    V.Kind = ViolationKind::Yield;
    V.Check = "coro-no-yield-region";
    V.Where = Site;
    V.Message =
        std::string("'") + Keyword + "' yields inside a no-yield region";
    V.Suspended = !Ready;
    V.Notes.push_back({SourceSite(Regions.NoYieldBegin),
                       "the no-yield region begins here"});
    V.Notes.push_back({SourceSite(Site), Outcome});
    Contracts::violate(std::move(V));
  }
  if (Regions.ThreadLocks != 0) {
    Violation V;
    V.Kind = ViolationKind::LockAcrossAwait;
    V.Check = "coro-lock-across-await";
    V.Where = Site;
    V.Message = "a thread's lock is held across a suspension point";
    V.Suspended = !Ready;
    V.Notes.push_back({SourceSite(Site), Outcome});
    Contracts::violate(std::move(V));
  }
  if (!Ready)
    ThisThread.Regions = {};
  return Behind.release();
}

void corolint::rt::detail::reopenRegions(OpenRegions *Regions) noexcept {
  ThisThread.Regions.NoYield += Regions->NoYield;
  ThisThread.Regions.ThreadLocks += Regions->ThreadLocks;
  ThisThread.Regions.NoYieldBegin = Regions->NoYieldBegin;
  delete Regions;
}

void corolint::rt::detail::dropRegions(OpenRegions *Regions) noexcept {
  delete Regions;
}

void corolint::rt::detail::checkYieldingCall(const char *Function,
                                             const std::source_location &Call) {
  if (ThisThread.Regions.NoYield == 0) [[likely]]
    return;
  Violation V;
  V.Kind = ViolationKind::Yield;
  V.Check = "coro-no-yield-region";
  V.Where = Call;
  V.Message = std::string("call to '") + Function +
              "' yields inside a no-yield region";
  V.Suspended = true;
  V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                     "the no-yield region begins here"});
  Contracts::violate(std::move(V));
}

void corolint::rt::detail::checkSyncWait(const char *Function,
                                         const std::source_location &Call) {
  if (!Contracts::active() || ThisThread.Blocking == BlockingPolicy::Allowed)
    return;
  const bool OnExecutor =
      ThisThread.Exec && ThisThread.Blocking == BlockingPolicy::Forbidden;
  const bool InRegion = ThisThread.Regions.NoYield != 0;
  if (!OnExecutor && !InRegion)
    return;
  Violation V;
  V.Kind = ViolationKind::SyncWait;
  V.Check = "coro-sync-over-async";
  V.Where = Call;
  V.Message = std::string("call to '") + Function +
              "' waits synchronously for asynchronous work ";
  V.Message += InRegion ? "in a no-yield region"
               : ThisThread.Exec->as_loop()
                   ? "on the thread of an event loop"
                   : "on a worker of a thread pool";
  if (InRegion)
    V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                       "the no-yield region begins here"});
  else if (ThisThread.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(ThisThread.LastAwait),
                       "the coroutine was last resumed from here"});
  Contracts::violate(std::move(V));
}

//===----------------------------------------------------------------------===//
// Waiter
//===----------------------------------------------------------------------===//

void SmallLock::lockSlow() noexcept {
  while (State.exchange(Contended, std::memory_order_acquire) != Free)
    State.wait(Contended, std::memory_order_relaxed);
}

void Waiter::throwNoExecutor() {
  throw std::system_error(
      std::make_error_code(std::errc::operation_not_permitted),
      "no event loop and no thread pool runs on this thread");
}

void Waiter::park(EventLoop *Loop) noexcept {
  Parked = Loop;
  ParkedPrev = nullptr;
  ParkedNext = Loop->Parked;
  if (ParkedNext)
    ParkedNext->ParkedPrev = this;
  Loop->Parked = this;
}

void Waiter::unpark() noexcept {
  (ParkedPrev ? ParkedPrev->ParkedNext : Parked->Parked) = ParkedNext;
  if (ParkedNext)
    ParkedNext->ParkedPrev = ParkedPrev;
  Parked = nullptr;
}

/// A pool's queues cannot be searched, and its tasks run to their end anyway.
[[noreturn]] static void destroyedOnPool() noexcept {
  std::fputs("corolint::rt: a coroutine was destroyed while a thread pool was "
             "about to resume it\n",
             stderr);
  std::abort();
}

void Waiter::leaveExecutor() noexcept {
  EventLoop *Loop = Exec->as_loop();
  if (!Loop)
    destroyedOnPool();
  Loop->forget(*this);
}

void QueuedWaiter::cancel() noexcept {
  Queue.lock().lock();
  bool Wake = false;
  if (!Settled) {
    WasCancelled = true;
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
      Queue.remove(*this);
      Settled = true;
      Where.store(Place::Queued, std::memory_order_relaxed);
      Wake = true;
    }
  }
  Queue.lock().unlock();
  if (Wake)
    WaitQueue::wake(*this);
}

void QueuedWaiter::leaveQueue() noexcept {
  Queue.lock().lock();
  if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
    Queue.remove(*this);
    Settled = true;
  }
  Queue.lock().unlock();
}

//===----------------------------------------------------------------------===//
// ScheduleAwaiter
//===----------------------------------------------------------------------===//

void ScheduleAwaiter::leave() {
  if (!Context)
    return;
  if (ThreadPool *Pool = Target->as_pool();
      Pool && Context->BlockedPool == Pool && Pool->starvesItself())
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "every worker of the pool waits for work of the pool");
  Context->leaveHome(ThisThread.Loop);
}

void ScheduleAwaiter::arrive() noexcept {
  if (Context->Home == ThisThread.Loop)
    Context->comeHome();
}

void ScheduleAwaiter::leaveQueue() noexcept {
  EventLoop *Loop = Target->as_loop();
  if (!Loop)
    destroyedOnPool();
  Loop->forget(*this);
}

ScheduleAwaiter corolint::rt::yield_now() {
  if (!ThisThread.Exec)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no executor on this thread");
  return ScheduleAwaiter(*ThisThread.Exec, ScheduleAwaiter::Stop::Heed);
}
