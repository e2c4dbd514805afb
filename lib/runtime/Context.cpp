//===-- Context.cpp - Where this thread's code runs -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Context.h"
#include "ContextFrame.h"
#include "Fork.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/Promise.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/ThreadPool.h"
#include "corolint/rt/Waiter.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

constinit thread_local ThreadContext corolint::rt::detail::ThisThread;

//===----------------------------------------------------------------------===//
// TaskContext
//===----------------------------------------------------------------------===//

void TaskContext::listen(StoppableWaiter &Waiter) noexcept {
  std::uintptr_t Seen = NoLeaf;
  if (!Leaf.compare_exchange_strong(
          Seen, reinterpret_cast<std::uintptr_t>(&Waiter),
          std::memory_order_acq_rel, std::memory_order_acquire)) [[unlikely]] {
    if (Seen == Cancelling || Seen == Stopped)
      Waiter.cancel();
    else
      listenBeside(Waiter);
    return;
  }
  Waiter.setListens(StoppableWaiter::Listening::AsLeaf);
  if (!Registered) [[unlikely]] {
    Registered = true;
    std::construct_at(&OnStop, Stop, StopWaiters{this});
  }
}

void TaskContext::unlisten(StoppableWaiter &Waiter) noexcept {
  if (Waiter.listens() == StoppableWaiter::Listening::Beside) [[unlikely]] {
    unlistenBeside(Waiter);
    return;
  }
  std::uintptr_t Seen = reinterpret_cast<std::uintptr_t>(&Waiter);
  if (Leaf.compare_exchange_strong(Seen, NoLeaf, std::memory_order_acq_rel,
                                   std::memory_order_acquire)) [[likely]]
    return;
  // Another thread is cancelling the waiter, or has done so.
  while (Seen == Cancelling) {
    Leaf.wait(Cancelling, std::memory_order_acquire);
    Seen = Leaf.load(std::memory_order_acquire);
  }
}

void TaskContext::listenBeside(StoppableWaiter &Waiter) noexcept {
  OthersLock.lock();
  // Marked before the lock is taken to cancel those in the list.
  const bool Late = Leaf.load(std::memory_order_relaxed) == Stopped;
  if (!Late) {
    Waiter.setListens(StoppableWaiter::Listening::Beside);
    Waiter.OtherPrev = nullptr;
    Waiter.OtherNext = Others;
    if (Others)
      Others->OtherPrev = &Waiter;
    Others = &Waiter;
  }
  OthersLock.unlock();
  if (Late)
    Waiter.cancel();
}

void TaskContext::unlistenBeside(StoppableWaiter &Waiter) noexcept {
  OthersLock.lock();
  (Waiter.OtherPrev ? Waiter.OtherPrev->OtherNext : Others) = Waiter.OtherNext;
  if (Waiter.OtherNext)
    Waiter.OtherNext->OtherPrev = Waiter.OtherPrev;
  OthersLock.unlock();
}

/// \p Waiter was settled before, which a canceller that comes later sees: for
/// the leaf by the order of changes of `Leaf`, beside it by that of the lock.
void TaskContext::awaitCancellers(const StoppableWaiter &Waiter) noexcept {
  while (Leaf.fetch_add(0, std::memory_order_acq_rel) == Cancelling)
    Leaf.wait(Cancelling, std::memory_order_acquire);
  if (Waiter.listens() == StoppableWaiter::Listening::Beside) [[unlikely]] {
    OthersLock.lock();
    OthersLock.unlock();
  }
}

/// The waiter that \p Leaf names, if it is none of the marks.
static StoppableWaiter &waiterOf(std::uintptr_t Leaf) noexcept {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): beside the marks.
  return *reinterpret_cast<StoppableWaiter *>(Leaf);
}

/// On the thread that asks to stop, or in `listen`. Once.
void TaskContext::stopWaiters() noexcept {
  const std::uintptr_t Old =
      Leaf.exchange(Cancelling, std::memory_order_acq_rel);
  if (Old != NoLeaf)
    waiterOf(Old).cancel();
  Leaf.store(Stopped, std::memory_order_release);
  Leaf.notify_all();
  // Under the lock, so that none of them goes away meanwhile.
  OthersLock.lock();
  for (StoppableWaiter *W = Others; W; W = W->OtherNext)
    W->cancel();
  OthersLock.unlock();
}

/// Those who listen outlive the chain if they are in a generator that does.
void TaskContext::endListening() noexcept {
  std::destroy_at(&OnStop);
  const std::uintptr_t Last = Leaf.load(std::memory_order_relaxed);
  if (Last != NoLeaf && Last != Cancelling && Last != Stopped)
    waiterOf(Last).setListens(StoppableWaiter::Listening::No);
  for (StoppableWaiter *W = Others; W; W = W->OtherNext)
    W->setListens(StoppableWaiter::Listening::No);
}

void TaskContext::settle(Executor *Owner, Executor *Target) noexcept {
  Base = Owner;
  if (Target != Owner)
    moveTo(*Target);
}

void TaskContext::moveTo(Executor &Target) noexcept {
  if (&Target == Base) {
    // The base is held until the chain has arrived. What it leaves cannot end
    // before this thread, which is its own, has queued the chain.
    Held.Visited.release();
    Returning.store(true, std::memory_order_release);
    return;
  }
  // Only a loop's tasks are destroyed while they are suspended.
  if (Base && Base->as_loop() && !Held.Base)
    Held.Base = ExecutorHold(*Base);
  Held.Visited = ExecutorHold(Target);
}

void TaskContext::arrive() noexcept {
  if (ThisThread.Exec != Base)
    return;
  Returning.store(false, std::memory_order_relaxed);
  Held.Base.release();
}

void TaskContext::destroyOwnFrames() noexcept {
  PromiseBase *Innermost =
      Suspended.exchange(nullptr, std::memory_order_relaxed);
  Part.store(nullptr, std::memory_order_relaxed); // Dies with the frames.
  // Coroutines without an owner, as those of generators, die with whoever
  // awaits them.
  while (Innermost && Innermost->Context == this) {
    PromiseBase *Awaiting = Innermost->Parent;
    if (Innermost->Continuation && Innermost->OwnedBy)
      Innermost->OwnedBy->destroyChild();
    Innermost = Awaiting;
  }
}

/// Goes down to a context that awaits no other one, and destroys what it meets
/// on the way up.
void TaskContext::destroyFrames() noexcept {
  TaskContext *Context = this;
  for (;;) {
    ContextPart *Awaited = Context->Part.load(std::memory_order_relaxed);
    if (TaskContext *Inner = Awaited ? Awaited->nextToDestroy() : nullptr) {
      Inner->Above = Context;
      Context = Inner;
      continue;
    }
    Context->destroyOwnFrames();
    if (Context == this)
      return;
    Context = Context->Above;
  }
}

std::uint64_t TaskContext::id() noexcept {
  static constinit std::atomic<std::uint64_t> Last{0};
  if (Id == 0)
    Id = Last.fetch_add(1, std::memory_order_relaxed) + 1;
  return Id;
}

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

bool OpenRegions::removeLock(const void *Lock) noexcept {
  const auto End = Locks + std::min<std::size_t>(ThreadLocks, MaxKnownLocks);
  const auto Found = std::find(Locks, End, Lock);
  if (Found == End)
    return false;
  *std::move(Found + 1, End, Found) = nullptr;
  --ThreadLocks;
  return true;
}

/// Suspended coroutines that hold locks.
static constinit SmallLock AsideLock;
static constinit RegionsAside *FirstAside = nullptr;

static void listAside(RegionsAside &Aside) noexcept {
  if (Aside.ThreadLocks == 0)
    return;
  AsideLock.lock();
  Aside.Next = FirstAside;
  if (FirstAside)
    FirstAside->Prev = &Aside;
  FirstAside = &Aside;
  LocksAside.fetch_add(1, std::memory_order_relaxed);
  Aside.Listed = true;
  AsideLock.unlock();
}

static void unlistAside(RegionsAside &Aside) noexcept {
  if (!Aside.Listed)
    return;
  AsideLock.lock();
  (Aside.Prev ? Aside.Prev->Next : FirstAside) = Aside.Next;
  if (Aside.Next)
    Aside.Next->Prev = Aside.Prev;
  LocksAside.fetch_sub(1, std::memory_order_relaxed);
  AsideLock.unlock();
}

static bool removeLockAside(const void *Lock) noexcept {
  if (LocksAside.load(std::memory_order_relaxed) == 0)
    return false;
  bool Found = false;
  AsideLock.lock();
  for (RegionsAside *A = FirstAside; A && !Found; A = A->Next)
    Found = A->removeLock(Lock);
  AsideLock.unlock();
  return Found;
}

void corolint::rt::detail::noteLocked(const void *Lock) noexcept {
  ThisThread.Regions.addLock(Lock);
}

void corolint::rt::detail::noteUnlocking(const void *Lock) noexcept {
  OpenRegions &Open = ThisThread.Regions;
  if (Open.removeLock(Lock))
    return;
  // Taken by the code that waits below, or by what ran before on any thread.
  for (ThreadContext *T = ThisThread.Below; T; T = T->Below)
    if (T->Regions.removeLock(Lock))
      return;
  if (removeLockAside(Lock))
    return;
  // One of those that there was no room to remember.
  if (Open.ThreadLocks > OpenRegions::MaxKnownLocks)
    --Open.ThreadLocks;
  else
    Open.removeLock(nullptr);
}

/// What of the open regions was not open in \p Outer.
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

/// Takes \p Own, which lie within \p Outer, off the thread.
static RegionsAside *setAside(const OpenRegions &Own,
                              const OpenRegions *Outer) {
  auto *Aside = new RegionsAside{Own};
  listAside(*Aside);
  OpenRegions &Open = ThisThread.Regions;
  Open.NoYield -= Own.NoYield;
  Open.ThreadLocks -= Own.ThreadLocks;
  Open.NoYieldBegin = Outer ? Outer->NoYieldBegin : std::source_location();
  Open.NoYieldFunction = Outer ? Outer->NoYieldFunction : nullptr;
  return Aside;
}

//===----------------------------------------------------------------------===//
// Contracts at the await and at the call
//===----------------------------------------------------------------------===//

namespace corolint::rt::detail {
/// A violation at an await of which it is not known yet whether it lets others
/// run: an awaited task may end at once.
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

/// Reports what was deferred: all of it, or that of one await.
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

/// Only a turn of an executor ends in `endTurn`, and only a report can wait.
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

void reopenRegions(RegionsAside *Aside) noexcept {
  if (ThisThread.Deferred)
    reportDeferred(Aside, /*Suspended=*/false); // It is back in the same turn.
  unlistAside(*Aside);
  OpenRegions &Open = ThisThread.Regions;
  Open.NoYield += Aside->NoYield;
  Open.NoYieldBegin = Aside->NoYieldBegin;
  Open.NoYieldFunction = Aside->NoYieldFunction;
  reopen(*Aside);
  delete Aside;
}

void endTurn() noexcept {
  reportDeferred(nullptr, /*Suspended=*/true);
  if (ThisThread.Regions.ThreadLocks == 0)
    return;
  // What runs next has not taken these.
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

[[gnu::noinline]] void *corolint::rt::detail::addressHere() noexcept {
  return __builtin_return_address(0);
}

namespace corolint::rt::detail {
/// Says where \p V is: in its context, with a note where the call itself is.
static void place(Violation &V, const std::source_location &Call,
                  const char *What) {
  V.Where = Call;
  if (Contracts::mode() == ContractMode::Count ||
      !Contracts::watch_options().CaptureStack)
    return;
  const SourceSite Direct = V.Where;
  V.Where = callInContext(Call, ThisThread.Regions.openedAt());
  if (V.Where.Line != Direct.Line || V.Where.File != Direct.File)
    V.Notes.push_back({Direct, What});
}
} // namespace corolint::rt::detail

/// Places that were reported already; few.
static constinit SmallLock PlacesLock;
static std::vector<std::source_location> &places() {
  static auto *Reported = new std::vector<std::source_location>;
  return *Reported;
}

static bool isFirstAt(const std::source_location &Begin) {
  PlacesLock.lock();
  const bool First = std::none_of(
      places().begin(), places().end(), [&](const std::source_location &P) {
        return P.line() == Begin.line() && P.column() == Begin.column() &&
               std::strcmp(P.file_name(), Begin.file_name()) == 0;
      });
  if (First)
    places().push_back(Begin);
  PlacesLock.unlock();
  return First;
}

void corolint::rt::detail::lockRegionsForFork(bool Lock) noexcept {
  Lock ? AsideLock.lock() : AsideLock.unlock();
  Lock ? PlacesLock.lock() : PlacesLock.unlock();
}

void corolint::rt::detail::forgetReportedPlaces() noexcept {
  PlacesLock.lock();
  places().clear();
  PlacesLock.unlock();
}

void corolint::rt::detail::checkIsolation(const std::source_location &Begin) {
  const ThreadPool *Pool = ThreadPool::current();
  if (!Pool || Pool->threads() < 2 || !isFirstAt(Begin))
    return;
  Violation V;
  V.Kind = ViolationKind::NoIsolation;
  V.Check = "rt-no-isolation";
  V.Where = Begin;
  V.Message = "a no-yield region isolates nothing on a thread pool: coroutines "
              "run on its " +
              std::to_string(Pool->threads()) + " workers in parallel";
  Contracts::violate(std::move(V));
}

void corolint::rt::detail::checkYieldingCall(const char *Function,
                                             const std::source_location &Call) {
  if (ThisThread.Regions.NoYield == 0) [[likely]]
    return;
  Violation V;
  V.Kind = ViolationKind::Yield;
  V.Check = "coro-no-yield-region";
  place(V, Call, "this call yields");
  V.Message =
      std::string("call to '") + Function + "' yields inside a no-yield region";
  V.Suspended = true;
  V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                     "the no-yield region begins here"});
  Contracts::violate(std::move(V));
}

void corolint::rt::detail::checkSyncWait(const char *Function,
                                         const std::source_location &Call) {
  if (!Contracts::active() || ThisThread.Blocking == BlockingPolicy::Allowed)
    return;
  const bool OnExecutor =
      ThisThread.Exec && ThisThread.Blocking == BlockingPolicy::Forbidden;
  const bool InRegion = ThisThread.Regions.NoYield != 0;
  if (!OnExecutor && !InRegion)
    return;
  Violation V;
  V.Kind = ViolationKind::SyncWait;
  V.Check = "coro-sync-over-async";
  place(V, Call, "this call waits");
  V.Message = std::string("call to '") + Function +
              "' waits synchronously for asynchronous work ";
  V.Message += InRegion                     ? "in a no-yield region"
               : ThisThread.Exec->as_loop() ? "on the thread of an event loop"
                                            : "on a worker of a thread pool";
  if (InRegion)
    V.Notes.push_back({SourceSite(ThisThread.Regions.NoYieldBegin),
                       "the no-yield region begins here"});
  else if (ThisThread.LastAwait.line() != 0)
    V.Notes.push_back({SourceSite(ThisThread.LastAwait),
                       "the coroutine was last resumed from here"});
  Contracts::violate(std::move(V));
}

//===----------------------------------------------------------------------===//
// Waiter
//===----------------------------------------------------------------------===//

/// The holder is soon done, unless it lost its processor: then it gets this
/// one, and in the end, should it have the lower priority, some time asleep.
void SmallLock::lockSlow() noexcept {
  static constexpr unsigned Yields = 100;
  for (unsigned Tries = 0; Held.load(std::memory_order_relaxed) ||
                           Held.exchange(true, std::memory_order_acquire);
       ++Tries) {
    if (Tries < Yields)
      std::this_thread::yield();
    else
      std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

void Waiter::throwNoExecutor() {
  throw std::system_error(
      std::make_error_code(std::errc::operation_not_permitted),
      "no event loop and no thread pool runs on this thread");
}

/// A pool's queues cannot be searched, and its tasks run to their end anyway.
[[noreturn]] static void destroyedOnPool() noexcept {
  std::fputs("corolint::rt: a coroutine was destroyed while a thread pool was "
             "about to resume it\n",
             stderr);
  std::abort();
}

void Waiter::leaveExecutor() noexcept {
  EventLoop *Loop = Exec->as_loop();
  if (!Loop)
    destroyedOnPool();
  Loop->forget(*this);
}

void QueuedWaiter::cancelQueued(Waiter &Self) noexcept {
  static_cast<QueuedWaiter &>(Self).cancelHere();
}

void QueuedWaiter::cancelHere() noexcept {
  if (settlement() == Settlement::Final)
    return; // Too late. The queue may be gone.
  QueuedWaiter *Woken = nullptr;
  Queue.lock().lock();
  if (settlement() == Settlement::Open) {
    WasCancelled = true;
    if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
      Queue.remove(*this);
      settle(Settlement::Final);
      Where.store(Place::Queued, std::memory_order_relaxed);
      if (Actions->Left)
        Actions->Left(*this, Woken);
      QueueNext = std::exchange(Woken, this);
    }
  } else if (settlement() == Settlement::Granted) {
    WasCancelled = Actions->TakeBack(*this, Woken);
    if (WasCancelled)
      settle(Settlement::Final);
  }
  Queue.lock().unlock();
  // Not `wakeAll`: of those here, this is the one that is being cancelled, and
  // the others' queue is this one's.
  while (Woken) {
    QueuedWaiter &W = *std::exchange(Woken, Woken->QueueNext);
    W.Exec->enqueue(W);
  }
}

void QueuedWaiter::abandonQueued(Waiter &Self) noexcept {
  static_cast<QueuedWaiter &>(Self).leave();
}

void QueuedWaiter::abandon() noexcept {
  unlisten();
  if (settlement() == Settlement::Final)
    return; // The queue may be gone.
  QueuedWaiter *Woken = nullptr;
  Queue.lock().lock();
  if (Where.load(std::memory_order_relaxed) == Place::Waiting) {
    Queue.remove(*this);
    if (Actions->Left)
      Actions->Left(*this, Woken);
  } else if (settlement() == Settlement::Granted) {
    Actions->TakeBack(*this, Woken);
  }
  settle(Settlement::Final);
  WasCancelled = true;
  Queue.lock().unlock();
  WaitQueue::wakeAll(Woken);
}

/// The wait is over at once, but the coroutine had its share of the thread.
void QueuedWaiter::yieldFirst() noexcept { Exec->enqueue_last(*this); }

//===----------------------------------------------------------------------===//
// ScheduleAwaiter
//===----------------------------------------------------------------------===//

void ScheduleAwaiter::leave() {
  if (!Context)
    return;
  if (ThreadPool *Pool = Target->as_pool())
    Pool->refuseDeadlock(Context->BlockedPool);
  Moved = &Context->whole();
  // Whoever destroys the chain while it returns takes this off the queue.
  Where.store(Place::Queued, std::memory_order_relaxed);
  Moved->moveTo(*Target);
}

void ScheduleAwaiter::leaveQueue() noexcept {
  EventLoop *Loop = Target->as_loop();
  if (!Loop)
    destroyedOnPool();
  Loop->forget(*this);
}

ScheduleAwaiter corolint::rt::yield_now() {
  if (!ThisThread.Exec)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no executor on this thread");
  return ScheduleAwaiter(*ThisThread.Exec, ScheduleAwaiter::Stop::Heed);
}
