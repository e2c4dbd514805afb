//===-- AsyncSemaphore.h - Counted permits ----------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_ASYNCSEMAPHORE_H
#define COROLINT_RT_ASYNCSEMAPHORE_H

#include "corolint/rt/Waiter.h"
#include <cassert>
#include <cstddef>

namespace corolint::rt {

/// A number of permits that coroutines acquire and release. Waiters are served
/// in order of arrival. Thread-safe.
class AsyncSemaphore {
public:
  explicit AsyncSemaphore(std::size_t Permits) noexcept : Permits(Permits) {}
  AsyncSemaphore(const AsyncSemaphore &) = delete;
  AsyncSemaphore &operator=(const AsyncSemaphore &) = delete;
  ~AsyncSemaphore() { assert(Queue.empty() && "destroyed with waiters"); }

  class [[nodiscard]] AcquireAwaiter final : private detail::QueuedWaiter {
  public:
    explicit AcquireAwaiter(AsyncSemaphore &Semaphore) noexcept
        : QueuedWaiter(detail::WaitKind::Semaphore, Semaphore.Queue,
                       ReturnsGrant<AcquireAwaiter>),
          Semaphore(Semaphore) {
      WaitsFor = &Semaphore;
    }
    ~AcquireAwaiter() {
      if (!Taken) [[unlikely]]
        leave();
    }
    bool await_ready() noexcept {
      return !detail::ThisThread.outOfBudget() &&
             (Taken = Semaphore.try_acquire());
    }
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      return parkUnless(Self,
                        [this]() noexcept { return Semaphore.takeOne(); });
    }
    void await_resume() {
      if (!Taken) [[unlikely]]
        finish();
    }

  private:
    friend detail::QueuedWaiter;

    static bool takeBack(detail::QueuedWaiter &Self,
                         detail::QueuedWaiter *&Woken) noexcept {
      AsyncSemaphore &Semaphore = static_cast<AcquireAwaiter &>(Self).Semaphore;
      Woken = Semaphore.Queue.pop();
      if (!Woken)
        ++Semaphore.Permits;
      return true;
    }

    AsyncSemaphore &Semaphore;
    bool Taken = false;
  };

  /// Suspends until a permit is free, and takes it. Throws `Cancelled` if the
  /// task is asked to stop first.
  AcquireAwaiter acquire() noexcept { return AcquireAwaiter(*this); }
  /// Takes a permit if one is free and no coroutine waits for it.
  COROLINT_NONBLOCKING bool try_acquire() noexcept {
    Queue.lock().lock();
    const bool Taken = takeOne();
    Queue.lock().unlock();
    return Taken;
  }
  /// Releases \p Count permits.
  COROLINT_NONBLOCKING void release(std::size_t Count = 1) noexcept;
  /// The number of free permits. It may be out of date.
  std::size_t available() noexcept {
    Queue.lock().lock();
    const std::size_t Free = Permits;
    Queue.lock().unlock();
    return Free;
  }

private:
  bool takeOne() noexcept {
    if (Permits == 0)
      return false;
    --Permits;
    return true;
  }

  std::size_t Permits; ///< 0 while a coroutine waits.
  detail::WaitQueue Queue;
};

} // namespace corolint::rt

#endif // COROLINT_RT_ASYNCSEMAPHORE_H
