//===-- LockWatch.cpp - Counts the locks a thread holds -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// When linked into a program (target corolint::rt_lockwatch), wraps the pthread
// functions that the standard's mutexes call, including timed ones, so that a
// `co_await` can detect a thread lock: coro-lock-across-await. Only threads of
// executors are counted, and only while contracts are on.
//
// Not for programs under ThreadSanitizer, which must intercept these calls
// itself.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include <cerrno>
#include <ctime>
#include <dlfcn.h>
#include <pthread.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// The function of this name that ours replaces.
template <class F> static F *next(std::atomic<F *> &Known, const char *Name) {
  F *Found = Known.load(std::memory_order_acquire);
  if (!Found) {
    Found = reinterpret_cast<F *>(::dlsym(RTLD_NEXT, Name));
    Known.store(Found, std::memory_order_release);
  }
  return Found;
}

static int locked(int Error, const volatile void *Lock) noexcept {
  // A robust mutex whose owner died is acquired as well.
  if ((Error == 0 || Error == EOWNERDEAD) && ThisThread.Exec &&
      Contracts::active())
    noteLocked(const_cast<const void *>(Lock));
  return Error;
}

static void unlocking(const volatile void *Lock) noexcept {
  if (ThisThread.Regions.ThreadLocks != 0 || ThisThread.Below ||
      LocksAside.load(std::memory_order_relaxed) != 0)
    noteUnlocking(const_cast<const void *>(Lock));
}

// Every C library function that acquires or releases a lock, with the same
// signature: (name, type of the lock, other parameters, other arguments).
#define LOCKS(NAME, LOCK, PARAMETERS, ARGUMENTS)                               \
  extern "C" int NAME PARAMETERS noexcept {                                    \
    using Function = int PARAMETERS;                                           \
    static constinit std::atomic<Function *> Known{nullptr};                   \
    return locked(next(Known, #NAME) ARGUMENTS, LOCK);                         \
  }
#define UNLOCKS(NAME, LOCK, PARAMETERS, ARGUMENTS)                             \
  extern "C" int NAME PARAMETERS noexcept {                                    \
    using Function = int PARAMETERS;                                           \
    static constinit std::atomic<Function *> Known{nullptr};                   \
    unlocking(LOCK);                                                           \
    return next(Known, #NAME) ARGUMENTS;                                       \
  }

LOCKS(pthread_mutex_lock, M, (pthread_mutex_t * M), (M))
LOCKS(pthread_mutex_trylock, M, (pthread_mutex_t * M), (M))
LOCKS(pthread_mutex_timedlock, M, (pthread_mutex_t * M, const timespec *Until),
      (M, Until))
LOCKS(pthread_mutex_clocklock, M,
      (pthread_mutex_t * M, clockid_t Clock, const timespec *Until),
      (M, Clock, Until))
UNLOCKS(pthread_mutex_unlock, M, (pthread_mutex_t * M), (M))

LOCKS(pthread_rwlock_rdlock, L, (pthread_rwlock_t * L), (L))
LOCKS(pthread_rwlock_tryrdlock, L, (pthread_rwlock_t * L), (L))
LOCKS(pthread_rwlock_timedrdlock, L,
      (pthread_rwlock_t * L, const timespec *Until), (L, Until))
LOCKS(pthread_rwlock_clockrdlock, L,
      (pthread_rwlock_t * L, clockid_t Clock, const timespec *Until),
      (L, Clock, Until))
LOCKS(pthread_rwlock_wrlock, L, (pthread_rwlock_t * L), (L))
LOCKS(pthread_rwlock_trywrlock, L, (pthread_rwlock_t * L), (L))
LOCKS(pthread_rwlock_timedwrlock, L,
      (pthread_rwlock_t * L, const timespec *Until), (L, Until))
LOCKS(pthread_rwlock_clockwrlock, L,
      (pthread_rwlock_t * L, clockid_t Clock, const timespec *Until),
      (L, Clock, Until))
UNLOCKS(pthread_rwlock_unlock, L, (pthread_rwlock_t * L), (L))

LOCKS(pthread_spin_lock, L, (pthread_spinlock_t * L), (L))
LOCKS(pthread_spin_trylock, L, (pthread_spinlock_t * L), (L))
UNLOCKS(pthread_spin_unlock, L, (pthread_spinlock_t * L), (L))
