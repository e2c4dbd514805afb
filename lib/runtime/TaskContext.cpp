//===-- TaskContext.cpp - The shared state of a chain's tasks -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/Waiter.h"
#include <memory>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void TaskContext::listen(StoppableWaiter &Waiter) noexcept {
  std::uintptr_t Seen = NoLeaf;
  if (!Leaf.compare_exchange_strong(
          Seen, reinterpret_cast<std::uintptr_t>(&Waiter),
          std::memory_order_acq_rel, std::memory_order_acquire)) [[unlikely]] {
    if (Seen == Cancelling || Seen == Stopped)
      Waiter.cancel();
    else
      listenBeside(Waiter);
    return;
  }
  Waiter.setListens(StoppableWaiter::Listening::AsLeaf);
  if (!Registered) [[unlikely]] {
    Registered = true;
    std::construct_at(&OnStop, stopToken(), StopWaiters{this});
  }
}

void TaskContext::unlisten(StoppableWaiter &Waiter) noexcept {
  if (Waiter.listens() == StoppableWaiter::Listening::Beside) [[unlikely]] {
    unlistenBeside(Waiter);
    return;
  }
  std::uintptr_t Seen = reinterpret_cast<std::uintptr_t>(&Waiter);
  if (Leaf.compare_exchange_strong(Seen, NoLeaf, std::memory_order_acq_rel,
                                   std::memory_order_acquire)) [[likely]]
    return;
  // Another thread is cancelling the waiter, or has done so.
  while (Seen == Cancelling) {
    Leaf.wait(Cancelling, std::memory_order_acquire);
    Seen = Leaf.load(std::memory_order_acquire);
  }
}

void TaskContext::listenBeside(StoppableWaiter &Waiter) noexcept {
  OthersLock.lock();
  // The mark is set before the canceller takes the lock to cancel the listed
  // waiters.
  const bool Late = Leaf.load(std::memory_order_relaxed) == Stopped;
  if (!Late) {
    Waiter.setListens(StoppableWaiter::Listening::Beside);
    Others.add(Waiter);
  }
  OthersLock.unlock();
  if (Late)
    Waiter.cancel();
}

void TaskContext::unlistenBeside(StoppableWaiter &Waiter) noexcept {
  OthersLock.lock();
  Others.remove(Waiter);
  OthersLock.unlock();
}

/// \p Waiter was settled before, and a later canceller sees that: for the leaf
/// by the modification order of `Leaf`, for listed waiters by that of the lock.
void TaskContext::awaitCancellers(const StoppableWaiter &Waiter) noexcept {
  while (Leaf.fetch_add(0, std::memory_order_acq_rel) == Cancelling)
    Leaf.wait(Cancelling, std::memory_order_acquire);
  if (Waiter.listens() == StoppableWaiter::Listening::Beside) [[unlikely]] {
    OthersLock.lock();
    OthersLock.unlock();
  }
}

/// The waiter at the address \p Leaf, which must not be one of the marks.
static StoppableWaiter &waiterOf(std::uintptr_t Leaf) noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): beside the marks.
  return *reinterpret_cast<StoppableWaiter *>(Leaf);
}

/// Runs once, on the thread that asks to stop or in `listen`.
void TaskContext::stopWaiters() noexcept {
  const std::uintptr_t Old =
      Leaf.exchange(Cancelling, std::memory_order_acq_rel);
  if (Old != NoLeaf)
    waiterOf(Old).cancel();
  Leaf.store(Stopped, std::memory_order_release);
  Leaf.notify_all();
  // Under the lock, so that no waiter is removed meanwhile.
  OthersLock.lock();
  for (StoppableWaiter *W = Others.first(); W; W = Others.next(*W))
    W->cancel();
  OthersLock.unlock();
}

/// A listener outlives the chain if it is in a generator that does.
void TaskContext::endListening() noexcept {
  std::destroy_at(&OnStop);
  const std::uintptr_t Last = Leaf.load(std::memory_order_relaxed);
  if (Last != NoLeaf && Last != Cancelling && Last != Stopped)
    waiterOf(Last).setListens(StoppableWaiter::Listening::No);
  for (StoppableWaiter *W = Others.first(); W; W = Others.next(*W))
    W->setListens(StoppableWaiter::Listening::No);
}

void TaskContext::settle(Executor *Owner, Executor *Target) noexcept {
  Base = Owner;
  if (Target != Owner)
    moveTo(*Target);
}

void TaskContext::moveTo(Executor &Target) noexcept {
  if (&Target == Base) {
    // The base is held until the chain has arrived. The executor that the chain
    // leaves belongs to this thread, so it cannot end before this thread has
    // queued the chain.
    Held.Visited.release();
    Returning.store(true, std::memory_order_release);
    return;
  }
  // Only a loop's tasks are destroyed while they are suspended.
  if (Base && Base->as_loop() && !Held.Base)
    Held.Base = ExecutorHold(*Base);
  Held.Visited = ExecutorHold(Target);
}

void TaskContext::arrive() noexcept {
  if (ThisThread.Exec != Base)
    return;
  Returning.store(false, std::memory_order_relaxed);
  Held.Base.release();
}

void TaskContext::destroyOwnFrames() noexcept {
  PromiseBase *Innermost =
      Suspended.exchange(nullptr, std::memory_order_relaxed);
  Part.store(nullptr, std::memory_order_relaxed); // Gone with the frames.
  // A coroutine without an owner, such as a generator's, is destroyed with the
  // coroutine that awaits it.
  while (Innermost && Innermost->Context == this) {
    PromiseBase *Awaiting = Innermost->Parent;
    if (Innermost->Continuation && Innermost->OwnedBy)
      Innermost->OwnedBy->destroyChild();
    Innermost = Awaiting;
  }
}

/// Descends to a context that awaits no other one, and destroys frames on the
/// way back up.
void TaskContext::destroyFrames() noexcept {
  TaskContext *Context = this;
  for (;;) {
    ContextPart *Awaited = Context->Part.load(std::memory_order_relaxed);
    if (TaskContext *Inner = Awaited ? Awaited->nextToDestroy() : nullptr) {
      Inner->Above = Context;
      Context = Inner;
      continue;
    }
    Context->destroyOwnFrames();
    if (Context == this)
      return;
    Context = Context->Above;
  }
}

static std::uint32_t nextId() noexcept {
  static constinit std::atomic<std::uint32_t> Last{0};
  return Last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::uint32_t TaskContext::id() noexcept {
  std::uint32_t Seen = Id.load(std::memory_order_relaxed);
  if (Seen != 0)
    return Seen;
  const std::uint32_t Fresh = nextId();
  return Id.compare_exchange_strong(Seen, Fresh, std::memory_order_relaxed)
             ? Fresh
             : Seen;
}

void TaskContext::renewId() noexcept {
  if (Id.load(std::memory_order_relaxed) != 0)
    Id.store(nextId(), std::memory_order_relaxed);
}
