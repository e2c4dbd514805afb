//===-- Waiter.h - Base classes of awaiters that wait -----------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_WAITER_H
#define COROLINT_RT_WAITER_H

#include "corolint/rt/Errors.h"
#include "corolint/rt/IntrusiveList.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/SmallLock.h"

namespace corolint::rt::detail {

class WaitQueue;

/// The kind of thing that a suspended coroutine waits for; for the wait-for
/// chain.
enum class WaitKind : std::uint8_t {
  Timer,
  Descriptor,
  Mutex,
  SharedMutex,
  Condition,
  Event,
  Semaphore,
  ChannelSend,
  ChannelReceive,
  Task,
  Thread,
};

class QueuedWaiter;

/// Operations on a wait from outside; one table for each kind of awaiter. A
/// null entry means no action.
struct WaitActions {
  /// Ends the wait because of a stop. On any thread.
  void (*Cancel)(Waiter &) noexcept = nullptr;
  /// Takes back a grant, under the queue's lock, and passes it to
  /// \p Woken, a chain for `WaitQueue::wakeAll`. Returns false if the grant
  /// stays.
  bool (*TakeBack)(QueuedWaiter &, QueuedWaiter *&Woken) noexcept = nullptr;
  /// Releases what the coroutine, which will not resume, waits for. On the
  /// thread of the executor.
  void (*Abandon)(Waiter &) noexcept = nullptr;
  /// The waiter left the queue without a grant, under its lock. \p Woken
  /// receives waiters that were only blocked by this one.
  void (*Left)(QueuedWaiter &, QueuedWaiter *&Woken) noexcept = nullptr;
};

/// The part of an awaiter that executors and contracts use.
class Waiter : public ListLinks<Waiter, ParkedOnExecutor>, public Resumable {
public:
  // A million coroutines may wait: these members fill the padding of
  // `Resumable`.
  WaitKind Kind;
  bool WasCancelled = false;
  /// How a stop reaches this waiter. Set by the chain's context.
  enum class Listening : std::uint8_t { No, AsLeaf, Beside };
  std::atomic<Listening> Listens{Listening::No};

private:
  /// Is the waiter in the loop's list of waiting coroutines?
  bool Parked = false;

public:
  // Unions, so that an await that need not wait does not store the members that
  // waiting will set.

  union {
    /// The executor on which the coroutine continues, once bound.
    Executor *Exec;
  };
  PromiseBase *Promise = nullptr;
  const void *WaitsFor = nullptr;
  const WaitActions *Actions;

  Listening listens() const noexcept {
    return Listens.load(std::memory_order_relaxed);
  }
  void setListens(Listening How) noexcept {
    Listens.store(How, std::memory_order_relaxed);
  }

  TaskContext *context() const noexcept {
    return Promise ? Promise->Context : nullptr;
  }

protected:
  explicit Waiter(WaitKind Kind, const WaitActions &Actions = None) noexcept
      : Kind(Kind), Actions(&Actions) {}
  ~Waiter() {
    if (Parked) [[unlikely]]
      unpark();
    if (Where.load(std::memory_order_relaxed) != Place::Nowhere) [[unlikely]]
      leaveExecutor();
  }

  /// Records the waiting coroutine. Throws
  /// `std::system_error(operation_not_permitted)` if the thread runs no
  /// executor, since nothing could then resume the coroutine.
  template <class P> void bind(std::coroutine_handle<P> Self) {
    Handle = Self;
    Promise = promiseOf(Self);
    Exec = ThisThread.Exec;
    if (!Exec) [[unlikely]]
      throwNoExecutor();
    if (ThisThread.Loop)
      park();
  }
  /// Ends the wait, on the thread of the executor.
  void resumed() noexcept {
    if (Parked)
      unpark();
  }
  bool stopRequested() const noexcept {
    const TaskContext *C = context();
    return C && C->stopRequested();
  }
  bool stopPossible() const noexcept {
    const TaskContext *C = context();
    return C && C->stopPossible();
  }

  /// Removes the waiter from its executor's queue. Waits for a thread that is
  /// just queueing it.
  void leaveExecutor() noexcept;

private:
  friend ::corolint::rt::EventLoop;

  static constexpr WaitActions None{};

  [[noreturn]] static void throwNoExecutor();
  void park() noexcept {
    Parked = true;
    Exec->Waiting.add(*this);
  }
  void unpark() noexcept {
    Exec->Waiting.remove(*this);
    Parked = false;
  }
};

/// A waiter that a stop of its chain ends.
class StoppableWaiter : public Waiter,
                        public ListLinks<StoppableWaiter, ListensBeside> {
public:
  /// Runs on the thread that asks to stop.
  void cancel() noexcept { Actions->Cancel(*this); }

protected:
  using Waiter::Waiter;
  ~StoppableWaiter() { unlisten(); }

  /// From now on a stop cancels this waiter. If a stop was already requested,
  /// cancels it at once.
  void listen() noexcept { context()->listen(*this); }
  /// Afterwards a stop no longer reaches this waiter. Harmless if repeated.
  void unlisten() noexcept {
    if (listens() == Listening::No)
      return;
    context()->unlisten(*this);
    setListens(Listening::No);
  }
};

/// A waiter in the queue of a synchronisation object.
class QueuedWaiter : public StoppableWaiter,
                     public ListLinks<QueuedWaiter, WaitQueue> {
public:
  /// The next waiter of those removed from a queue, see `WaitQueue::wakeAll`.
  QueuedWaiter *&nextTaken() noexcept {
    return ListLinks<QueuedWaiter, WaitQueue>::NextInList;
  }
  /// How the queue has served this waiter. Written under its lock.
  enum class Settlement : std::uint8_t {
    Open,    ///< Waits, or has not begun to.
    Granted, ///< Was given something that can be taken back.
    Final,   ///< Woken for good: the queue may be gone.
  };
  std::atomic<Settlement> Settled{Settlement::Open};

  void settle(Settlement How) noexcept {
    Settled.store(How, std::memory_order_release);
  }
  Settlement settlement() const noexcept {
    return Settled.load(std::memory_order_acquire);
  }
  /// Waits until no thread that asks the chain to stop uses the queue any more,
  /// from which this waiter was removed for good. The queue lives until then.
  void awaitCancellers() noexcept {
    if (listens() != Listening::No && settlement() == Settlement::Final)
      context()->awaitCancellers(*this);
  }

private:
  // Declared above the tables that name them.
  static void cancelQueued(Waiter &Self) noexcept;
  static void abandonQueued(Waiter &Self) noexcept;

protected:
  /// For waiters that keep their grant when they are stopped.
  static constexpr WaitActions KeepsGrant{&cancelQueued, nullptr,
                                          &abandonQueued};
  /// For waiters that a stop does not end.
  static constexpr WaitActions IgnoresStop{nullptr, nullptr, &abandonQueued};
  /// For waiters whose grant is taken back if a stop comes before the coroutine
  /// resumes: a value that no coroutine has received must not be lost.
  template <class Derived>
  static constexpr WaitActions ReturnsGrant{&cancelQueued, &Derived::takeBack,
                                            &abandonQueued};

  QueuedWaiter(WaitKind Kind, WaitQueue &Queue,
               const WaitActions &Actions) noexcept
      : StoppableWaiter(Kind, Actions), Queue(Queue) {}
  ~QueuedWaiter() { leave(); }

  /// Stops waiting, and gives back a grant that was never taken. Afterwards
  /// only the executor may refer to this waiter. For destructors, including
  /// those of derived classes if their members are needed for it.
  void leave() noexcept {
    if (settlement() != Settlement::Open ||
        Where.load(std::memory_order_relaxed) == Place::Waiting) [[unlikely]]
      abandon();
    else
      unlisten();
  }

  /// Waits until \p TryNow, called under the queue's lock, succeeds, or until
  /// the owner of the queue wakes this waiter. Returns whether to suspend.
  template <class P, class F>
  bool parkUnless(std::coroutine_handle<P> Self, F &&TryNow) {
    bind(Self);
    return parkBound(std::forward<F>(TryNow));
  }
  template <class F> bool parkBound(F &&TryNow);
  /// The same for a wait that a stop does not end.
  template <class F> bool parkUncancelled(F &&TryNow);

  /// Ends the wait: the grant is taken. Throws `Cancelled` if the wait was
  /// cancelled.
  void finish() {
    unlisten();
    resumed();
    Settled.store(Settlement::Open, std::memory_order_relaxed);
    if (WasCancelled) [[unlikely]]
      throw Cancelled();
  }

private:
  void cancelHere() noexcept;
  void abandon() noexcept;
  void yieldFirst() noexcept;

  WaitQueue &Queue;
};

/// A lock and the coroutines that wait under it, in order of arrival.
class WaitQueue {
public:
  WaitQueue() noexcept : Lock(&Own) {}
  /// A second queue under the lock of \p Sibling.
  explicit WaitQueue(WaitQueue *Sibling) noexcept : Lock(Sibling->Lock) {}
  WaitQueue(const WaitQueue &) = delete;
  WaitQueue &operator=(const WaitQueue &) = delete;

  SmallLock &lock() noexcept { return *Lock; }
  bool empty() const noexcept { return Waiters.empty(); }
  QueuedWaiter *front() const noexcept { return Waiters.first(); }

  void push(QueuedWaiter &W) noexcept {
    W.Where.store(Resumable::Place::Waiting, std::memory_order_relaxed);
    Waiters.add(W);
  }
  void remove(QueuedWaiter &W) noexcept {
    Waiters.remove(W);
    W.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  }
  /// Removes and returns the first waiter, to be woken once the lock is
  /// released; or returns null.
  QueuedWaiter *pop() noexcept {
    QueuedWaiter *W = front();
    if (!W)
      return nullptr;
    remove(*W);
    W->settle(W->Actions->TakeBack ? QueuedWaiter::Settlement::Granted
                                   : QueuedWaiter::Settlement::Final);
    W->nextTaken() = nullptr;
    W->Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
    return W;
  }
  /// Removes waiters from the front while \p Wanted is true of them, for
  /// `wakeAll`. They are chained by their queue links, which are unused from
  /// then on.
  template <class F> QueuedWaiter *popWhile(F &&Wanted) noexcept {
    QueuedWaiter *Taken = nullptr;
    QueuedWaiter **End = &Taken;
    while (!empty() && Wanted(*front())) {
      *End = pop();
      End = &(*End)->nextTaken();
    }
    return Taken;
  }
  QueuedWaiter *popAll() noexcept {
    return popWhile([](QueuedWaiter &) noexcept { return true; });
  }
  static void wakeAll(QueuedWaiter *All) noexcept {
    // The first woken waiter may destroy the queue.
    for (QueuedWaiter *W = All; W; W = W->nextTaken())
      W->awaitCancellers();
    while (All) {
      QueuedWaiter &W = *std::exchange(All, All->nextTaken());
      W.Exec->enqueue(W);
    }
  }
  /// Resumes \p W. Call it without the lock: the object that holds this queue
  /// may be destroyed as soon as \p W runs.
  static void wake(QueuedWaiter &W) noexcept {
    W.awaitCancellers();
    W.Exec->enqueue(W);
  }

private:
  SmallLock *Lock;
  SmallLock Own;
  IntrusiveQueue<QueuedWaiter, WaitQueue> Waiters;
};

template <class F> bool QueuedWaiter::parkBound(F &&TryNow) {
  // Listen before the waiter is in the queue: a stop that comes in between only
  // sets the flag.
  if (stopPossible())
    listen();
  return parkUncancelled(std::forward<F>(TryNow));
}

template <class F> bool QueuedWaiter::parkUncancelled(F &&TryNow) {
  Queue.lock().lock();
  // An await that is ready succeeds, even if the task was asked to stop.
  if (TryNow())
    WasCancelled = false;
  else if (!WasCancelled) {
    Queue.push(*this);
    Queue.lock().unlock();
    return true;
  }
  settle(Actions->TakeBack && !WasCancelled ? Settlement::Granted
                                            : Settlement::Final);
  Queue.lock().unlock();
  if (!ThisThread.outOfBudget()) [[likely]]
    return false;
  yieldFirst();
  return true;
}

} // namespace corolint::rt::detail

#endif // COROLINT_RT_WAITER_H
