//===-- Quiescence.cpp - Tasks that nothing can wake ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractObserver.h"
#include "WaitGraph.h"
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
  case WaitKind::SharedMutex:
    return "an async shared mutex";
  case WaitKind::Condition:
    return "a notification";
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

static SourceSite siteOf(const Waiter &W) {
  return W.Promise ? SourceSite(W.Promise->Site) : SourceSite();
}

/// Describes what \p W waits for, and which of \p Others holds it.
static void describeWait(const Waiter &W,
                         const std::vector<const Waiter *> &Others,
                         std::vector<Violation::Note> &Notes) {
  std::string Text = taskName(W) + " waits for " + nameOf(W.Kind);
  if (const Waiter *Holder = waiterOfHolder(W, Others))
    Text += Holder == &W ? " that it holds itself"
                         : std::string(" that ") + taskName(*Holder) + " holds";
  Notes.push_back({siteOf(W), std::move(Text)});
  const PromiseBase *Awaiting = W.Promise ? W.Promise->Parent : nullptr;
  for (; Awaiting; Awaiting = Awaiting->Parent)
    if (Awaiting->Site.line() != 0) // Not a driver's.
      Notes.push_back({SourceSite(Awaiting->Site), "awaited here"});
  if (const TaskContext *Task = W.context(); Task && Task->Spawned.line() != 0)
    Notes.push_back({SourceSite(Task->Spawned), "the task was started here"});
}

Violation
corolint::rt::detail::describeDeadlock(const std::vector<const Waiter *> &All,
                                       std::size_t Count) {
  Violation V;
  V.Kind = ViolationKind::Quiescence;
  V.Check = "rt-quiescence";
  V.Where = siteOf(*All.front());
  V.Suspended = true;
  V.Message = std::to_string(Count) +
              (Count == 1 ? " suspended coroutine waits"
                          : " suspended coroutines wait") +
              ", and nothing is left that could resume any";
  static constexpr std::size_t MostShown = 32;
  for (std::size_t I = 0; I != std::min(All.size(), MostShown); ++I)
    describeWait(*All[I], All, V.Notes);
  return V;
}

/// Is one of them in a cycle that was already reported?
bool corolint::rt::detail::isExplained(
    const std::vector<const Waiter *> &All) noexcept {
  return std::ranges::any_of(
      All, [](const Waiter *W) { return isInReportedCycle(*W); });
}

void corolint::rt::detail::reportStuck(const std::vector<const Waiter *> &All) {
  Contracts::violate(describeDeadlock(All, All.size()));
}
