//===-- LoopEnd.cpp - How a loop ends -------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is left of a loop's tasks when it ends: its own, those of scopes, and
// those of others that wait on it. A loop lists the scopes that its tasks were
// started in. When all its other tasks have ended, it asks these to stop, and
// waits for their tasks.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/TaskScope.h"
#include "corolint/rt/Waiter.h"
#include <new>

using namespace corolint::rt;
using namespace corolint::rt::detail;

//===----------------------------------------------------------------------===//
// Scopes, which may outlive the loop
//===----------------------------------------------------------------------===//

void EventLoop::list(TaskScopeBase &Scope) noexcept {
  ScopesLock.lock();
  Scopes.add(Scope);
  ScopesLock.unlock();
}

void EventLoop::unlist(TaskScopeBase &Scope) noexcept {
  ScopesLock.lock();
  Scopes.remove(Scope);
  Scope.ListedBy = nullptr;
  ScopesLock.unlock();
}

/// A scope that has tasks of this loop, or null. \p NotStopped: one that was
/// not asked to stop.
TaskScopeBase *EventLoop::scopeWithTasks(bool NotStopped) noexcept {
  ScopesLock.lock();
  TaskScopeBase *Scope = Scopes.first();
  while (Scope && !(Scope->hasTasksOf(*this) &&
                    !(NotStopped && Scope->Stopping.stop_requested())))
    Scope = Scopes.next(*Scope);
  ScopesLock.unlock();
  return Scope;
}

/// Asks scopes with tasks of this loop to stop. Returns whether any was not
/// asked before. Those that spawned tasks own have ended with them.
bool EventLoop::stopScopes() noexcept {
  bool Any = false;
  while (TaskScopeBase *Scope = scopeWithTasks(/*NotStopped=*/true)) {
    Scope->StoppedByLoop = Any = true;
    Scope->Stopping.request_stop();
  }
  return Any;
}

/// They may serve the next run.
void EventLoop::letScopesGoOn() noexcept {
  for (TaskScopeBase *Scope = Scopes.first(); Scope;
       Scope = Scopes.next(*Scope)) {
    if (!std::exchange(Scope->StoppedByLoop, false))
      continue;
    try {
      Scope->Stopping = std::stop_source();
    } catch (const std::bad_alloc &) {
      Scope->Stopping = std::stop_source(std::nostopstate);
    }
  }
}

//===----------------------------------------------------------------------===//
// Own tasks
//===----------------------------------------------------------------------===//

/// Is any task not home: the loop's own, a scope's, or another's that is here?
bool EventLoop::hasTasks() noexcept {
  if (!Roots.empty() || Held.load(std::memory_order_acquire) != 0 ||
      scopeWithTasks())
    return true;
  takeRemote();
  const Resumable *Work = Ready.First;
  while (Work && !ChainPromise::isChain(*Work))
    Work = Work->Next;
  return Work;
}

void EventLoop::discardQueue() noexcept {
  takeRemote();
  while (!Ready.empty()) {
    Resumable &Work = Ready.pop();
    Work.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
    if (Work.IsFunction)
      Work.Run(Work, Resumable::Action::Discard);
    takeRemote();
  }
}

/// All tasks are here, and suspended. They may refer to one another, so none
/// waits for anything any more when the first one is destroyed.
void EventLoop::destroyTasks() noexcept {
  discardQueue();
  abandonWaits();
  // The scope that was listed last is within those listed before, if at all.
  // From there on outwards, so that no frame's end ends a scope's tasks.
  destroyScopesTasks();
  while (ChainPromise *Root = Roots.first()) {
    Roots.remove(*Root);
    Root->destroy();
  }
  destroyScopesTasks(); // What destructors may have spawned.
  discardQueue();
  // Coroutines that others own, as generators, know of the loop no longer.
  while (!Waiting.empty())
    Waiting.first()->unpark();
}

void EventLoop::destroyScopesTasks() noexcept {
  while (TaskScopeBase *Scope = scopeWithTasks())
    if (!Scope->destroyOneHere())
      return;
}

void EventLoop::abandonWaits() noexcept {
  for (;;) {
    for (Waiter *W = Waiting.first(); W; W = Waiting.next(*W))
      if (W->Actions->Abandon)
        W->Actions->Abandon(*W);
    // What one gave back another one of them may have been granted.
    takeRemote();
    if (Ready.empty())
      return;
    discardQueue();
  }
}

//===----------------------------------------------------------------------===//
// Tasks of others
//===----------------------------------------------------------------------===//

/// The context of the task that \p W is a part of, across groups.
static const TaskContext &outermost(const Waiter &W) noexcept {
  const PromiseBase *Promise = W.Promise;
  while (Promise->Parent)
    Promise = Promise->Parent;
  return Promise->Context->whole();
}

/// Ends the waits of others' tasks on this loop. Returns whether it ended any.
bool EventLoop::cancelVisitors() noexcept {
  bool Any = false;
  for (Waiter *W = Waiting.first(), *Next; W; W = Next) {
    Next = Waiting.next(*W);
    TaskContext *Context = W->context();
    if (!W->Actions->Cancel || !Context || outermost(*W).Base == this ||
        !Context->stopPossible() ||
        W->Where.load(std::memory_order_relaxed) != Resumable::Place::Waiting)
      continue;
    static_cast<StoppableWaiter *>(W)->cancel();
    Any = true;
  }
  return Any;
}
