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

/// Part of the frame of who waits. The lock guards it until it is off the list
/// and its event set: so it lives as long as anybody else looks at it.
struct AsyncConditionVariable::Node {
  explicit Node(AsyncConditionVariable &Owner) noexcept : Owner(Owner) {
    Owner.enqueue(*this);
  }
  Node(const Node &) = delete;
  Node &operator=(const Node &) = delete;
  ~Node() { Owner.remove(*this); }

  AsyncConditionVariable &Owner;
  AsyncEvent Woken;
  Node *Prev = nullptr;
  Node *Next = nullptr;
  bool IsListed = false;
};

void AsyncConditionVariable::enqueue(Node &N) noexcept {
  Lock.lock();
  N.IsListed = true;
  N.Prev = Last;
  (Last ? Last->Next : First) = &N;
  Last = &N;
  Lock.unlock();
}

/// Returns whether it was still on the list.
bool AsyncConditionVariable::remove(Node &N) noexcept {
  Lock.lock();
  const bool WasListed = std::exchange(N.IsListed, false);
  if (WasListed) {
    (N.Prev ? N.Prev->Next : First) = N.Next;
    (N.Next ? N.Next->Prev : Last) = N.Prev;
  }
  Lock.unlock();
  return WasListed;
}

/// Under the lock.
void AsyncConditionVariable::wakeFirst() noexcept {
  Node &N = *First;
  First = N.Next;
  (First ? First->Prev : Last) = nullptr;
  N.IsListed = false;
  N.Woken.set();
}

void AsyncConditionVariable::notify_one() noexcept {
  Lock.lock();
  if (First)
    wakeFirst();
  Lock.unlock();
}

void AsyncConditionVariable::notify_all() noexcept {
  Lock.lock();
  while (First)
    wakeFirst();
  Lock.unlock();
}

static Task<AsyncMutex::Guard> lockAgain(AsyncMutex &Mutex) {
  co_return co_await Mutex.lock();
}

Task<void> AsyncConditionVariable::wait(AsyncMutex::Guard &Guard) {
  assert(Guard.owns_lock() && "unlocks what is locked");
  AsyncMutex &Mutex = *Guard.mutex();
  std::exception_ptr Stopped;
  {
    Node Mine(*this);
    Guard.unlock();
    try {
      co_await Mine.Woken.wait();
    } catch (const Cancelled &) {
      Stopped = std::current_exception();
    }
    if (Stopped && !remove(Mine))
      notify_one(); // It was notified as well: that is for somebody else.
  }
  Guard = co_await uncancellable(lockAgain(Mutex));
  if (Stopped)
    std::rethrow_exception(Stopped);
}
