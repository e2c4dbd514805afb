//===-- AsyncMutex.h - A lock that coroutines await -------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCMUTEX_H
#define COROLINT_RT_ASYNCMUTEX_H

#include "corolint/rt/Releases.h"
#include "corolint/rt/Waiter.h"
#include <cassert>
#include <utility>

namespace corolint::rt {

/// Mutual exclusion between coroutines on any executors. Waiting suspends the
/// coroutine and never blocks the thread. The lock is granted in order of
/// arrival. Its guard is made to be held across `co_await`.
///
///   auto Guard = co_await Mutex.lock();
///
/// Thread-safe. Not recursive: a task that locks twice deadlocks. On loops and
/// pools the contracts report such a deadlock, and cycles of tasks that wait
/// for one another, at once. The mutex must outlive its guards and waiters.
class AsyncMutex {
public:
  AsyncMutex() noexcept = default;
  AsyncMutex(const AsyncMutex &) = delete;
  AsyncMutex &operator=(const AsyncMutex &) = delete;
  ~AsyncMutex() { assert(Queue.empty() && "destroyed with waiters"); }

  /// Owns the lock until it is destroyed. Movable; may be released on another
  /// thread.
  class [[nodiscard]] COROLINT_HOLDS_ACROSS_AWAIT Guard {
  public:
    Guard() noexcept = default;
    Guard(Guard &&Other) noexcept : Owned(Other.handOn()) {}
    Guard &operator=(Guard &&Other) noexcept {
      if (this != &Other) {
        unlock();
        Owned = Other.handOn();
      }
      return *this;
    }
    ~Guard() {
      if (Owned)
        detail::endGuard(this);
      unlock();
    }

    /// Does the guard own a lock? False once it was moved from or unlocked.
    bool owns_lock() const noexcept { return Owned != nullptr; }
    explicit operator bool() const noexcept { return owns_lock(); }
    /// The mutex that the guard owns, or null.
    AsyncMutex *mutex() const noexcept { return Owned; }
    /// Releases the lock early. Harmless if repeated.
    COROLINT_NONBLOCKING void unlock() noexcept {
      if (AsyncMutex *Mutex = std::exchange(Owned, nullptr)) {
        detail::forgetGuard(this);
        Mutex->unlock();
      }
    }

  private:
    friend AsyncMutex;
    explicit Guard(AsyncMutex &Mutex) noexcept : Owned(&Mutex) {
      detail::noteGuard(this);
    }
    /// Gives up the recorded holder: the contracts cannot know the next owner.
    AsyncMutex *handOn() noexcept {
      if (Owned) {
        detail::forgetGuard(this);
        Owned->forgetHolder();
      }
      return std::exchange(Owned, nullptr);
    }
    AsyncMutex *Owned = nullptr;
  };

  class [[nodiscard]] LockAwaiter final : private detail::QueuedWaiter {
  public:
    explicit LockAwaiter(AsyncMutex &Mutex) noexcept
        : QueuedWaiter(detail::WaitKind::Mutex, Mutex.Queue,
                       ReturnsGrant<LockAwaiter>),
          Mutex(Mutex) {
      WaitsFor = &Mutex;
    }
    ~LockAwaiter() {
      if (IsInGraph) [[unlikely]]
        leaveGraph();
      if (!Taken) [[unlikely]]
        leave();
    }

    bool await_ready() noexcept {
      return !detail::ThisThread.outOfBudget() && (Taken = Mutex.tryAcquire());
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      if (detail::isWatched()) [[unlikely]]
        return suspendWatched(Self);
      return parkUnless(Self, [this]() noexcept { return acquireOrMark(); });
    }
    Guard await_resume() {
      if (!Taken) [[unlikely]]
        finish();
      if (IsInGraph) [[unlikely]]
        leaveGraph();
      if (detail::isWatched()) [[unlikely]]
        Mutex.noteHolder(Promise ? Promise : detail::ThisThread.Awaiting);
      return Guard(Mutex);
    }

  private:
    friend AsyncMutex;
    friend detail::QueuedWaiter;

    bool acquireOrMark() noexcept { return Mutex.acquireOrMark(); }
    template <class P> bool suspendWatched(std::coroutine_handle<P> Self) {
      bind(Self);
      enterGraph();
      // Once suspended, the coroutine may be resumed by another thread, which
      // may destroy this awaiter.
      const bool Suspended =
          parkBound([this]() noexcept { return acquireOrMark(); });
      if (!Suspended && IsInGraph)
        leaveGraph();
      return Suspended;
    }
    /// Reports a cycle of waits that this wait closes.
    void enterGraph();
    void leaveGraph() noexcept;
    static bool takeBack(detail::QueuedWaiter &Self,
                         detail::QueuedWaiter *&Woken) noexcept {
      Woken = static_cast<LockAwaiter &>(Self).Mutex.passOn();
      return true;
    }

    AsyncMutex &Mutex;
    bool Taken = false;
    bool IsInGraph = false;
  };

  /// Awaited, gives a `Guard`. Throws `Cancelled` if the task is asked to stop
  /// before its turn comes.
  LockAwaiter lock() noexcept { return LockAwaiter(*this); }
  /// Returns a guard that owns the lock if it is free now, else an empty one.
  COROLINT_NONBLOCKING Guard try_lock() noexcept {
    return tryAcquire() ? Guard(*this) : Guard();
  }
  /// Is the mutex locked? The answer may be out of date.
  bool is_locked() const noexcept {
    return State.load(std::memory_order_relaxed) != Free;
  }

  /// The coroutine that awaited the lock and still has its guard, for
  /// comparison only. Null if the mutex is free, if the holder is unknown
  /// (after `try_lock`, or once the guard was moved), or if contracts were off.
  const detail::PromiseBase *holder() const noexcept {
    return Holder.load(std::memory_order_relaxed);
  }

private:
  enum : std::uint32_t {
    Free,
    Locked,
    Awaited, ///< Locked, and a coroutine waits or is about to.
  };

  // Callers often find the mutex taken, so a load comes first: a locked
  // operation that fails costs as much as one that succeeds.

  bool tryAcquire() noexcept {
    std::uint32_t Expected = Free;
    return State.load(std::memory_order_relaxed) == Free &&
           State.compare_exchange_strong(Expected, Locked,
                                         std::memory_order_acquire,
                                         std::memory_order_relaxed);
  }
  /// Takes the mutex, or marks it so that the holder examines the queue when it
  /// unlocks. The mark stays until the holder has the queue's lock. Call it
  /// under that lock.
  bool acquireOrMark() noexcept {
    return State.load(std::memory_order_relaxed) != Awaited &&
           State.exchange(Awaited, std::memory_order_acquire) == Free;
  }
  void unlock() noexcept {
    forgetHolder();
    std::uint32_t Expected = Locked;
    if (!State.compare_exchange_strong(Expected, Free,
                                       std::memory_order_release,
                                       std::memory_order_relaxed)) [[unlikely]]
      handOver();
  }
  void handOver() noexcept;
  /// Passes the mutex to the first waiter, if any. Under the queue's lock.
  detail::QueuedWaiter *passOn() noexcept;
  void noteHolder(const detail::PromiseBase *Coroutine) noexcept {
    Holder.store(Coroutine, std::memory_order_relaxed);
  }
  void forgetHolder() noexcept {
    if (holder()) [[unlikely]]
      noteHolder(nullptr);
  }

  std::atomic<std::uint32_t> State{Free};
  std::atomic<const detail::PromiseBase *> Holder{nullptr};
  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCMUTEX_H
