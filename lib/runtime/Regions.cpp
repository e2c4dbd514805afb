//===-- Regions.cpp - Open regions, and awaits within them ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractObserver.h"
#include "corolint/rt/Context.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/Promise.h"
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace corolint::rt;
using namespace corolint::rt::detail;

bool OpenRegions::removeLock(const void *Lock) noexcept {
  const auto End = Locks + std::min<std::size_t>(ThreadLocks, MaxKnownLocks);
  const auto Found = std::find(Locks, End, Lock);
  if (Found == End)
    return false;
  *std::move(Found + 1, End, Found) = nullptr;
  --ThreadLocks;
  return true;
}

/// The suspended coroutines that hold locks.
static constinit SmallLock AsideLock;
static constinit IntrusiveList<RegionsAside, RegionsAside> AllAside;

static void listAside(RegionsAside &Aside) noexcept {
  if (Aside.ThreadLocks == 0)
    return;
  AsideLock.lock();
  AllAside.add(Aside);
  LocksAside.fetch_add(1, std::memory_order_relaxed);
  Aside.Listed = true;
  AsideLock.unlock();
}

static void unlistAside(RegionsAside &Aside) noexcept {
  if (!Aside.Listed)
    return;
  AsideLock.lock();
  AllAside.remove(Aside);
  LocksAside.fetch_sub(1, std::memory_order_relaxed);
  AsideLock.unlock();
}

static bool removeLockAside(const void *Lock) noexcept {
  if (LocksAside.load(std::memory_order_relaxed) == 0)
    return false;
  bool Found = false;
  AsideLock.lock();
  for (RegionsAside *A = AllAside.first(); A && !Found; A = AllAside.next(*A))
    Found = A->removeLock(Lock);
  AsideLock.unlock();
  return Found;
}

void corolint::rt::detail::lockRegionsForFork(bool Lock) noexcept {
  Lock ? AsideLock.lock() : AsideLock.unlock();
}

void corolint::rt::detail::noteLocked(const void *Lock) noexcept {
  installContracts();
  ThisThread.Regions.addLock(Lock);
}

void corolint::rt::detail::noteUnlocking(const void *Lock) noexcept {
  OpenRegions &Open = ThisThread.Regions;
  if (Open.removeLock(Lock))
    return;
  // The lock was taken by the waiting code below, or earlier by code on any
  // thread.
  for (ThreadContext *T = ThisThread.Below; T; T = T->Below)
    if (T->Regions.removeLock(Lock))
      return;
  if (removeLockAside(Lock))
    return;
  // It is one of the locks that are only counted.
  if (Open.ThreadLocks > OpenRegions::MaxKnownLocks)
    --Open.ThreadLocks;
  else
    Open.removeLock(nullptr);
}

/// The open regions that were not open in \p Outer.
static OpenRegions regionsWithin(const OpenRegions *Outer) noexcept {
  OpenRegions Own = ThisThread.Regions;
  if (!Outer)
    return Own;
  Own.NoYield -= std::min(Own.NoYield, Outer->NoYield);
  const auto Locks = std::min(Own.ThreadLocks, Outer->ThreadLocks);
  Own.ThreadLocks -= Locks;
  std::copy(Own.Locks + std::min<std::size_t>(Locks, Own.MaxKnownLocks),
            Own.Locks + Own.MaxKnownLocks, Own.Locks);
  return Own;
}

/// Removes \p Own, which are nested in \p Outer, from the thread.
static RegionsAside *setAside(const OpenRegions &Own,
                              const OpenRegions *Outer) {
  auto *Aside = new RegionsAside(Own);
  listAside(*Aside);
  OpenRegions &Open = ThisThread.Regions;
  Open.NoYield -= Own.NoYield;
  Open.ThreadLocks -= Own.ThreadLocks;
  Open.NoYieldBegin = Outer ? Outer->NoYieldBegin : std::source_location();
  Open.NoYieldFunction = Outer ? Outer->NoYieldFunction : nullptr;
  return Aside;
}

//===----------------------------------------------------------------------===//
// Awaits
//===----------------------------------------------------------------------===//

namespace corolint::rt::detail {
/// A violation at an await that may or may not let others run: an awaited task
/// may end at once.
struct DeferredReport {
  Violation Broken;
  const RegionsAside *Of;
  DeferredReport *Next;
};

static void report(Violation V, bool Suspended) {
  V.Suspended = Suspended;
  V.Notes.push_back({V.Where, Contracts::mode() == ContractMode::Throw
                                  ? "the await is refused"
                              : Suspended
                                  ? "the coroutine suspends here"
                                  : "this time the awaited was ready, and the "
                                    "coroutine did not suspend"});
  Contracts::violate(std::move(V));
}

/// Reports the deferred violations: all of them, or those of one await.
static void reportDeferred(const RegionsAside *Of, bool Suspended) noexcept {
  DeferredReport **Link = &ThisThread.Deferred;
  while (DeferredReport *D = *Link) {
    if (Of && D->Of != Of) {
      Link = &D->Next;
      continue;
    }
    *Link = D->Next;
    const std::unique_ptr<DeferredReport> Owned(D);
    report(std::move(D->Broken), Suspended);
  }
}

/// Only an executor's turn ends in `endTurn`, and only a report can be
/// deferred.
static bool canDefer() noexcept {
  return Contracts::mode() == ContractMode::Report && ThisThread.Beat &&
         ThisThread.Beat->running();
}

static std::vector<Violation> brokenBy(const OpenRegions &Regions,
                                       const char *Keyword,
                                       const std::source_location &Site) {
  std::vector<Violation> Broken;
  if (Regions.NoYield != 0) {
    Violation V;
    V.Kind = ViolationKind::Yield;
    V.Check = "coro-no-yield-region";
    V.Where = Site;
    V.Message =
        std::string("'") + Keyword + "' yields inside a no-yield region";
    V.Notes.push_back(
        {SourceSite(Regions.NoYieldBegin), "the no-yield region begins here"});
    Broken.push_back(std::move(V));
  }
  if (Regions.ThreadLocks != 0) {
    Violation V;
    V.Kind = ViolationKind::LockAcrossAwait;
    V.Check = "coro-lock-across-await";
    V.Where = Site;
    V.Message = "a thread's lock is held across a suspension point";
    Broken.push_back(std::move(V));
  }
  return Broken;
}

RegionsAside *awaitInRegion(bool Ready, const char *Keyword,
                            const std::source_location &Site,
                            const OpenRegions *Outer) {
  const OpenRegions Regions = regionsWithin(Outer);
  if (!Regions.any())
    return nullptr;
  const bool Defer = !Ready && canDefer();
  std::vector<Violation> Broken = brokenBy(Regions, Keyword, Site);
  if (!Defer)
    for (Violation &V : Broken)
      report(std::move(V), !Ready);
  if (Ready)
    return nullptr;
  RegionsAside *Aside = setAside(Regions, Outer);
  if (Defer)
    for (Violation &V : Broken)
      ThisThread.Deferred =
          new DeferredReport{std::move(V), Aside, ThisThread.Deferred};
  return Aside;
}

static void reopen(const OpenRegions &Regions) noexcept {
  for (std::size_t I = 0; I != Regions.ThreadLocks; ++I)
    ThisThread.Regions.addLock(I < OpenRegions::MaxKnownLocks ? Regions.Locks[I]
                                                              : nullptr);
}

void reopenRegions(RegionsAside &Aside) noexcept {
  if (ThisThread.Deferred)
    reportDeferred(&Aside, /*Suspended=*/false); // Resumed in the same turn.
  unlistAside(Aside);
  OpenRegions &Open = ThisThread.Regions;
  Open.NoYield += Aside.NoYield;
  Open.NoYieldBegin = Aside.NoYieldBegin;
  Open.NoYieldFunction = Aside.NoYieldFunction;
  reopen(Aside);
  delete &Aside;
}

void endTurn() noexcept {
  reportDeferred(nullptr, /*Suspended=*/true);
  if (ThisThread.Regions.ThreadLocks == 0)
    return;
  // The code that runs next has not taken these locks.
  OpenRegions Locks = ThisThread.Regions;
  Locks.NoYield = 0;
  RegionsAside *Left = setAside(Locks, nullptr);
  Left->Older = std::exchange(ThisThread.LeftTaken, Left);
}

void handDown(ThreadContext &Below) noexcept {
  reportDeferred(nullptr, /*Suspended=*/true);
  while (RegionsAside *Left = ThisThread.LeftTaken) {
    ThisThread.LeftTaken = Left->Older;
    unlistAside(*Left);
    reopen(*Left);
    delete Left;
  }
  const OpenRegions &Locks = ThisThread.Regions;
  for (std::size_t I = 0; I != Locks.ThreadLocks; ++I)
    Below.Regions.addLock(I < OpenRegions::MaxKnownLocks ? Locks.Locks[I]
                                                         : nullptr);
}
} // namespace corolint::rt::detail
