//===-- LockWatch.cpp - Counts the locks a thread holds -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Linked into a program (target corolint::rt_lockwatch), stands before the
// pthread functions that `std::mutex` and `std::shared_mutex` call, so that a
// `co_await` knows whether its thread holds a lock: coro-lock-across-await.
// Only threads of executors count, and only while contracts are on.
//
// Not for programs under ThreadSanitizer, which must see these calls itself.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include <dlfcn.h>
#include <pthread.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// The function of this name behind ours.
template <class F> static F *next(std::atomic<F *> &Known, const char *Name) {
  F *Found = Known.load(std::memory_order_acquire);
  if (!Found) {
    Found = reinterpret_cast<F *>(::dlsym(RTLD_NEXT, Name));
    Known.store(Found, std::memory_order_release);
  }
  return Found;
}

static int locked(int Error, const void *Lock) noexcept {
  if (Error == 0 && ThisThread.Exec && Contracts::active())
    noteLocked(Lock);
  return Error;
}

static void unlocking(const void *Lock) noexcept {
  if (ThisThread.Regions.ThreadLocks != 0 ||
      LocksAside.load(std::memory_order_relaxed) != 0)
    noteUnlocking(Lock);
}

namespace {
using MutexFunction = int(pthread_mutex_t *);
using SharedFunction = int(pthread_rwlock_t *);
constinit std::atomic<MutexFunction *> MutexLock, MutexTryLock, MutexUnlock;
constinit std::atomic<SharedFunction *> ReadLock, WriteLock, TryReadLock,
    TryWriteLock, SharedUnlock;
} // namespace

extern "C" {

int pthread_mutex_lock(pthread_mutex_t *Mutex) noexcept {
  return locked(next(MutexLock, "pthread_mutex_lock")(Mutex), Mutex);
}
int pthread_mutex_trylock(pthread_mutex_t *Mutex) noexcept {
  return locked(next(MutexTryLock, "pthread_mutex_trylock")(Mutex), Mutex);
}
int pthread_mutex_unlock(pthread_mutex_t *Mutex) noexcept {
  unlocking(Mutex);
  return next(MutexUnlock, "pthread_mutex_unlock")(Mutex);
}
int pthread_rwlock_rdlock(pthread_rwlock_t *Lock) noexcept {
  return locked(next(ReadLock, "pthread_rwlock_rdlock")(Lock), Lock);
}
int pthread_rwlock_wrlock(pthread_rwlock_t *Lock) noexcept {
  return locked(next(WriteLock, "pthread_rwlock_wrlock")(Lock), Lock);
}
int pthread_rwlock_tryrdlock(pthread_rwlock_t *Lock) noexcept {
  return locked(next(TryReadLock, "pthread_rwlock_tryrdlock")(Lock), Lock);
}
int pthread_rwlock_trywrlock(pthread_rwlock_t *Lock) noexcept {
  return locked(next(TryWriteLock, "pthread_rwlock_trywrlock")(Lock), Lock);
}
int pthread_rwlock_unlock(pthread_rwlock_t *Lock) noexcept {
  unlocking(Lock);
  return next(SharedUnlock, "pthread_rwlock_unlock")(Lock);
}

} // extern "C"
