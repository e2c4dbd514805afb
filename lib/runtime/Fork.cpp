//===-- Fork.cpp - Handling of fork() -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fork.h"
#include "ThreadRegistry.h"
#include "TimerThread.h"
#include "corolint/rt/RunBlocking.h"
#include <pthread.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// The observer that was installed before the fork.
static constinit Observer *Locked = nullptr;

static void beforeFork() {
  // If a thread were creating one of these now, it would stay incomplete in the
  // child.
  watchForks();
  TimerThread::get();
  BlockingThreads::get();
  Locked = InstalledObserver.load(std::memory_order_acquire);
  if (Locked)
    Locked->lockForFork(true);
  ThreadRegistry::get().lockForFork();
}

static void unlockAll() {
  ThreadRegistry::get().unlockAfterFork();
  if (Locked)
    Locked->lockForFork(false);
}

static void inChild() {
  ForkGeneration.fetch_add(1, std::memory_order_relaxed);
  unlockAll();
  ThreadRegistry::get().startOverInChild();
  if (Locked)
    Locked->startOverInChild();
  BlockingThreads::get().startOverInChild();
  TimerThread::get().startOverInChild();
}

void corolint::rt::detail::watchForks() noexcept {
  [[maybe_unused]] static const int Error =
      ::pthread_atfork(&beforeFork, &unlockAll, &inChild);
}
