//===-- Quiescence.cpp - Tasks wait, and nothing can wake them ------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StallWatcher.h"
#include "corolint/rt/AsyncMutex.h"
#include "corolint/rt/EventLoop.h"
#include <algorithm>

using namespace corolint::rt;
using namespace corolint::rt::detail;

static const char *nameOf(WaitKind Kind) {
  switch (Kind) {
  case WaitKind::Timer:
    return "a timer";
  case WaitKind::Descriptor:
    return "a descriptor";
  case WaitKind::Mutex:
    return "an async mutex";
  case WaitKind::Event:
    return "an event";
  case WaitKind::Semaphore:
    return "a semaphore";
  case WaitKind::ChannelSend:
    return "room in a channel";
  case WaitKind::ChannelReceive:
    return "a value from a channel";
  case WaitKind::Task:
    return "other tasks";
  case WaitKind::Thread:
    return "a thread";
  }
  return "something";
}

static std::string taskName(const Waiter &W) {
  if (TaskContext *Task = W.context())
    return std::string("task ").append(std::to_string(Task->id()));
  return "a coroutine";
}

/// The waiter of the task that holds what \p W waits for, or null.
static const Waiter *holderOf(const Waiter &W,
                              const std::vector<const Waiter *> &All) {
  if (W.Kind != WaitKind::Mutex || !W.context())
    return nullptr;
  const auto *Mutex = static_cast<const AsyncMutex *>(W.WaitsFor);
  for (const Waiter *Other : All)
    if (Other->context() && Other->context() == Mutex->holder())
      return Other;
  return nullptr;
}

static SourceSite siteOf(const Waiter &W) {
  return W.Promise ? SourceSite(W.Promise->Site) : SourceSite();
}

static void describe(const Waiter &W, const std::vector<const Waiter *> &All,
                     std::vector<Violation::Note> &Notes) {
  std::string Text = taskName(W) + " waits for " + nameOf(W.Kind);
  if (const Waiter *Holder = holderOf(W, All))
    Text += Holder == &W ? " that it holds itself"
                         : std::string(" that ") + taskName(*Holder) + " holds";
  Notes.push_back({siteOf(W), std::move(Text)});
  const PromiseBase *Awaiting = W.Promise ? W.Promise->Parent : nullptr;
  for (; Awaiting && Awaiting->Site.line() != 0; Awaiting = Awaiting->Parent)
    Notes.push_back({SourceSite(Awaiting->Site), "awaited here"});
  if (const TaskContext *Task = W.context(); Task && Task->Spawned.line() != 0)
    Notes.push_back({SourceSite(Task->Spawned), "the task was started here"});
}

/// A waiter on a cycle of mutexes, or null.
static const Waiter *onCycle(const std::vector<const Waiter *> &All) {
  for (const Waiter *Start : All) {
    const Waiter *W = Start;
    for (std::size_t Steps = 0; W && Steps <= All.size(); ++Steps) {
      W = holderOf(*W, All);
      if (W == Start)
        return Start;
    }
  }
  return nullptr;
}

void EventLoop::reportQuiescence() {
  std::vector<const Waiter *> All;
  for (const Waiter *W = Parked; W; W = W->ParkedNext)
    All.push_back(W);
  std::reverse(All.begin(), All.end()); // The list has the latest first.
  // A cycle stays one whatever other threads do; else they may end the wait.
  const Waiter *Culprit = onCycle(All);
  if (!Culprit && StallWatcher::get().othersAreAtWork())
    return;
  if (!Culprit)
    Culprit = All.front();
  ReportedStuck = true;

  Violation V;
  V.Kind = ViolationKind::Quiescence;
  V.Check = "rt-quiescence";
  V.Where = siteOf(*Culprit);
  V.Suspended = true;
  V.Message = std::to_string(All.size()) +
              (All.size() == 1 ? " suspended coroutine waits"
                               : " suspended coroutines wait") +
              ", and nothing is left that could resume any";
  // From the culprit along the holders, each task once, then the rest.
  std::vector<const Waiter *> Order;
  for (const Waiter *W = Culprit;
       W && std::find(Order.begin(), Order.end(), W) == Order.end();
       W = holderOf(*W, All))
    Order.push_back(W);
  for (const Waiter *W : All)
    if (std::find(Order.begin(), Order.end(), W) == Order.end())
      Order.push_back(W);
  static constexpr std::size_t MostShown = 32;
  for (std::size_t I = 0; I != std::min(Order.size(), MostShown); ++I)
    describe(*Order[I], All, V.Notes);
  Contracts::violate(std::move(V));
}
