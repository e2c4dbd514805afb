//===-- Fork.cpp - What a child process may go on using -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fork.h"
#include "StallWatcher.h"
#include "TimerThread.h"
#include "corolint/rt/RunBlocking.h"
#include <pthread.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

static void beforeFork() {
  lockHandlerForFork(true);
  StallWatcher::get().lockForFork();
  lockLineTablesForFork(true);
  lockRegionsForFork(true);
  lockPlacesForFork(true);
  lockWaitGraphForFork(true);
}

static void unlockAll() {
  lockWaitGraphForFork(false);
  lockPlacesForFork(false);
  lockRegionsForFork(false);
  lockLineTablesForFork(false);
  StallWatcher::get().unlockAfterFork();
  lockHandlerForFork(false);
}

static void inChild() {
  ForkGeneration.fetch_add(1, std::memory_order_relaxed);
  unlockAll();
  StallWatcher::get().startOverInChild();
  BlockingThreads::get().startOverInChild();
  TimerThread::get().startOverInChild();
}

void corolint::rt::detail::watchForks() noexcept {
  [[maybe_unused]] static const int Error =
      ::pthread_atfork(&beforeFork, &unlockAll, &inChild);
}
