//===-- AsyncConditionVariable.cpp - Waiting for a change of state --------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncConditionVariable.h"
#include "corolint/rt/Cancellation.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// Waits for a notification with the mutex unlocked. A notification that
/// coincides with a stop, or that no coroutine receives, goes to the next
/// waiter.
class AsyncConditionVariable::NotifyAwaiter final : private QueuedWaiter {
public:
  NotifyAwaiter(AsyncConditionVariable &Changed,
                AsyncMutex::Guard &Guard) noexcept
      : QueuedWaiter(WaitKind::Condition, Changed.Queue,
                     ReturnsGrant<NotifyAwaiter>),
        Changed(Changed), Guard(Guard) {
    WaitsFor = &Changed;
  }
  ~NotifyAwaiter() { leave(); }

  bool await_ready() const noexcept { return false; }
  template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
    // Unlocks once this is in the queue. By then another thread may already
    // have notified, and even resumed, the coroutine.
    const AsyncMutex::Guard Unlocks = std::move(Guard);
    return parkUnless(Self, []() noexcept { return false; });
  }
  void await_resume() { finish(); }

private:
  friend QueuedWaiter;

  static bool takeBack(QueuedWaiter &Self, QueuedWaiter *&Woken) noexcept {
    Woken = static_cast<NotifyAwaiter &>(Self).Changed.Queue.pop();
    return true;
  }

  AsyncConditionVariable &Changed;
  AsyncMutex::Guard &Guard;
};

void AsyncConditionVariable::notify_one() noexcept {
  Queue.lock().lock();
  QueuedWaiter *Next = Queue.pop();
  Queue.lock().unlock();
  WaitQueue::wakeAll(Next);
}

void AsyncConditionVariable::notify_all() noexcept {
  Queue.lock().lock();
  QueuedWaiter *All = Queue.popAll();
  // No waiter is left to which such a notification could be passed on.
  for (QueuedWaiter *W = All; W; W = W->nextTaken())
    W->settle(QueuedWaiter::Settlement::Final);
  Queue.lock().unlock();
  WaitQueue::wakeAll(All);
}

static Task<AsyncMutex::Guard> lockAgain(AsyncMutex &Mutex) {
  co_return co_await Mutex.lock();
}

Task<void> AsyncConditionVariable::wait(AsyncMutex::Guard &Guard) {
  assert(Guard.owns_lock() && "unlocks what is locked");
  AsyncMutex &Mutex = *Guard.mutex();
  std::exception_ptr Stopped;
  try {
    co_await NotifyAwaiter(*this, Guard);
  } catch (const Cancelled &) {
    Stopped = std::current_exception();
  }
  if (!Guard.owns_lock()) // Unless the await was refused, see `ContractMode`.
    Guard = co_await uncancellable(lockAgain(Mutex));
  if (Stopped)
    std::rethrow_exception(Stopped);
}
