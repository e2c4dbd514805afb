//===-- Waiter.h - A coroutine that waits for something ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_WAITER_H
#define COROLINT_RT_WAITER_H

#include "corolint/rt/Contracts.h"
#include "corolint/rt/Errors.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/SmallLock.h"

namespace corolint::rt::detail {

class WaitQueue;

/// What a suspended coroutine waits for; for the wait-for chain.
enum class WaitKind : std::uint8_t {
  Timer,
  Descriptor,
  Mutex,
  Event,
  Semaphore,
  ChannelSend,
  ChannelReceive,
  Task,
  Thread,
};

/// The part of an awaiter that an executor and the contracts see.
class Waiter : public Resumable {
public:
  /// The executor on which the coroutine continues, once bound.
  Executor *Exec;
  PromiseBase *Promise = nullptr;
  const void *WaitsFor = nullptr;
  WaitKind Kind;
  bool WasCancelled = false;
  /// How a stop reaches this. The chain's context sets it.
  enum class Listening : std::uint8_t { No, AsLeaf, Beside };
  Listening Listens = Listening::No;

  TaskContext *context() const noexcept {
    return Promise ? Promise->Context : nullptr;
  }

protected:
  explicit Waiter(WaitKind Kind) noexcept : Kind(Kind) {}
  ~Waiter() {
    if (Parked) [[unlikely]]
      unpark();
    if (Where.load(std::memory_order_relaxed) != Place::Nowhere) [[unlikely]]
      leaveExecutor();
  }

  /// Notes who waits. Throws `std::system_error(operation_not_permitted)` if
  /// the thread runs no executor: nothing could then continue the coroutine.
  template <class P> void bind(std::coroutine_handle<P> Self) {
    Handle = Self;
    Promise = promiseOf(Self);
    Exec = ThisThread.Exec;
    if (!Exec) [[unlikely]]
      throwNoExecutor();
    if (ThisThread.Loop && Contracts::active()) [[unlikely]]
      park(ThisThread.Loop);
  }
  /// The wait is over, on the thread of the executor.
  void resumed() noexcept {
    if (Parked) [[unlikely]]
      unpark();
  }
  bool stopRequested() const noexcept {
    const TaskContext *C = context();
    return C && C->Stop.stop_requested();
  }
  bool stopPossible() const noexcept {
    const TaskContext *C = context();
    return C && C->Stop.stop_possible();
  }

  /// Takes the waiter out of its executor's queue, waiting for the thread that
  /// is just putting it there.
  void leaveExecutor() noexcept;

private:
  friend ::corolint::rt::EventLoop;

  [[noreturn]] static void throwNoExecutor();
  void park(EventLoop *Loop) noexcept;
  void unpark() noexcept;

  /// The loop's list of waiting coroutines, kept while contracts are on.
  EventLoop *Parked = nullptr;
  Waiter *ParkedPrev;
  Waiter *ParkedNext;
};

/// A waiter that a stop of its chain ends.
class StoppableWaiter : public Waiter {
public:
  /// On whichever thread asks to stop, once at most.
  void cancel() noexcept { Cancel(*this); }

protected:
  using CancelFunction = void (*)(StoppableWaiter &) noexcept;
  StoppableWaiter(WaitKind Kind, CancelFunction Cancel) noexcept
      : Waiter(Kind), Cancel(Cancel) {}
  ~StoppableWaiter() { unlisten(); }

  /// From now on a stop cancels this; if it was requested before, at once.
  void listen() noexcept { context()->listen(*this); }
  /// Afterwards nobody cancels this any more. Harmless if repeated.
  void unlisten() noexcept {
    if (Listens == Listening::No)
      return;
    context()->unlisten(*this);
    Listens = Listening::No;
  }

private:
  friend TaskContext;

  const CancelFunction Cancel;
  StoppableWaiter *OtherNext;
  StoppableWaiter *OtherPrev;
};

/// A waiter in the queue of a synchronisation object.
class QueuedWaiter : public StoppableWaiter {
public:
  // Set while queued: an await that need not wait does not pay for them.
  QueuedWaiter *QueueNext;
  QueuedWaiter *QueuePrev;
  /// Granted or woken: too late to cancel. Under the queue's lock.
  bool Settled = false;

protected:
  QueuedWaiter(WaitKind Kind, WaitQueue &Queue) noexcept
      : StoppableWaiter(Kind, &cancelQueued), Queue(Queue) {}
  ~QueuedWaiter() { abandon(); }

  /// Stops waiting. Afterwards nobody but the executor knows of this waiter; a
  /// derived class then gives back what it was granted but never took.
  void abandon() noexcept {
    unlisten();
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) [[unlikely]]
      leaveQueue();
  }

  /// Waits until \p TryNow, called under the queue's lock, succeeds now, or
  /// whoever serves the queue wakes this. Returns whether to suspend.
  template <class P, class F>
  bool parkUnless(std::coroutine_handle<P> Self, F &&TryNow) {
    bind(Self);
    return parkBound(std::forward<F>(TryNow));
  }
  template <class F> bool parkBound(F &&TryNow);
  /// The same for a wait that a stop does not end.
  template <class F> bool parkUncancelled(F &&TryNow);

  /// Ends the wait; throws `Cancelled` if that is why it ended.
  void finish() {
    unlisten();
    resumed();
    if (WasCancelled) [[unlikely]]
      throw Cancelled();
  }

private:
  static void cancelQueued(StoppableWaiter &Self) noexcept;
  void cancelHere() noexcept;
  void leaveQueue() noexcept;

  WaitQueue &Queue;
};

/// A lock and the coroutines that wait under it, first come first served.
class WaitQueue {
public:
  WaitQueue() noexcept : Lock(&Own) {}
  /// A second queue under the lock of \p Sibling.
  explicit WaitQueue(WaitQueue *Sibling) noexcept : Lock(Sibling->Lock) {}
  WaitQueue(const WaitQueue &) = delete;
  WaitQueue &operator=(const WaitQueue &) = delete;

  SmallLock &lock() noexcept { return *Lock; }
  bool empty() const noexcept { return !First; }
  QueuedWaiter *front() const noexcept { return First; }

  void push(QueuedWaiter &W) noexcept {
    W.Where.store(Resumable::Place::Waiting, std::memory_order_relaxed);
    W.QueuePrev = Last;
    W.QueueNext = nullptr;
    (Last ? Last->QueueNext : First) = &W;
    Last = &W;
  }
  void remove(QueuedWaiter &W) noexcept {
    (W.QueuePrev ? W.QueuePrev->QueueNext : First) = W.QueueNext;
    (W.QueueNext ? W.QueueNext->QueuePrev : Last) = W.QueuePrev;
    W.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  }
  /// Takes the first waiter off, to be woken once the lock is free; or null.
  QueuedWaiter *pop() noexcept {
    QueuedWaiter *W = First;
    if (!W)
      return nullptr;
    remove(*W);
    W->Settled = true;
    W->Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
    return W;
  }
  /// Continues \p W. Call it without the lock: the object that holds this queue
  /// may be gone as soon as \p W runs.
  static void wake(QueuedWaiter &W) noexcept { W.Exec->enqueue(W); }

private:
  SmallLock *Lock;
  SmallLock Own;
  QueuedWaiter *First = nullptr;
  QueuedWaiter *Last = nullptr;
};

template <class F> bool QueuedWaiter::parkBound(F &&TryNow) {
  // Before the waiter is in the queue: a stop that comes meanwhile only sets
  // the flag.
  if (stopPossible())
    listen();
  return parkUncancelled(std::forward<F>(TryNow));
}

template <class F> bool QueuedWaiter::parkUncancelled(F &&TryNow) {
  Queue.lock().lock();
  const bool Suspend = !WasCancelled && !TryNow();
  if (Suspend)
    Queue.push(*this);
  else
    Settled = true;
  Queue.lock().unlock();
  return Suspend;
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_WAITER_H
