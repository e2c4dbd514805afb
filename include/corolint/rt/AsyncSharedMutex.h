//===-- AsyncSharedMutex.h - One writer or many readers ---------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCSHAREDMUTEX_H
#define COROLINT_RT_ASYNCSHAREDMUTEX_H

#include "corolint/rt/AsyncEvent.h"
#include "corolint/rt/SmallLock.h"
#include "corolint/rt/Task.h"
#include <cassert>
#include <cstddef>
#include <utility>

namespace corolint::rt {

/// A lock that one coroutine holds exclusively, or any number of them share.
/// First come first served: readers that come after a waiting writer wait for
/// it, so that nobody starves. Thread-safe, not recursive.
class AsyncSharedMutex {
public:
  AsyncSharedMutex() noexcept = default;
  AsyncSharedMutex(const AsyncSharedMutex &) = delete;
  AsyncSharedMutex &operator=(const AsyncSharedMutex &) = delete;
  ~AsyncSharedMutex() { assert(!First && "destroyed with waiters"); }

  /// Owns a share, or all, until it dies. Movable; may be released on another
  /// thread.
  class [[nodiscard]] COROLINT_HOLDS_ACROSS_AWAIT Guard {
  public:
    Guard() noexcept = default;
    Guard(Guard &&Other) noexcept
        : Owned(std::exchange(Other.Owned, nullptr)),
          Exclusive(Other.Exclusive) {}
    Guard &operator=(Guard &&Other) noexcept {
      if (this != &Other) {
        unlock();
        Owned = std::exchange(Other.Owned, nullptr);
        Exclusive = Other.Exclusive;
      }
      return *this;
    }
    ~Guard() { unlock(); }

    /// Does this hold a lock, neither moved away nor released?
    bool owns_lock() const noexcept { return Owned != nullptr; }
    explicit operator bool() const noexcept { return owns_lock(); }
    /// Releases the lock before the guard's life ends. Harmless if repeated.
    COROLINT_NONBLOCKING void unlock() noexcept {
      if (AsyncSharedMutex *Mutex = std::exchange(Owned, nullptr))
        Mutex->release(Exclusive);
    }

  private:
    friend AsyncSharedMutex;
    Guard(AsyncSharedMutex &Mutex, bool Exclusive) noexcept
        : Owned(&Mutex), Exclusive(Exclusive) {}
    AsyncSharedMutex *Owned = nullptr;
    bool Exclusive = false;
  };

  /// Suspends until this coroutine alone has the lock. Throws `Cancelled` if
  /// the task is asked to stop before its turn comes.
  Task<Guard> lock() { return acquire(/*Exclusive=*/true); }
  /// Suspends until no coroutine has the lock exclusively. As `lock`.
  Task<Guard> lock_shared() { return acquire(/*Exclusive=*/false); }
  /// The lock if it is free now, else an empty guard.
  COROLINT_NONBLOCKING Guard try_lock() noexcept { return tryAcquire(true); }
  /// The same for a share.
  COROLINT_NONBLOCKING Guard try_lock_shared() noexcept {
    return tryAcquire(false);
  }

private:
  struct Node;
  Task<Guard> acquire(bool Exclusive);
  Guard tryAcquire(bool Exclusive) noexcept;
  bool takeNow(bool Exclusive) noexcept;
  void release(bool Exclusive) noexcept;
  void giveBack(bool Exclusive) noexcept;
  void grant() noexcept;

  static constexpr std::size_t Writing = std::size_t(-1);

  detail::SmallLock Lock;
  std::size_t Readers = 0; ///< Or `Writing`.
  Node *First = nullptr;
  Node *Last = nullptr;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCSHAREDMUTEX_H
