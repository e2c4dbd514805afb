//===-- ThreadPool.cpp - A pool of threads that share work ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/ThreadPool.h"
#include "PoolWorker.h"
#include "ThreadRegistry.h"
#include "corolint/rt/ForkJoin.h"
#include <algorithm>
#include <cassert>
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

//===----------------------------------------------------------------------===//
// PoolWorker
//===----------------------------------------------------------------------===//

constinit thread_local PoolWorker *PoolWorker::Current = nullptr;
constinit thread_local EndingTask *EndingTask::Innermost = nullptr;

/// Queues work made on this worker. The newest entry goes to the slot; the
/// previous one moves to the deque, where other workers can take it.
void PoolWorker::pushLocal(Resumable &Work) noexcept {
  if (Resumable *Older = Slot.exchange(&Work, std::memory_order_seq_cst))
    pushDeque(*Older);
}

void PoolWorker::pushDeque(Resumable &Work) noexcept {
  if (!Deque.push(Work)) [[unlikely]]
    Shared.pushGlobal(Work);
}

/// A sleeping worker may miss this entry: then the owner runs the work itself,
/// and the next offer wakes the sleeper. The usual notification would cost a
/// fence per fork.
bool PoolWorker::offer(Resumable &Work) noexcept {
  if (!Deque.push(Work))
    return false;
  if (Shared.Sleepers.load(std::memory_order_relaxed) != 0) [[unlikely]]
    Shared.notify();
  return true;
}

ThreadPool &PoolWorker::pool() noexcept { return Shared.Pool; }

Resumable *PoolWorker::takeLocal() noexcept {
  // The slot holds work that was just woken and is still in the cache. A long
  // run of slot work, such as two coroutines that wake each other, would starve
  // the rest, so the run is limited.
  if (SlotRun < MaxSlotRun) {
    if (Slot.load(std::memory_order_relaxed)) {
      if (Resumable *Work = Slot.exchange(nullptr, std::memory_order_acq_rel)) {
        ++SlotRun;
        return Work;
      }
    }
  }
  SlotRun = 0;
  if (Resumable *Work = Deque.pop())
    return Work;
  if (Slot.load(std::memory_order_relaxed))
    return Slot.exchange(nullptr, std::memory_order_acq_rel);
  return nullptr;
}

Resumable *PoolWorker::stealFrom(PoolWorker &Victim) noexcept {
  if (Resumable *Work = Victim.Deque.steal())
    return Work;
  if (Victim.Slot.load(std::memory_order_relaxed))
    return Victim.Slot.exchange(nullptr, std::memory_order_acq_rel);
  return nullptr;
}

Resumable *PoolWorker::stealSomething() noexcept {
  const std::size_t Count = Shared.NumWorkers.load(std::memory_order_acquire);
  if (Count == 0)
    return nullptr; // This is the first worker and is not counted yet.
  // Marsaglia's xorshift: the choice of the first victim hardly matters.
  Random ^= Random << 13;
  Random ^= Random >> 17;
  Random ^= Random << 5;
  const std::size_t First = Random % Count;
  for (std::size_t I = 0; I != Count; ++I) {
    PoolWorker *Victim = Shared.worker((First + I) % Count);
    if (Victim == this)
      continue;
    if (Resumable *Work = stealFrom(*Victim))
      return Work;
  }
  return nullptr;
}

Resumable *PoolWorker::take() noexcept {
  if (++Turn % GlobalEvery == 0)
    if (Resumable *Work = Shared.popGlobal())
      return Work;
  // Entries at the bottom would otherwise wait as long as new ones are pushed.
  if (Turn % OldestEvery == 0)
    if (Resumable *Work = Deque.steal())
      return Work;
  if (Resumable *Work = takeLocal())
    return Work;
  if (Resumable *Work = Shared.popGlobal())
    return Work;
  return stealSomething();
}

COROLINT_RT_RESUMES void PoolWorker::runOne(Resumable &Work) {
  Taken.store(Taken.load(std::memory_order_relaxed) + 1,
              std::memory_order_relaxed);
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  ThisThread.Budget = AwaitBudget;
  Beat.begin();
  if (Work.IsFunction) [[unlikely]]
    Work.Run(Work, Resumable::Action::Run);
  else
    Work.Handle.resume();
  resumeNext();
  if (ThisThread.turnLeavesSomething()) [[unlikely]]
    observer().endTurn();
  Beat.end();
}

bool PoolWorker::help() {
  Resumable *Work = take();
  if (Work)
    runOne(*Work);
  return Work;
}

void PoolWorker::run() {
  Current = this;
  ContextScope Context(&Shared.Pool, nullptr, BlockingPolicy::Forbidden, &Beat);
  ThreadRegistry::Registration Listed(Beat, ThreadRegistry::ThreadKind::Worker);
  for (;;) {
    if (help())
      continue;
    if (!Shared.waitForWork(*this))
      return;
  }
}

//===----------------------------------------------------------------------===//
// PoolShared
//===----------------------------------------------------------------------===//

PoolShared::PoolShared(ThreadPool &Pool, const PoolOptions &Given)
    : Pool(Pool), Options(Given) {
  if (Options.Threads == 0)
    Options.Threads = std::max(1u, std::thread::hardware_concurrency());
  if (Options.Growth == PoolGrowth::Bounded)
    Options.MaxThreads = Options.Threads;
  Options.MaxThreads = std::max(Options.MaxThreads, Options.Threads);
  Workers = std::make_unique<std::atomic<PoolWorker *>[]>(Options.MaxThreads);
}

PoolShared::~PoolShared() {
  for (std::size_t I = 0, E = NumWorkers.load(); I != E; ++I)
    delete worker(I);
}

/// Throws `std::system_error` or `std::bad_alloc`. Under WorkersLock.
void PoolShared::addWorker() {
  const std::size_t Index = NumWorkers.load(std::memory_order_relaxed);
  auto New = std::make_unique<PoolWorker>(*this, Index);
  Workers[Index].store(New.get(), std::memory_order_release);
  // The thread may look for victims before the count includes it: it uses the
  // count that it sees.
  Living.fetch_add(1, std::memory_order_seq_cst);
  try {
    New->Thread = std::thread(
        [Worker = New.get(), Kept = shared_from_this()] { Worker->run(); });
  } catch (...) {
    Living.fetch_sub(1, std::memory_order_seq_cst);
    throw;
  }
  // NOLINTNEXTLINE(bugprone-unused-return-value): `Workers` has it.
  (void)New.release();
  NumWorkers.store(Index + 1, std::memory_order_release);
}

void PoolShared::pushGlobal(Resumable &Work) noexcept {
  GlobalLock.lock();
  Work.Next = nullptr;
  (GlobalLast ? GlobalLast->Next : GlobalFirst) = &Work;
  GlobalLast = &Work;
  GlobalCount.fetch_add(1, std::memory_order_seq_cst);
  GlobalLock.unlock();
}

Resumable *PoolShared::popGlobal() noexcept {
  if (GlobalCount.load(std::memory_order_relaxed) == 0)
    return nullptr;
  GlobalLock.lock();
  Resumable *Work = GlobalFirst;
  if (Work) {
    GlobalFirst = Work->Next;
    if (!GlobalFirst)
      GlobalLast = nullptr;
    GlobalCount.fetch_sub(1, std::memory_order_relaxed);
  }
  GlobalLock.unlock();
  return Work;
}

bool PoolShared::hasQueued() const noexcept {
  if (GlobalCount.load(std::memory_order_seq_cst) != 0)
    return true;
  for (std::size_t I = 0, E = NumWorkers.load(std::memory_order_acquire);
       I != E; ++I) {
    const PoolWorker *W = worker(I);
    if (!W->Deque.empty() || W->Slot.load(std::memory_order_seq_cst))
      return true;
  }
  return false;
}

/// Wakes a sleeping worker, if there is one, after work was queued with a
/// sequentially consistent store: either this thread sees the sleeper, or the
/// sleeper sees the work.
void PoolShared::notify() noexcept {
  if (Sleepers.load(std::memory_order_seq_cst) == 0)
    return;
  Epoch.fetch_add(1, std::memory_order_seq_cst);
  Epoch.notify_one();
}

void PoolShared::endAll() noexcept {
  AllIdle.store(true, std::memory_order_seq_cst);
  Epoch.fetch_add(1, std::memory_order_seq_cst);
  Epoch.notify_all();
}

/// Returns false when the worker is to end.
bool PoolShared::waitForWork(PoolWorker &) noexcept {
  // Work often arrives soon: check a few times before sleeping.
  for (unsigned I = 0; I != SpinsBeforeSleep; ++I) {
    std::this_thread::yield();
    if (hasQueued())
      return true;
  }
  Sleepers.fetch_add(1, std::memory_order_seq_cst);
  const std::uint32_t Seen = Epoch.load(std::memory_order_seq_cst);
  bool GoOn = true;
  if (!hasQueued()) {
    // The last worker to find no work ends all of them. Until then the others
    // may still produce work, and wait for it.
    if (Ending.load(std::memory_order_seq_cst) &&
        Sleepers.load(std::memory_order_seq_cst) >=
            Living.load(std::memory_order_seq_cst))
      endAll();
    if (AllIdle.load(std::memory_order_seq_cst))
      GoOn = false;
    else
      Epoch.wait(Seen, std::memory_order_seq_cst);
  }
  Sleepers.fetch_sub(1, std::memory_order_seq_cst);
  return GoOn;
}

//===----------------------------------------------------------------------===//
// ThreadPool
//===----------------------------------------------------------------------===//

ThreadPool::ThreadPool(const PoolOptions &Options)
    : Shared(std::make_shared<PoolShared>(*this, Options)) {
  try {
    for (std::size_t I = 0; I != Shared->Options.Threads; ++I)
      Shared->addWorker();
    ThreadRegistry::get().add(*this);
  } catch (...) {
    endThreads();
    throw;
  }
}

ThreadPool::~ThreadPool() {
  Shared->Stopping.request_stop();
  waitForTasks();
  ThreadRegistry::get().remove(*this);
  endThreads();
  while (Shared->Visitors.load(std::memory_order_acquire) != 0)
    std::this_thread::yield();
}

/// Does not wait for tasks whose end, on this thread, destroys the pool.
void ThreadPool::waitForTasks() noexcept {
  std::size_t Ending = 0;
  for (EndingTask *E = EndingTask::Innermost; E; E = E->Outer) {
    if (E->Pool != Shared.get())
      continue;
    E->PoolIsGone = true;
    ++Ending;
  }
  const bool OnWorker = current() == this && PoolWorker::Current;
  for (;;) {
    const std::size_t Left = Shared->Live.load(std::memory_order_acquire);
    if (Left == Ending)
      return;
    if (!OnWorker)
      Shared->Live.wait(Left, std::memory_order_acquire);
    else if (!PoolWorker::Current->help())
      std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

/// Queued work runs first, and may make the pool grow: no worker ends before
/// all are idle. A worker that destroys the pool continues with the queued work
/// and ends when that is done.
void ThreadPool::endThreads() noexcept {
  PoolWorker *Self = current() == this ? PoolWorker::Current : nullptr;
  while (Self && Self->help()) {
  }
  if (Self)
    Shared->Living.fetch_sub(1, std::memory_order_seq_cst);
  Shared->Ending.store(true, std::memory_order_seq_cst);
  Shared->Epoch.fetch_add(1, std::memory_order_seq_cst);
  Shared->Epoch.notify_all();
  for (std::size_t I = 0; I != threads(); ++I) {
    PoolWorker *Worker = Shared->worker(I);
    if (Worker == Self)
      Worker->Thread.detach();
    else
      Worker->Thread.join();
  }
}

ThreadPool *ThreadPool::current() noexcept {
  return ThisThread.Exec ? ThisThread.Exec->as_pool() : nullptr;
}

void ThreadPool::enqueue(Resumable &Work) noexcept {
  Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  PoolWorker *Worker = PoolWorker::Current;
  if (Worker && ThisThread.Exec == this) [[likely]] {
    Worker->pushLocal(Work);
    Shared->notify();
    return;
  }
  Shared->Visitors.fetch_add(1, std::memory_order_relaxed);
  Shared->pushGlobal(Work);
  Shared->notify();
  Shared->Visitors.fetch_sub(1, std::memory_order_release);
}

void ThreadPool::enqueue_last(Resumable &Work) noexcept {
  Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  Shared->Visitors.fetch_add(1, std::memory_order_relaxed);
  Shared->pushGlobal(Work);
  Shared->notify();
  Shared->Visitors.fetch_sub(1, std::memory_order_release);
}

bool ThreadPool::take_back(Resumable &Work) noexcept {
  PoolWorker *Worker = PoolWorker::Current;
  Resumable *Last = &Work;
  if (!Worker || ThisThread.Exec != this ||
      !Worker->Slot.compare_exchange_strong(
          Last, nullptr, std::memory_order_acq_rel, std::memory_order_relaxed))
    return false;
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  return true;
}

void ThreadPool::adopt(ChainTask Root) noexcept {
  ChainPromise &Chain = *Root.release();
  Chain.Owner = this;
  Chain.Own.settle(this, this);
  Chain.Own.Stop = stop_token();
  hold();
  enqueue(Chain);
}

std::coroutine_handle<> ThreadPool::chainEnded(ChainPromise &Chain) noexcept {
  const TaskContext::Holds Held = std::move(Chain.Own.Held);
  EndingTask Ending{Shared.get(), false, EndingTask::Innermost};
  EndingTask::Innermost = &Ending;
  Chain.destroy();
  EndingTask::Innermost = Ending.Outer;
  if (!Ending.PoolIsGone) [[likely]]
    letGo();
  return std::noop_coroutine();
}

void ThreadPool::hold() noexcept {
  Shared->Live.fetch_add(1, std::memory_order_relaxed);
}

void ThreadPool::letGo() noexcept {
  Shared->Visitors.fetch_add(1, std::memory_order_relaxed);
  Shared->Live.fetch_sub(1, std::memory_order_acq_rel);
  Shared->Live.notify_all();
  Shared->Visitors.fetch_sub(1, std::memory_order_release);
}

std::stop_token ThreadPool::stop_token() const noexcept {
  return Shared->Stopping.get_token();
}

std::size_t ThreadPool::threads() const noexcept {
  return Shared->NumWorkers.load(std::memory_order_acquire);
}

std::size_t ThreadPool::blocked_workers() const noexcept {
  const std::lock_guard Guard(Shared->BlockedLock);
  return Shared->Blocked.size();
}

bool ThreadPool::starvesItself() const noexcept {
  return threads() >= Shared->Options.MaxThreads &&
         blocked_workers() >= threads();
}

ThreadPool *ThreadPool::blockedHere() noexcept {
  return ThisThread.Loop ? ThisThread.Loop->BlockedPool : nullptr;
}

void ThreadPool::refuseDeadlock(const ThreadPool *Blocked) const {
  if (Blocked == this && starvesItself())
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "every worker of the pool waits for work of the pool");
}

void ThreadPool::workerBlocks(const std::source_location &Call) {
  {
    const std::lock_guard Guard(Shared->BlockedLock);
    Shared->Blocked.push_back({PoolWorker::Current, Call});
  }
  if (blocked_workers() >= threads())
    growIfAllowed();
}

void ThreadPool::workerUnblocks() noexcept {
  const std::lock_guard Guard(Shared->BlockedLock);
  for (std::size_t I = Shared->Blocked.size(); I-- != 0;) {
    if (Shared->Blocked[I].Worker != PoolWorker::Current)
      continue;
    Shared->Blocked.erase(Shared->Blocked.begin() + std::ptrdiff_t(I));
    return;
  }
}

std::vector<std::source_location> ThreadPool::blockedAt() const {
  const std::lock_guard Guard(Shared->BlockedLock);
  std::vector<std::source_location> Calls;
  for (const PoolShared::BlockedWorker &B : Shared->Blocked)
    Calls.push_back(B.Call);
  return Calls;
}

std::uint64_t ThreadPool::taken() const noexcept {
  std::uint64_t Sum = 0;
  for (std::size_t I = 0, E = threads(); I != E; ++I)
    Sum += Shared->worker(I)->Taken.load(std::memory_order_relaxed);
  return Sum;
}

bool ThreadPool::hasQueued() const noexcept { return Shared->hasQueued(); }

void ThreadPool::growIfAllowed() noexcept {
  if (Shared->Options.Growth != PoolGrowth::Growing)
    return;
  // The pool may grow even while it ends: its last work may need a free worker.
  // The thread that joins the workers checks for new ones after each.
  const std::lock_guard Guard(Shared->WorkersLock);
  if (threads() >= Shared->Options.MaxThreads)
    return;
  try {
    Shared->addWorker();
  } catch (const std::exception &) { // NOLINT(bugprone-empty-catch)
    // Without another thread the pool stays as it was.
  }
}

//===----------------------------------------------------------------------===//
// Fork and join
//===----------------------------------------------------------------------===//

std::coroutine_handle<>
corolint::rt::detail::forkJoinLegDone(ForkJoinLeg &Leg) noexcept {
  return Leg.Fork->goOnAfter(Leg);
}

const void *corolint::rt::detail::offerToThieves(Resumable &Work) noexcept {
  PoolWorker *Worker = PoolWorker::Current;
  if (!Worker || ThisThread.Exec != &Worker->pool())
    return nullptr;
  ThisThread.Beat->moveOn(); // Offered work stalls nobody.
  Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  if (!Worker->offer(Work)) {
    Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
    return nullptr;
  }
  return Worker;
}

bool corolint::rt::detail::takeBack(const void *Worker,
                                    Resumable &Work) noexcept {
  PoolWorker *Current = PoolWorker::Current;
  if (Current != Worker || !Current->Deque.popIf(Work))
    return false;
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  return true;
}
