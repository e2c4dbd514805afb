//===-- EventLoop.cpp - A single-threaded event loop ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/EventLoop.h"
#include "DescriptorTable.h"
#include "ThreadRegistry.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/Sleep.h"
#include "corolint/rt/TaskScope.h"
#include <algorithm>
#include <system_error>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

#if defined(__has_feature)
#if __has_feature(realtime_sanitizer)
#define COROLINT_RT_REALTIME [[clang::nonblocking]]
#endif
#endif
#ifndef COROLINT_RT_REALTIME
#define COROLINT_RT_REALTIME
#endif

/// Makes the loop the current one of its thread.
class EventLoop::Running {
public:
  explicit Running(EventLoop &Loop)
      : Loop(Loop), WasRunning(std::exchange(Loop.IsRunning, true)),
        Context(&Loop, &Loop, BlockingPolicy::Forbidden, &Loop.Beat),
        Listed(Loop.Beat, ThreadRegistry::ThreadKind::Loop, WasRunning) {}
  ~Running() { Loop.IsRunning = WasRunning; }

private:
  EventLoop &Loop;
  bool WasRunning;
  ContextScope Context;
  ThreadRegistry::Registration Listed;
};

class EventLoop::Visit {
public:
  explicit Visit(EventLoop &Loop) noexcept : Loop(Loop) {
    Loop.Visitors.fetch_add(1, std::memory_order_relaxed);
  }
  ~Visit() { Loop.Visitors.fetch_sub(1, std::memory_order_release); }
  Visit(const Visit &) = delete;
  Visit &operator=(const Visit &) = delete;

private:
  EventLoop &Loop;
};

//===----------------------------------------------------------------------===//
// Construction and destruction
//===----------------------------------------------------------------------===//

EventLoop::EventLoop(LoopTime Time) {
  if (Time == LoopTime::Virtual)
    VirtualNow = Clock::now();
}

EventLoop::~EventLoop() {
  if (Held.load(std::memory_order_acquire) != 0) {
    Running Scope(*this);
    drain();
  }
  {
    ContextScope Scope(this, this, BlockingPolicy::NoOpinion, nullptr);
    destroyTasks();
    while (!Scopes.empty())
      unlist(*Scopes.first());
  }
  // A thread that queued the last piece of work may still be inside a call.
  while (Visitors.load(std::memory_order_acquire) != 0)
    std::this_thread::yield();
  if (Descriptors)
    Descriptors->retire();
}

//===----------------------------------------------------------------------===//
// Queues
//===----------------------------------------------------------------------===//

bool EventLoop::ReadyQueue::remove(Resumable &Work) noexcept {
  Resumable *Before = nullptr;
  for (Resumable *R = First; R; Before = R, R = R->Next) {
    if (R != &Work)
      continue;
    (Before ? Before->Next : First) = Work.Next;
    if (Last == &Work)
      Last = Before;
    BeforeLast = nullptr;
    return true;
  }
  return false;
}

/// Returns whether \p Work is the last entry and its predecessor is known.
bool EventLoop::ReadyQueue::takeLast(Resumable &Work) noexcept {
  if (Last != &Work)
    return false;
  if (First == &Work)
    First = Last = nullptr;
  else if (BeforeLast)
    (Last = std::exchange(BeforeLast, nullptr))->Next = nullptr;
  else
    return false;
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  return true;
}

void EventLoop::enqueue(Resumable &Work) noexcept {
  Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  if (ThisThread.Loop == this) [[likely]]
    Ready.push(Work);
  else
    pushRemote(Work);
}

void EventLoop::pushRemote(Resumable &Work) noexcept {
  // The loop may run Work and be destroyed before this function returns.
  const Visit Here(*this);
  Resumable *Top = Remote.load(std::memory_order_relaxed);
  do
    Work.Next = Top;
  while (!Remote.compare_exchange_weak(Top, &Work, std::memory_order_seq_cst,
                                       std::memory_order_relaxed));
  wakeUp();
}

/// The loop sets Sleeping, then checks for work from other threads; they queue
/// the work, then check Sleeping. So at least one side sees the other.
void EventLoop::wakeUp() noexcept {
  if (Sleeping.load(std::memory_order_seq_cst) &&
      Sleeping.exchange(false, std::memory_order_seq_cst))
    Descriptors->wakeUp();
}

void EventLoop::takeRemote() noexcept {
  if (!Remote.load(std::memory_order_relaxed)) [[likely]]
    return;
  Resumable *Newest = Remote.exchange(nullptr, std::memory_order_acquire);
  Resumable *Oldest = nullptr;
  while (Newest) {
    Resumable *Work = std::exchange(Newest, Newest->Next);
    Work->Next = Oldest;
    Oldest = Work;
  }
  while (Oldest)
    Ready.push(*std::exchange(Oldest, Oldest->Next));
}

void EventLoop::forget(Resumable &Work) noexcept {
  for (;;) {
    takeRemote();
    if (Ready.remove(Work))
      break;
    std::this_thread::yield(); // Another thread is just about to push it.
  }
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
}

void EventLoop::stop() noexcept {
  const Visit Here(*this);
  StopRequested.store(true, std::memory_order_seq_cst);
  wakeUp();
}

void EventLoop::removeOutstanding() noexcept {
  const Visit Here(*this);
  Outstanding.fetch_sub(1, std::memory_order_seq_cst);
  wakeUp();
}

void EventLoop::hold() noexcept {
  Held.fetch_add(1, std::memory_order_relaxed);
}

void EventLoop::letGo() noexcept {
  const Visit Here(*this);
  Held.fetch_sub(1, std::memory_order_seq_cst);
  wakeUp();
}

void EventLoop::failWith(std::exception_ptr Error) noexcept {
  if (!FirstError)
    FirstError = std::move(Error);
  EndRound = true;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

void EventLoop::checkEntry(const char *Function,
                           const std::source_location &Call) {
  const bool Waits = Function != std::string_view("poll");
  if (isWatched() || ThisThread.Regions.any()) [[unlikely]] {
    observer().checkYieldingCall(Function, Call);
    if (Waits)
      observer().checkSyncWait(Function, Call);
  }
  if (!Waits)
    return;
  if (IsRunning)
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "the event loop is running already");
}

/// Under RealtimeSanitizer the coroutine's calls must not block.
static inline void
resumeCoroutine(std::coroutine_handle<> Coroutine) COROLINT_RT_REALTIME {
  Coroutine.resume();
}

/// After an exception the caller ends the turn, so that the loop over the turns
/// needs no frame of its own for each.
inline void EventLoop::resume(Resumable &Work, bool Nested) {
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  ThisThread.Budget = AwaitBudget;
  Beat.begin(Nested);
  if (Work.IsFunction) [[unlikely]]
    Work.Run(Work, Resumable::Action::Run);
  else
    resumeCoroutine(Work.Handle);
  resumeNext();
  if (ThisThread.turnLeavesSomething()) [[unlikely]]
    observer().endTurn();
  Beat.end(Nested);
}

/// A nested turn, of a coroutine that polls its own loop, counts twice, so that
/// the heartbeat still shows a running loop.
COROLINT_RT_RESUMES void EventLoop::runSome() {
  const bool Nested = Beat.running();
  EndRound = false;
  try {
    for (unsigned I = 0; I != ResumesPerRound && !Ready.empty() && !EndRound;
         ++I)
      resume(Ready.pop(), Nested);
  } catch (...) {
    failWith(std::current_exception()); // Ends the round.
    if (ThisThread.turnLeavesSomething())
      observer().endTurn();
    Beat.end(Nested);
  }
}

bool EventLoop::waitsForOutside() const noexcept {
  return !Timers.empty() || (Descriptors && Descriptors->waiting() != 0) ||
         Outstanding.load(std::memory_order_relaxed) != 0 ||
         Held.load(std::memory_order_acquire) != 0;
}

bool EventLoop::fireTimers() noexcept {
  if (Timers.empty())
    return false;
  const Clock::time_point Now = now();
  bool Any = false;
  while (TimerNode *First = Timers.first()) {
    if (First->Deadline > Now)
      break;
    Timers.remove(*First);
    enqueue(*static_cast<SleepAwaiter *>(First));
    Any = true;
  }
  return Any;
}

/// Queues work that timers and descriptors have made ready, in addition to the
/// ready work.
void EventLoop::serveNow() {
  RoundsSinceServed = 0;
  fireTimers();
  if (Descriptors && Descriptors->waiting() != 0)
    Descriptors->serve(std::chrono::nanoseconds(0));
}

DescriptorTable &EventLoop::descriptors() {
  if (!Descriptors)
    Descriptors = std::make_shared<DescriptorTable>();
  else if (Descriptors->isOfParent()) [[unlikely]]
    Descriptors->leaveParent();
  return *Descriptors;
}

/// Do coroutines wait, but for nothing that the loop knows of?
bool EventLoop::isStuck() const noexcept {
  return !Waiting.empty() && !waitsForOutside() && isWatched();
}

static std::chrono::nanoseconds
untilDeadline(EventLoop::Clock::time_point Deadline) {
  const auto Now = EventLoop::Clock::now();
  return Deadline > Now ? Deadline - Now : std::chrono::nanoseconds(0);
}

/// Sleeps while tasks that ignore a stop wait for nothing that the loop knows
/// of. Other work in the process may still wake them, and does not notify the
/// loop when it ends.
void EventLoop::sleepDraining() {
  static constexpr std::chrono::milliseconds LookAgain{5};
  sleepAtMost(LookAgain);
}

std::vector<const Waiter *> EventLoop::waiting() const {
  std::vector<const Waiter *> All;
  for (const Waiter *W = Waiting.first(); W; W = Waiting.next(*W))
    All.push_back(W);
  std::ranges::reverse(All);
  return All;
}

/// Other threads may still end the waits, unless the reason was already
/// reported.
void EventLoop::reportStuck() {
  const std::vector<const Waiter *> All = waiting();
  const bool IsExplained = observer().isExplained(All);
  if (!IsExplained && (ThreadRegistry::get().othersAreAtWork() ||
                       Remote.load(std::memory_order_acquire)))
    return;
  ReportedStuck = true;
  if (!IsExplained)
    observer().reportStuck(All);
}

/// In virtual time: serves ready descriptors, or else advances to the next
/// timer. Returns false if there is no next timer, or if other threads have to
/// finish first.
bool EventLoop::skipToTimer(Clock::time_point &Now) {
  const TimerNode *First = Timers.first();
  if (!First || First->Deadline == Clock::time_point::max() ||
      Outstanding.load(std::memory_order_acquire) != 0 ||
      Held.load(std::memory_order_acquire) != 0)
    return false;
  if (!Descriptors || Descriptors->waiting() == 0 ||
      !sleepAtMost(std::chrono::nanoseconds(0)))
    Now = std::max(Now, First->Deadline);
  return true;
}

/// Waits for a timer, a descriptor or another thread when no work is ready.
void EventLoop::sleep() {
  if (VirtualNow && skipToTimer(*VirtualNow))
    return;
  std::optional<std::chrono::nanoseconds> Limit;
  if (const TimerNode *First = Timers.first(); First && !VirtualNow)
    Limit = untilDeadline(First->Deadline);
  if (!isStuck() || ReportedStuck) {
    sleepAtMost(Limit);
    return;
  }
  const auto Patience = observer().patience();
  if (Patience.count() <= 0) {
    sleepAtMost(std::nullopt);
    return;
  }
  const Clock::time_point Start = Clock::now();
  if (!sleepAtMost(Patience) && !Remote.load(std::memory_order_relaxed) &&
      Ready.empty() && Clock::now() - Start >= Patience)
    reportStuck();
}

/// Returns whether work arrived before \p Limit had passed.
bool EventLoop::sleepAtMost(std::optional<std::chrono::nanoseconds> Limit) {
  DescriptorTable &Table = descriptors();
  RoundsSinceServed = 0;
  Sleeping.store(true, std::memory_order_seq_cst);
  bool Woken = true;
  if (!Remote.load(std::memory_order_seq_cst) &&
      !StopRequested.load(std::memory_order_seq_cst) &&
      (Outstanding.load(std::memory_order_seq_cst) != 0 || waitsForOutside() ||
       isStuck() || !Roots.empty() || scopeWithTasks()))
    Woken = Table.serve(Limit);
  Sleeping.store(false, std::memory_order_seq_cst);
  return Woken;
}

void EventLoop::runLoop(Until End, const bool *Done) {
  unsigned RoundsWithoutTasks = 0;
  const auto Ended = [&] {
    return FirstError || (Done && *Done) ||
           (End != Until::Quiet &&
            StopRequested.load(std::memory_order_relaxed));
  };
  for (;;) {
    takeRemote();
    if (!Ready.empty()) {
      ReportedStuck = false;
      runSome();
      if (Ended())
        return;
      if (End == Until::Quiet) {
        if (Held.load(std::memory_order_relaxed) != 0)
          cancelVisitors();
        if (Roots.empty())
          stopScopes();
        // Functions may post themselves again without end.
        if (!hasTasks() && ++RoundsWithoutTasks == ShortRounds)
          return;
      }
      if (!Ready.empty() || ++RoundsSinceServed >= ShortRounds)
        serveNow();
      continue;
    }
    if (Ended())
      return;
    if (fireTimers())
      continue;
    // First check whether other threads may still act, then whether they have.
    const bool Waits = waitsForOutside();
    if (Remote.load(std::memory_order_acquire))
      continue;
    if (End == Until::Quiet) {
      StopRequested.store(false, std::memory_order_relaxed);
      if (Roots.empty() && stopScopes())
        continue;
      if (Held.load(std::memory_order_acquire) != 0) {
        if (cancelVisitors())
          continue;
      } else if (Roots.empty() && !scopeWithTasks()) {
        return;
      } else if (!Waits) {
        if (ThreadRegistry::get().othersAreAtWork()) {
          sleepDraining();
          continue;
        }
        // The last of them may have queued work and left since.
        if (!Remote.load(std::memory_order_acquire))
          return;
        continue;
      }
    } else if (End == Until::Idle && Roots.empty() && !Waits) {
      return;
    }
    sleep();
  }
}

/// A stop requested after the last run does not apply to this one.
void EventLoop::beginRun() noexcept {
  if (std::exchange(HasRun, true))
    StopRequested.store(false, std::memory_order_relaxed);
}

void EventLoop::run(const std::source_location &Call) {
  checkEntry("run", Call);
  Running Scope(*this);
  beginRun();
  runLoop(Until::Idle, nullptr);
  if (FirstError)
    std::rethrow_exception(std::exchange(FirstError, nullptr));
}

/// Owns the task passed to `run`, on behalf of the loop.
class EventLoop::MainTask final : public ChainOwner {
public:
  explicit MainTask(EventLoop &Loop) noexcept : Loop(Loop) {}
  void chainStarts(ChainPromise &Chain) noexcept override {
    Loop.chainStarts(Chain);
  }
  std::coroutine_handle<> chainEnded(ChainPromise &Chain) noexcept override {
    if (ThisThread.Loop == &Loop) {
      Done = true;
      Loop.EndRound = true;
    }
    return Loop.chainEnded(Chain);
  }

  bool Done = false;

private:
  EventLoop &Loop;
};

void EventLoop::runMain(ChainTask Root) {
  Running Scope(*this);
  beginRun();
  MainTask Main(*this);
  takeRemote(); // Earlier spawned tasks begin first.
  adopt(std::move(Root), Main);
  std::exception_ptr Error;
  try {
    runLoop(Until::Done, &Main.Done);
  } catch (...) {
    Error = std::current_exception();
  }
  if (FirstError)
    Error = std::exchange(FirstError, nullptr);
  if (!Main.Done || hasTasks())
    drain();
  if (!Error && FirstError)
    Error = std::exchange(FirstError, nullptr);
  FirstError = nullptr;
  if (Error)
    std::rethrow_exception(Error);
  if (!Main.Done)
    throw Cancelled();
}

/// Asks every task to stop and runs until they have ended. Destroys those that
/// cannot make progress. One task's error does not keep the others from ending.
void EventLoop::drain() {
  std::exception_ptr Kept;
  Stopping.request_stop();
  do {
    if (FirstError && !Kept)
      Kept = FirstError;
    FirstError = nullptr;
    try {
      runLoop(Until::Quiet, nullptr);
    } catch (...) {
      // The kernel refuses to wait, possibly because it is out of descriptors:
      // retry later.
      failWith(std::current_exception());
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  } while (FirstError);
  destroyTasks();
  letScopesGoOn();
  try {
    Stopping = std::stop_source();
  } catch (const std::bad_alloc &) {
    Stopping =
        std::stop_source(std::nostopstate); // Later runs cannot be asked.
  }
  FirstError = Kept;
}

void EventLoop::shutdown(const std::source_location &Call) {
  checkEntry("shutdown", Call);
  Running Scope(*this);
  drain();
  if (FirstError)
    std::rethrow_exception(std::exchange(FirstError, nullptr));
}

bool EventLoop::poll(const std::source_location &Call) {
  checkEntry("poll", Call);
  Running Scope(*this);
  takeRemote();
  serveNow();
  const bool Any = !Ready.empty();
  runSome();
  if (FirstError)
    std::rethrow_exception(std::exchange(FirstError, nullptr));
  return Any;
}

void EventLoop::adopt(ChainTask Root, ChainOwner &Owner) noexcept {
  ChainPromise &Chain = *Root.release();
  Chain.Owner = &Owner;
  Chain.Own.settle(this, this);
  enqueue(Chain);
}

void EventLoop::adopt(ChainTask Root) noexcept {
  adopt(std::move(Root), *this);
}

void EventLoop::chainStarts(ChainPromise &Chain) noexcept {
  Roots.add(Chain);
  Chain.Own.Stop = stop_token();
  Chain.Own.BlockedPool = BlockedPool;
}

std::coroutine_handle<> EventLoop::chainEnded(ChainPromise &Chain) noexcept {
  if (ThisThread.Loop != this) {
    // The chain ends on the loop's thread. It has left the executor that it
    // visited, which may be destroyed, even on the loop's thread, before the
    // loop runs again.
    const ExecutorHold Left = std::move(Chain.Own.Held.Visited);
    enqueue(Chain);
    return std::noop_coroutine();
  }
  const TaskContext::Holds HeldUntilGone = std::move(Chain.Own.Held);
  Roots.remove(Chain);
  Chain.destroy();
  return std::noop_coroutine();
}

ScheduleAwaiter EventLoop::schedule() noexcept {
  return ScheduleAwaiter(*this);
}
