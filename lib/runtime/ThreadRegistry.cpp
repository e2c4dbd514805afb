//===-- ThreadRegistry.cpp - The threads that run coroutines --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ThreadRegistry.h"
#include "Fork.h"
#include "TimerThread.h"
#include "corolint/rt/RunBlocking.h"
#include "corolint/rt/ThreadPool.h"
#include <algorithm>
#include <sys/syscall.h>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

ThreadRegistry &ThreadRegistry::get() noexcept {
  // Threads may outlive statics. The program ends if there is no memory for it.
  // NOLINTNEXTLINE(bugprone-unhandled-exception-at-new)
  static auto *Instance = new ThreadRegistry;
  return *Instance;
}

/// A thread may hold the registry's lock while another thread forks: the
/// watcher and pools use the registry before any loop has run.
ThreadRegistry::ThreadRegistry() noexcept { watchForks(); }

/// The number of this thread, requested once per thread and process.
static pid_t currentThread() noexcept {
  static thread_local constinit pid_t Id = 0;
  static thread_local constinit std::uint32_t Process = 0;
  if (Id == 0 || isOfParent(Process)) [[unlikely]] {
    Id = pid_t(::syscall(SYS_gettid));
    Process = ForkGeneration.load(std::memory_order_relaxed);
  }
  return Id;
}

ThreadRegistry::Registration::Registration(Heartbeat &Watched, ThreadKind Kind,
                                           bool Already)
    : Beat(Already ? nullptr : &Watched) {
  if (!Beat)
    return;
  ThreadRegistry &R = get();
  const std::lock_guard Guard(R.Lock);
  ThreadPool *Pool = ThisThread.Exec ? ThisThread.Exec->as_pool() : nullptr;
  R.Threads.push_back(
      {.Beat = Beat, .Id = currentThread(), .Kind = Kind, .Pool = Pool});
}

ThreadRegistry::Registration::~Registration() {
  if (!Beat)
    return;
  ThreadRegistry &R = get();
  const std::lock_guard Guard(R.Lock);
  std::erase_if(R.Threads, [this](const Thread &T) { return T.Beat == Beat; });
}

void ThreadRegistry::add(ThreadPool &New) {
  const std::lock_guard Guard(Lock);
  Pools.push_back({.Address = &New});
}

void ThreadRegistry::remove(ThreadPool &Gone) noexcept {
  const std::lock_guard Guard(Lock);
  std::erase_if(Pools, [&](const Pool &P) { return P.Address == &Gone; });
}

void ThreadRegistry::lockForFork() noexcept {
  Lock.lock();
  Forking = currentThread();
}

void ThreadRegistry::unlockAfterFork() noexcept { Lock.unlock(); }

/// The other threads and the pools exist only in the parent.
void ThreadRegistry::startOverInChild() noexcept {
  std::erase_if(Threads, [this](const Thread &T) { return T.Id != Forking; });
  for (Thread &Mine : Threads)
    Mine.Id = currentThread();
  Pools.clear();
}

bool ThreadRegistry::othersAreAtWork() {
  if (BlockingThreads::get().busy() || TimerThread::get().busy())
    return true;
  const pid_t Self = currentThread();
  const std::lock_guard Guard(Lock);
  return std::ranges::any_of(Threads,
                             [&](const Thread &T) {
                               return T.Id != Self &&
                                      (T.Kind == ThreadKind::Loop ||
                                       T.Beat->running());
                             }) ||
         std::ranges::any_of(Pools,
                             [](const Pool &P) { return P.hasQueued(); });
}

std::uint64_t ThreadRegistry::Pool::taken() const noexcept {
  return Address->taken();
}
bool ThreadRegistry::Pool::hasQueued() const noexcept {
  return Address->hasQueued();
}
std::size_t ThreadRegistry::Pool::threads() const noexcept {
  return Address->threads();
}
std::vector<std::source_location> ThreadRegistry::Pool::blockedAt() const {
  return Address->blockedAt();
}
void ThreadRegistry::Pool::growIfAllowed() const noexcept {
  Address->growIfAllowed();
}
