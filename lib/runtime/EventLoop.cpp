//===-- EventLoop.cpp - One thread's loop ---------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/EventLoop.h"
#include "ContextFrame.h"
#include "DescriptorTable.h"
#include "StallWatcher.h"
#include "corolint/rt/Contracts.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/Sleep.h"
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

static RootTask driveSpawned(Task<void> Work) { co_await std::move(Work); }

//===----------------------------------------------------------------------===//
// Construction and destruction
//===----------------------------------------------------------------------===//

EventLoop::EventLoop() = default;

EventLoop::~EventLoop() {
  {
    ContextScope Scope(this, this, BlockingPolicy::NoOpinion, nullptr);
    discardQueue();
    destroyRoots();
    discardQueue();
  }
  // A thread that brought the last piece of work may not have left yet.
  while (Visitors.load(std::memory_order_acquire) != 0)
    std::this_thread::yield();
  if (Descriptors)
    Descriptors->retire();
}

void EventLoop::discardQueue() noexcept {
  takeRemote();
  while (!Ready.empty()) {
    Resumable &Work = Ready.pop();
    Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
    if (Work.Run)
      Work.Run(Work, Resumable::Action::Discard);
    takeRemote();
  }
}

void EventLoop::destroyRoots() noexcept {
  while (RootPromise *Root = Roots) {
    unlink(*Root);
    std::coroutine_handle<RootPromise>::from_promise(*Root).destroy();
  }
}

void EventLoop::link(RootPromise &Root) noexcept {
  Root.Linked = true;
  Root.Prev = nullptr;
  Root.Following = Roots;
  if (Roots)
    Roots->Prev = &Root;
  Roots = &Root;
  ++NumRoots;
}

void EventLoop::unlink(RootPromise &Root) noexcept {
  if (!std::exchange(Root.Linked, false))
    return;
  (Root.Prev ? Root.Prev->Following : Roots) = Root.Following;
  if (Root.Following)
    Root.Following->Prev = Root.Prev;
  --NumRoots;
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
    return true;
  }
  return false;
}

void EventLoop::enqueue(Resumable &Work) noexcept {
  Work.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  if (ThisThread.Loop == this) [[likely]]
    Ready.push(Work);
  else
    pushRemote(Work);
}

void EventLoop::pushRemote(Resumable &Work) noexcept {
  // The loop may run Work, and end, before this function does: the destructor
  // waits for visitors.
  Visitors.fetch_add(1, std::memory_order_relaxed);
  Resumable *Top = Remote.load(std::memory_order_relaxed);
  do
    Work.Next = Top;
  while (!Remote.compare_exchange_weak(Top, &Work, std::memory_order_seq_cst,
                                       std::memory_order_relaxed));
  wakeUp();
  Visitors.fetch_sub(1, std::memory_order_release);
}

/// The loop sets Sleeping, then looks at what others wrote; others write, then
/// look at Sleeping: one of them sees the other.
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
  Visitors.fetch_add(1, std::memory_order_relaxed);
  StopRequested.store(true, std::memory_order_seq_cst);
  wakeUp();
  Visitors.fetch_sub(1, std::memory_order_release);
}

void EventLoop::removeOutstanding() noexcept {
  Visitors.fetch_add(1, std::memory_order_relaxed);
  Outstanding.fetch_sub(1, std::memory_order_seq_cst);
  wakeUp();
  Visitors.fetch_sub(1, std::memory_order_release);
}

void EventLoop::failWith(std::exception_ptr Error) noexcept {
  if (!FirstError)
    FirstError = std::move(Error);
  EndRound = true;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

/// Makes the loop the current one of its thread.
class EventLoop::Running {
public:
  explicit Running(EventLoop &Loop)
      : Loop(Loop), WasRunning(std::exchange(Loop.IsRunning, true)),
        Context(&Loop, &Loop, BlockingPolicy::Forbidden, &Loop.Beat),
        Watched(Loop.Beat, StallWatcher::ThreadKind::Loop, WasRunning) {}
  ~Running() { Loop.IsRunning = WasRunning; }

private:
  EventLoop &Loop;
  bool WasRunning;
  ContextScope Context;
  StallWatcher::Registration Watched;
};

void EventLoop::checkEntry(const char *Function,
                           const std::source_location &Call) {
  checkYieldingCall(Function, Call);
  if (Function == std::string_view("poll"))
    return;
  checkSyncWait(Function, Call);
  if (IsRunning)
    throw std::system_error(
        std::make_error_code(std::errc::resource_deadlock_would_occur),
        "the event loop is running already");
}

/// Under RealtimeSanitizer what the coroutine calls must not block.
static inline void
resumeCoroutine(std::coroutine_handle<> Coroutine) COROLINT_RT_REALTIME {
  Coroutine.resume();
}

COROLINT_RT_RESUMES void EventLoop::resume(Resumable &Work) {
  Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  const bool Nested = Beat.begin();
  try {
    if (Work.Run) [[unlikely]] {
      Work.Run(Work, Resumable::Action::Run);
    } else {
      resumeCoroutine(Work.Handle);
    }
  } catch (...) {
    failWith(std::current_exception());
  }
  if (ThisThread.turnLeavesSomething()) [[unlikely]]
    endTurn();
  Beat.end(Nested);
}

void EventLoop::runSome() {
  EndRound = false;
  for (unsigned I = 0; I != ResumesPerRound && !Ready.empty() && !EndRound; ++I)
    resume(Ready.pop());
}

bool EventLoop::waitsForOutside() const noexcept {
  return !Timers.empty() || (Descriptors && Descriptors->waiting() != 0) ||
         Outstanding.load(std::memory_order_relaxed) != 0;
}

bool EventLoop::fireTimers() noexcept {
  if (Timers.empty())
    return false;
  const Clock::time_point Now = Clock::now();
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

DescriptorTable &EventLoop::descriptors() {
  if (!Descriptors)
    Descriptors = std::make_shared<DescriptorTable>();
  else if (Descriptors->isOfParent()) [[unlikely]]
    Descriptors->leaveParent();
  return *Descriptors;
}

/// Do coroutines wait, and for nothing that the loop knows of?
bool EventLoop::isStuck() const noexcept {
  return Parked && !waitsForOutside() && Contracts::active();
}

/// Nothing is ready: waits for a timer, a descriptor or another thread.
void EventLoop::sleep() {
  std::optional<std::chrono::nanoseconds> Limit;
  if (const TimerNode *First = Timers.first())
    Limit = std::max(std::chrono::nanoseconds(First->Deadline - Clock::now()),
                     std::chrono::nanoseconds(0));
  if (!isStuck() || ReportedStuck) {
    sleepAtMost(Limit);
    return;
  }
  const auto Patience = Contracts::watch_options().Quiescence;
  if (Patience.count() <= 0) {
    sleepAtMost(std::nullopt);
    return;
  }
  const Clock::time_point Start = Clock::now();
  if (!sleepAtMost(Patience) && !Remote.load(std::memory_order_relaxed) &&
      Ready.empty() && Clock::now() - Start >= Patience)
    reportQuiescence();
}

/// Returns whether something came before \p Limit was over.
bool EventLoop::sleepAtMost(std::optional<std::chrono::nanoseconds> Limit) {
  DescriptorTable &Table = descriptors();
  Sleeping.store(true, std::memory_order_seq_cst);
  bool Woken = true;
  if (!Remote.load(std::memory_order_seq_cst) &&
      !StopRequested.load(std::memory_order_seq_cst) &&
      (Outstanding.load(std::memory_order_seq_cst) != 0 || waitsForOutside() ||
       isStuck() || NumRoots != 0))
    Woken = Table.serve(Limit);
  Sleeping.store(false, std::memory_order_seq_cst);
  return Woken;
}

void EventLoop::runLoop(Until End, const bool *Done) {
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
      if (Ready.empty())
        continue;
      fireTimers();
      if (Descriptors && Descriptors->waiting() != 0)
        Descriptors->serve(std::chrono::nanoseconds(0));
      continue;
    }
    if (Ended())
      return;
    if (fireTimers())
      continue;
    const bool Waits = waitsForOutside();
    if (End == Until::Idle && NumRoots == 0 && !Waits)
      return;
    if (End == Until::Quiet && (NumRoots == 0 || !Waits) &&
        !Remote.load(std::memory_order_acquire))
      return;
    sleep();
  }
}

void EventLoop::run(const std::source_location &Call) {
  checkEntry("run", Call);
  Running Scope(*this);
  runLoop(Until::Idle, nullptr);
  StopRequested.store(false, std::memory_order_relaxed);
  if (FirstError)
    std::rethrow_exception(std::exchange(FirstError, nullptr));
}

void EventLoop::runMain(RootTask Root, bool &Done) {
  Running Scope(*this);
  Root.promise().Own.BlockedPool = BlockedPool;
  Root.promise().Done = &Done;
  adopt(std::move(Root));
  std::exception_ptr Error;
  try {
    runLoop(Until::Done, &Done);
  } catch (...) {
    Error = std::current_exception();
  }
  StopRequested.store(false, std::memory_order_relaxed);
  if (FirstError)
    Error = std::exchange(FirstError, nullptr);
  if (!Done || NumRoots != 0)
    drain();
  if (!Error && FirstError)
    Error = std::exchange(FirstError, nullptr);
  FirstError = nullptr;
  if (Error)
    std::rethrow_exception(Error);
  if (!Done)
    throw Cancelled();
}

/// Asks every task to stop and runs until they have. Those that cannot go on
/// are destroyed. One task's error does not keep the others from ending.
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
      failWith(std::current_exception());
    }
  } while (FirstError);
  discardQueue();
  destroyRoots();
  discardQueue();
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
  fireTimers();
  if (Descriptors && Descriptors->waiting() != 0)
    Descriptors->serve(std::chrono::nanoseconds(0));
  const bool Any = !Ready.empty();
  runSome();
  if (FirstError)
    std::rethrow_exception(std::exchange(FirstError, nullptr));
  return Any;
}

void EventLoop::adopt(RootTask Root) noexcept {
  RootPromise &Promise = *Root.release();
  Promise.Owner = this;
  enqueue(Promise);
}

void EventLoop::spawn(Task<void> Work, const std::source_location &Site) {
  RootTask Root = driveSpawned(std::move(Work));
  Root.promise().Own.Spawned = Site;
  adopt(std::move(Root));
}

//===----------------------------------------------------------------------===//
// Waiters
//===----------------------------------------------------------------------===//

EventLoop *LoopWaiter::requireLoop() {
  if (!ThisThread.Loop)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no event loop on this thread");
  return ThisThread.Loop;
}

bool LoopWaiter::armStop() {
  if (stopRequested()) {
    WasCancelled = true;
    return false;
  }
  listen();
  return !WasCancelled;
}

/// On the thread that asks to stop.
void LoopWaiter::cancelOnLoop(StoppableWaiter &Self) noexcept {
  auto &Me = static_cast<LoopWaiter &>(Self);
  if (ThisThread.Loop == Me.Loop) {
    Me.cancelHere();
    return;
  }
  Me.Stopper.Where.store(Place::Queued, std::memory_order_relaxed);
  Me.Loop->enqueue(Me.Stopper);
}

void LoopWaiter::stopHere(Resumable &Message, Action What) {
  if (What == Action::Run)
    static_cast<StopMessage &>(Message).Owner->cancelHere();
}

void LoopWaiter::cancelHere() noexcept {
  switch (Where.load(std::memory_order_relaxed)) {
  case Place::Nowhere:
    WasCancelled = true; // Stopped while it was being armed.
    return;
  case Place::Waiting:
    detach();
    WasCancelled = true;
    wake();
    return;
  case Place::Queued:
    return; // Too late.
  }
}

void SleepAwaiter::start() noexcept {
  Where.store(Place::Waiting, std::memory_order_relaxed);
  Loop->Timers.add(*this);
}

void SleepAwaiter::detach() noexcept {
  Loop->Timers.remove(*this);
  Where.store(Place::Nowhere, std::memory_order_relaxed);
}
