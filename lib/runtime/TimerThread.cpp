//===-- TimerThread.cpp - Timers of tasks on a pool -----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TimerThread.h"
#include "Fork.h"
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

struct TimerThread::State {
  [[noreturn]] void run();
  /// Waits until a timer is due or the heap changes. Returns the due timers, in
  /// order, chained by `Next`.
  Resumable *takeDue(std::unique_lock<std::mutex> &Guard);

  std::mutex Lock;
  std::condition_variable Changed;
  TimerHeap Timers;
  bool HasThread = false;
};

TimerThread::TimerThread() : Shared(new State) { watchForks(); }

TimerThread &TimerThread::get() {
  static auto *Instance = new TimerThread;
  return *Instance;
}

void TimerThread::startOverInChild() {
  // The old state is abandoned: another thread may have been changing it.
  Shared = new State;
}

bool TimerThread::add(SleepAwaiter &Timer) {
  const std::lock_guard Guard(Shared->Lock);
  if (Timer.WasCancelled)
    return false;
  if (!Shared->HasThread) {
    std::thread([S = Shared] { S->run(); }).detach();
    Shared->HasThread = true;
  }
  Timer.Where.store(Resumable::Place::Waiting, std::memory_order_relaxed);
  Timer.InHeap = true;
  Shared->Timers.add(Timer);
  if (Shared->Timers.first() == &Timer)
    Shared->Changed.notify_one();
  return true;
}

void TimerThread::cancel(SleepAwaiter &Timer) noexcept {
  {
    const std::lock_guard Guard(Shared->Lock);
    if (Timer.HasFired)
      return;
    Timer.WasCancelled = true;
    if (!Timer.InHeap)
      return; // It is just being armed.
    Shared->Timers.remove(Timer);
    Timer.InHeap = false;
    Timer.HasFired = true;
    Timer.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
  }
  Timer.Exec->enqueue(Timer);
}

void TimerThread::remove(SleepAwaiter &Timer) noexcept {
  const std::lock_guard Guard(Shared->Lock);
  if (!Timer.InHeap)
    return;
  Shared->Timers.remove(Timer);
  Timer.InHeap = false;
  Timer.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
}

bool TimerThread::busy() noexcept {
  const std::lock_guard Guard(Shared->Lock);
  return !Shared->Timers.empty();
}

Resumable *TimerThread::State::takeDue(std::unique_lock<std::mutex> &Guard) {
  const TimerNode *First = Timers.first();
  // A wait until the clock's maximum may overflow in the library: wake up from
  // time to time.
  constexpr std::chrono::hours Longest{1};
  const auto Now = EventLoop::Clock::now();
  if (!First)
    Changed.wait(Guard);
  else if (First->Deadline > Now)
    Changed.wait_until(Guard, std::min(First->Deadline, Now + Longest));

  Resumable *Due = nullptr;
  Resumable **End = &Due;
  const auto Then = EventLoop::Clock::now();
  while (TimerNode *Timer = Timers.first()) {
    if (Timer->Deadline > Then)
      break;
    Timers.remove(*Timer);
    auto &Sleeping = *static_cast<SleepAwaiter *>(Timer);
    Sleeping.InHeap = false;
    Sleeping.HasFired = true;
    Sleeping.Where.store(Resumable::Place::Queued, std::memory_order_relaxed);
    *End = &Sleeping;
    End = &Sleeping.Next;
    Sleeping.Next = nullptr;
  }
  return Due;
}

void TimerThread::State::run() {
  std::unique_lock Guard(Lock);
  for (;;) {
    Resumable *Due = takeDue(Guard);
    Guard.unlock();
    while (Due) {
      auto &Sleeping = static_cast<SleepAwaiter &>(*Due);
      Due = Due->Next;
      Sleeping.Exec->enqueue(Sleeping);
    }
    Guard.lock();
  }
}
