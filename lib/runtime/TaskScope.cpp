//===-- TaskScope.cpp - Tasks that never outlive a block ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/TaskScope.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/ThreadPool.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

Executor &TaskScopeBase::currentExecutor() {
  if (!ThisThread.Exec)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no event loop and no thread pool runs on this thread");
  return *ThisThread.Exec;
}

void TaskScopeBase::start(ChainTask Made, Executor &Target,
                          const std::source_location &Site) {
  if (ThreadPool *Pool = Target.as_pool())
    Pool->refuseDeadlock(ThreadPool::blockedHere());
  ChainPromise &Chain = *Made.release();
  Chain.Owner = &Tasks;
  Chain.Own.Spawned = Site;
  Chain.Own.Stop = Stopping.get_token();
  Chain.Own.BlockedPool = ThreadPool::blockedHere();
  Chain.Own.settle(ThisThread.Exec, &Target);
  EventLoop *Here = ThisThread.Loop;
  Queue.lock().lock();
  ++NumRunning;
  Running.add(Chain);
  const bool IsFirst = Here && !ListedBy;
  if (IsFirst)
    ListedBy = Here;
  Queue.lock().unlock();
  if (IsFirst)
    Here->list(*this);
  Target.enqueue(Chain);
}

/// Destroys the task, then notifies its waiters. The holds on their executors
/// live until then.
void TaskScopeBase::gone(ChainPromise &Chain) noexcept {
  TaskContext::Holds Held;
  std::exception_ptr Error = Chain.error();
  Queue.lock().lock();
  Held = std::move(Chain.Own.Held);
  Running.remove(Chain);
  const bool Fails = Error && !FirstError;
  if (Fails)
    FirstError = std::move(Error);
  Queue.lock().unlock();

  Chain.destroy();
  if (Fails)
    Stopping.request_stop();

  // The scope may be gone once the last waiter is notified.
  Queue.lock().lock();
  QueuedWaiter *Joiners = --NumRunning == 0 ? Queue.popAll() : nullptr;
  Queue.lock().unlock();
  WaitQueue::wakeAll(Joiners);
}

//===----------------------------------------------------------------------===//
// Destruction without a join
//===----------------------------------------------------------------------===//

[[noreturn]] static void diedTooEarly() noexcept {
  std::fputs("corolint::rt: a TaskScope died before its tasks, which the "
             "blocked pool cannot run\n",
             stderr);
  std::abort();
}

bool TaskScopeBase::hasTasksOf(const EventLoop &Loop) noexcept {
  Queue.lock().lock();
  const ChainPromise *Chain = Running.first();
  while (Chain && Chain->Own.Base != &Loop)
    Chain = Running.next(*Chain);
  Queue.lock().unlock();
  return Chain;
}

/// Destroys one task that is suspended on this thread's loop, if there is one.
/// A joiner of the scope may then be notified and end the scope.
bool TaskScopeBase::destroyOneHere() noexcept {
  if (!ThisThread.Loop)
    return false;
  Queue.lock().lock();
  ChainPromise *Chain = Running.first();
  while (Chain &&
         (Chain->Own.Base != ThisThread.Exec || !Chain->Own.isAtBase()))
    Chain = Running.next(*Chain);
  if (Chain)
    Running.remove(*Chain);
  Queue.lock().unlock();
  if (!Chain)
    return false;
  Chain->destroy();
  Queue.lock().lock();
  QueuedWaiter *Joiners = --NumRunning == 0 ? Queue.popAll() : nullptr;
  Queue.lock().unlock();
  WaitQueue::wakeAll(Joiners);
  return true;
}

TaskScopeBase::~TaskScopeBase() {
  Queue.lock().lock();
  const bool AllGone = NumRunning == 0;
  Queue.lock().unlock();
  if (!AllGone) [[unlikely]]
    endTasks();
  if (ListedBy)
    ListedBy->unlist(*this);
}

void TaskScopeBase::endTasks() noexcept {
  Stopping.request_stop();
  while (destroyOneHere()) {
  }
  // Tasks elsewhere end there, or return here. This is rare, and short if they
  // heed the stop, so polling suffices.
  ThreadPool *Pool = ThreadPool::current();
  const WorkerBlocked Blocked(Pool, std::source_location::current());
  for (;;) {
    Queue.lock().lock();
    const bool Done = NumRunning == 0;
    Queue.lock().unlock();
    if (Done)
      return;
    if (Pool && Pool->starvesItself())
      diedTooEarly();
    if (!destroyOneHere())
      std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}
