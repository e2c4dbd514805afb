//===-- LoopWaiter.cpp - Waits that the loop's thread ends ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TimerThread.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Sleep.h"
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

EventLoop *LoopWaiter::requireLoop() {
  if (!ThisThread.Loop)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no event loop on this thread");
  return ThisThread.Loop;
}

bool LoopWaiter::armStop() {
  if (stopRequested()) {
    WasCancelled = true;
    return false;
  }
  listen();
  return !WasCancelled;
}

/// Runs on the thread that asks to stop.
void LoopWaiter::cancelOnLoop(Waiter &Self) noexcept {
  auto &Me = static_cast<LoopWaiter &>(Self);
  if (ThisThread.Loop == Me.Loop) {
    Me.cancelHere();
    return;
  }
  Me.Stopper.Where.store(Place::Queued, std::memory_order_relaxed);
  Me.Loop->enqueue(Me.Stopper);
}

/// The coroutine may outlive the loop, as a generator's does.
void LoopWaiter::abandonOnLoop(Waiter &Self) noexcept {
  auto &Me = static_cast<LoopWaiter &>(Self);
  if (!Me.Loop)
    return;
  Me.disarm();
  if (Me.Where.load(std::memory_order_relaxed) == Place::Waiting)
    Me.detach();
  Me.Loop = nullptr;
}

void LoopWaiter::stopHere(Resumable &Message, Action What) {
  if (What == Action::Run)
    static_cast<StopMessage &>(Message).Owner->cancelHere();
}

void LoopWaiter::cancelHere() noexcept {
  switch (Where.load(std::memory_order_relaxed)) {
  case Place::Nowhere:
    WasCancelled = true; // Stopped while it was being armed.
    return;
  case Place::Waiting:
    detach();
    WasCancelled = true;
    wake();
    return;
  case Place::Queued:
    return; // Too late.
  }
}

void SleepAwaiter::start() noexcept {
  Where.store(Place::Waiting, std::memory_order_relaxed);
  Loop->Timers.add(*this);
}

void SleepAwaiter::detach() noexcept {
  Loop->Timers.remove(*this);
  Where.store(Place::Nowhere, std::memory_order_relaxed);
}

/// Returns whether to suspend: not if the task was already asked to stop,
/// unless it has used up its share of the thread.
bool SleepAwaiter::startOnPool() {
  OnPool = true;
  Actions = &PoolActions;
  if (stopPossible())
    listen();
  // Once the timer is added, another thread may resume the coroutine and
  // destroy this awaiter.
  if (TimerThread::get().add(*this))
    return true;
  if (!ThisThread.outOfBudget())
    return false;
  Exec->enqueue_last(*this);
  return true;
}

void SleepAwaiter::cancelOnPool(Waiter &Self) noexcept {
  TimerThread::get().cancel(static_cast<SleepAwaiter &>(Self));
}

void SleepAwaiter::leaveTimerThread() noexcept {
  unlisten();
  TimerThread::get().remove(*this);
}
