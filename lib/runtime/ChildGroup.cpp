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

/// Returns whether to suspend: not if all children are done already, unless the
/// coroutine has had its share of the thread.
bool ChildGroup::start(std::span<ChainTask> Children) {
  const TaskContext *Parent = context();
  if (Parent && Parent->Stop.stop_possible())
    OnStop.emplace(Parent->Stop, Forward{this});
  Running.store(Children.size() + 1, std::memory_order_relaxed);
  for (ChainTask &Child : Children) {
    ChainPromise &Chain = Child.promise();
    Chain.Owner = this;
    Chain.Parent = Promise;
    Chain.Own.inherit(Parent);
    Chain.Own.settle(Exec, Exec);
    Chain.Own.Stop = Stop.get_token();
    Chain.Own.Races = StopAtFirst;
    Chain.resumeHere();
  }
  if (Running.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return true;
  if (!ThisThread.outOfBudget()) [[likely]]
    return false;
  Exec->enqueue_last(*this);
  return true;
}

std::coroutine_handle<> ChildGroup::chainEnded(ChainPromise &Chain) noexcept {
  // Once the group is told, its coroutine may destroy the chain. What the chain
  // held stays until then.
  const TaskContext::Holds Held = std::move(Chain.Own.Held);
  if (Running.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return std::noop_coroutine();
  if (ThisThread.Exec == Exec) [[likely]]
    return Handle;
  Exec->enqueue(*this);
  return std::noop_coroutine();
}
