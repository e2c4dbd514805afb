//===-- Waiter.cpp - Base classes of awaiters that wait -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Waiter.h"
#include <chrono>
#include <system_error>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// The holder finishes soon unless it was preempted. So yield the processor to
/// it, and after a while sleep, in case the holder has a lower priority.
void SmallLock::lockSlow() noexcept {
  static constexpr unsigned Yields = 100;
  for (unsigned Tries = 0; Held.load(std::memory_order_relaxed) ||
                           Held.exchange(true, std::memory_order_acquire);
       ++Tries) {
    if (Tries < Yields)
      std::this_thread::yield();
    else
      std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

void Waiter::throwNoExecutor() {
  throw std::system_error(
      std::make_error_code(std::errc::operation_not_permitted),
      "no event loop and no thread pool runs on this thread");
}

void Waiter::leaveExecutor() noexcept { Exec->forget(*this); }

void QueuedWaiter::cancelQueued(Waiter &Self) noexcept {
  static_cast<QueuedWaiter &>(Self).cancelHere();
}

void QueuedWaiter::cancelHere() noexcept {
  if (settlement() == Settlement::Final)
    return; // Too late: the queue may be gone.
  QueuedWaiter *Woken = nullptr;
  Queue.lock().lock();
  if (settlement() == Settlement::Open) {
    WasCancelled = true;
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
      Queue.remove(*this);
      settle(Settlement::Final);
      Where.store(Place::Queued, std::memory_order_relaxed);
      if (Actions->Left)
        Actions->Left(*this, Woken);
      nextTaken() = std::exchange(Woken, this);
    }
  } else if (settlement() == Settlement::Granted) {
    WasCancelled = Actions->TakeBack(*this, Woken);
    if (WasCancelled)
      settle(Settlement::Final);
  }
  Queue.lock().unlock();
  // `wakeAll` does not work here: this waiter is the one being cancelled, and
  // the others are in the same queue.
  while (Woken) {
    QueuedWaiter &W = *std::exchange(Woken, Woken->nextTaken());
    W.Exec->enqueue(W);
  }
}

void QueuedWaiter::abandonQueued(Waiter &Self) noexcept {
  static_cast<QueuedWaiter &>(Self).leave();
}

void QueuedWaiter::abandon() noexcept {
  unlisten();
  if (settlement() == Settlement::Final)
    return; // The queue may be gone.
  QueuedWaiter *Woken = nullptr;
  Queue.lock().lock();
  if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
    Queue.remove(*this);
    if (Actions->Left)
      Actions->Left(*this, Woken);
  } else if (settlement() == Settlement::Granted) {
    Actions->TakeBack(*this, Woken);
  }
  settle(Settlement::Final);
  WasCancelled = true;
  Queue.lock().unlock();
  WaitQueue::wakeAll(Woken);
}

/// The wait ended at once, but the coroutine has used up its share of the
/// thread.
void QueuedWaiter::yieldFirst() noexcept { Exec->enqueue_last(*this); }
