//===-- ChildGroup.cpp - Tasks that run side by side ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/ChildGroup.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// Returns whether to suspend: only if a child is still running, or if the
/// coroutine has used up its share of the thread.
bool ChildGroup::start(std::span<ChainTask> Started) {
  TaskContext *Parent = context();
  if (Parent && Parent->stopPossible())
    OnStop.emplace(Parent->stopToken(), StopRelay{&Stop});
  Children = Started;
  if (Parent)
    Parent->Part.store(this, std::memory_order_relaxed);
  Running.store(Started.size() + 1, std::memory_order_relaxed);
  const bool Enqueues = isNestedDeeply();
  std::size_t NumSettled = 1;
  for (ChainTask &Child : Started) {
    if (isDecided()) {
      ++NumSettled; // Its result would not be used.
      continue;
    }
    ChainPromise &Chain = Child.promise();
    Chain.Owner = this;
    Chain.Parent = Promise;
    Chain.Own.BlockedPool = Parent ? Parent->BlockedPool : nullptr;
    Chain.Own.settle(Exec, Exec);
    Chain.Own.Stop = Stop.get_token();
    Chain.Own.Races = StopAtFirst;
    if (Enqueues) [[unlikely]]
      Exec->enqueue(Chain);
    else
      Chain.resumeHere();
  }
  if (Running.fetch_sub(NumSettled, std::memory_order_acq_rel) != NumSettled)
    return true;
  if (!ThisThread.outOfBudget()) [[likely]]
    return false;
  Exec->enqueue_last(*this);
  return true;
}

TaskContext *ChildGroup::nextToDestroy() noexcept {
  while (!Children.empty()) {
    ChainPromise &Child = Children.front().promise();
    Children = Children.subspan(1);
    if (!Child.done())
      return &Child.Own;
  }
  return nullptr;
}

std::coroutine_handle<> ChildGroup::chainEnded(ChainPromise &Chain) noexcept {
  // Once the group is notified, its coroutine may destroy the chain. The holds
  // of the chain must live until then.
  const TaskContext::Holds Held = std::move(Chain.Own.Held);
  if (Running.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return std::noop_coroutine();
  if (ThisThread.Exec == Exec) [[likely]]
    return Handle;
  Exec->enqueue(*this);
  return std::noop_coroutine();
}
