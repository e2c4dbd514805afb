//===-- AsyncSharedMutex.h - One writer or many readers ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCSHAREDMUTEX_H
#define COROLINT_RT_ASYNCSHAREDMUTEX_H

#include "corolint/rt/Releases.h"
#include "corolint/rt/Waiter.h"
#include <cassert>
#include <cstddef>
#include <utility>

namespace corolint::rt {

/// A lock that one coroutine holds exclusively or several coroutines share. It
/// is granted in order of arrival: readers that come after a waiting writer
/// wait for it, so neither side starves. Thread-safe, not recursive.
class AsyncSharedMutex {
public:
  AsyncSharedMutex() noexcept = default;
  AsyncSharedMutex(const AsyncSharedMutex &) = delete;
  AsyncSharedMutex &operator=(const AsyncSharedMutex &) = delete;
  ~AsyncSharedMutex() { assert(Queue.empty() && "destroyed with waiters"); }

  /// Owns an exclusive or shared lock until it is destroyed. Movable; may be
  /// released on another thread.
  class [[nodiscard]] COROLINT_HOLDS_ACROSS_AWAIT Guard {
  public:
    Guard() noexcept = default;
    Guard(Guard &&Other) noexcept
        : Owned(Other.handOn()), Exclusive(Other.Exclusive) {}
    Guard &operator=(Guard &&Other) noexcept {
      if (this != &Other) {
        unlock();
        Owned = Other.handOn();
        Exclusive = Other.Exclusive;
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
    /// Releases the lock early. Harmless if repeated.
    COROLINT_NONBLOCKING void unlock() noexcept {
      if (AsyncSharedMutex *Mutex = handOn())
        Mutex->release(Exclusive);
    }

  private:
    friend AsyncSharedMutex;
    Guard(AsyncSharedMutex &Mutex, bool Exclusive) noexcept
        : Owned(&Mutex), Exclusive(Exclusive) {
      detail::noteGuard(this);
    }
    AsyncSharedMutex *handOn() noexcept {
      if (Owned)
        detail::forgetGuard(this);
      return std::exchange(Owned, nullptr);
    }
    AsyncSharedMutex *Owned = nullptr;
    bool Exclusive = false;
  };

  class [[nodiscard]] LockAwaiter final : private detail::QueuedWaiter {
  public:
    LockAwaiter(AsyncSharedMutex &Mutex, bool Exclusive) noexcept
        : QueuedWaiter(detail::WaitKind::SharedMutex, Mutex.Queue, Actions),
          Mutex(Mutex), Exclusive(Exclusive) {
      WaitsFor = &Mutex;
    }
    ~LockAwaiter() {
      if (!Taken)
        leave();
    }
    bool await_ready() noexcept {
      return !detail::ThisThread.outOfBudget() &&
             (Taken = Mutex.tryTake(Exclusive));
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      return parkUnless(Self, [this]() noexcept {
        return Mutex.Queue.empty() && Mutex.takeNow(Exclusive);
      });
    }
    Guard await_resume() {
      if (!Taken)
        finish();
      return Guard(Mutex, Exclusive);
    }

  private:
    friend AsyncSharedMutex;

    static bool takeBack(detail::QueuedWaiter &Self,
                         detail::QueuedWaiter *&Woken) noexcept {
      auto &Me = static_cast<LockAwaiter &>(Self);
      Woken = Me.Mutex.giveBack(Me.Exclusive);
      return true;
    }
    /// Readers behind a cancelled writer need not wait any longer.
    static void left(detail::QueuedWaiter &Self,
                     detail::QueuedWaiter *&Woken) noexcept {
      Woken = static_cast<LockAwaiter &>(Self).Mutex.grant();
    }
    static constexpr detail::WaitActions Actions{KeepsGrant.Cancel, &takeBack,
                                                 KeepsGrant.Abandon, &left};

    AsyncSharedMutex &Mutex;
    const bool Exclusive;
    bool Taken = false;
  };

  /// Awaited, gives a `Guard` once this coroutine alone has the lock. Throws
  /// `Cancelled` if the task is asked to stop before its turn comes.
  LockAwaiter lock() noexcept { return LockAwaiter(*this, true); }
  /// Awaited, gives a `Guard` once no coroutine holds the lock exclusively.
  /// Throws as `lock` does.
  LockAwaiter lock_shared() noexcept { return LockAwaiter(*this, false); }
  /// Returns a guard that owns the lock if it is free now, else an empty one.
  COROLINT_NONBLOCKING Guard try_lock() noexcept {
    return tryTake(true) ? Guard(*this, true) : Guard();
  }
  /// The same for a shared lock.
  COROLINT_NONBLOCKING Guard try_lock_shared() noexcept {
    return tryTake(false) ? Guard(*this, false) : Guard();
  }

private:
  bool tryTake(bool Exclusive) noexcept;
  void release(bool Exclusive) noexcept;
  // Call these under the queue's lock; the returned waiters must be woken.
  bool takeNow(bool Exclusive) noexcept;
  detail::QueuedWaiter *giveBack(bool Exclusive) noexcept;
  detail::QueuedWaiter *grant() noexcept;

  static constexpr std::size_t Writing = std::size_t(-1);

  std::size_t Readers = 0; ///< Or `Writing`.
  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCSHAREDMUTEX_H
