//===-- ChildGroup.cpp - Tasks that run side by side ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/ChildGroup.h"
#include "corolint/rt/EventLoop.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

std::coroutine_handle<> ChildTask::promise_type::arrive(
    std::coroutine_handle<promise_type> Self) noexcept {
  TaskContext &Own = Self.promise().Own;
  if (Own.Away)
    Own.comeHome();
  return Self.promise().Group->arrive();
}

/// Returns whether to suspend: not if all children are done already.
bool ChildGroup::start(std::span<ChildTask> Children) {
  const TaskContext *Parent = context();
  if (Parent && Parent->Stop.stop_possible())
    OnStop.emplace(Parent->Stop, Forward{this});
  Running.store(Children.size() + 1, std::memory_order_relaxed);
  for (ChildTask &Child : Children) {
    ChildTask::promise_type &Promise = Child.Handle.promise();
    Promise.Group = this;
    Promise.Parent = this->Promise;
    Promise.Own.inherit(Parent);
    Promise.Own.Stop = Stop.get_token();
    Promise.Own.Races = StopAtFirst;
    Child.Handle.resume();
  }
  return Running.fetch_sub(1, std::memory_order_acq_rel) != 1;
}
