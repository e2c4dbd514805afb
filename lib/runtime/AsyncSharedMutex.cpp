//===-- AsyncSharedMutex.cpp - One writer or many readers -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/AsyncSharedMutex.h"

using namespace corolint::rt;

/// Part of the frame of who waits. The lock guards it until it is off the list
/// and its event set: so it lives as long as anybody else looks at it.
struct AsyncSharedMutex::Node {
  Node(AsyncSharedMutex &Owner, bool Exclusive) noexcept
      : Owner(Owner), Exclusive(Exclusive) {}
  Node(const Node &) = delete;
  Node &operator=(const Node &) = delete;
  ~Node() {
    Owner.Lock.lock();
    if (IsListed) {
      (Prev ? Prev->Next : Owner.First) = Next;
      (Next ? Next->Prev : Owner.Last) = Prev;
      Owner.grant(); // Those behind a writer that gave up need not wait for it.
    } else if (IsGranted) {
      Owner.giveBack(Exclusive); // But nobody got to know.
    }
    Owner.Lock.unlock();
  }

  AsyncSharedMutex &Owner;
  const bool Exclusive;
  bool IsListed = false;
  bool IsGranted = false;
  AsyncEvent Turn;
  Node *Prev = nullptr;
  Node *Next = nullptr;
};

/// Under the lock.
bool AsyncSharedMutex::takeNow(bool Exclusive) noexcept {
  if (Exclusive ? Readers != 0 : Readers == Writing)
    return false;
  Readers = Exclusive ? Writing : Readers + 1;
  return true;
}

/// Under the lock: whose turn it is, has it.
void AsyncSharedMutex::grant() noexcept {
  while (First && takeNow(First->Exclusive)) {
    Node &N = *First;
    First = N.Next;
    (First ? First->Prev : Last) = nullptr;
    N.IsListed = false;
    N.IsGranted = true;
    N.Turn.set();
  }
}

/// Under the lock.
void AsyncSharedMutex::giveBack(bool Exclusive) noexcept {
  Readers = Exclusive ? 0 : Readers - 1;
  grant();
}

void AsyncSharedMutex::release(bool Exclusive) noexcept {
  Lock.lock();
  giveBack(Exclusive);
  Lock.unlock();
}

AsyncSharedMutex::Guard AsyncSharedMutex::tryAcquire(bool Exclusive) noexcept {
  Lock.lock();
  const bool Taken = !First && takeNow(Exclusive);
  Lock.unlock();
  return Taken ? Guard(*this, Exclusive) : Guard();
}

Task<AsyncSharedMutex::Guard> AsyncSharedMutex::acquire(bool Exclusive) {
  Node Mine(*this, Exclusive);
  Lock.lock();
  Mine.IsGranted = !First && takeNow(Exclusive);
  if (!Mine.IsGranted) {
    Mine.IsListed = true;
    Mine.Prev = Last;
    (Last ? Last->Next : First) = &Mine;
    Last = &Mine;
  }
  const bool Waits = Mine.IsListed;
  Lock.unlock();
  if (Waits)
    co_await Mine.Turn.wait();
  Lock.lock();
  Mine.IsGranted = false; // The guard has it.
  Lock.unlock();
  co_return Guard(*this, Exclusive);
}
