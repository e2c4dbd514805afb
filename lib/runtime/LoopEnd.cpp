//===-- LoopEnd.cpp - Tasks at the end of a loop --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Handles the remaining tasks when a loop ends: its own, those of scopes, and
// those of others that wait on it. A loop lists the scopes in which its tasks
// were started. When all its other tasks have ended, it asks these scopes to
// stop and waits for their tasks.
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

/// A scope that has tasks of this loop, or null. With \p NotStopped, only one
/// that was not asked to stop.
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
/// asked before. Scopes owned by spawned tasks have ended with them.
bool EventLoop::stopScopes() noexcept {
  bool Any = false;
  while (TaskScopeBase *Scope = scopeWithTasks(/*NotStopped=*/true)) {
    Scope->StoppedByLoop = Any = true;
    Scope->Stopping.request_stop();
  }
  return Any;
}

/// The scopes may serve the next run.
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

/// Is any task not at home: the loop's own, a scope's, or another's that is
/// here?
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

/// All tasks are here and suspended. They may refer to one another, so all
/// waits are abandoned before the first task is destroyed.
void EventLoop::destroyTasks() noexcept {
  discardQueue();
  abandonWaits();
  // A scope listed later is nested within those listed before, if at all.
  // Destroying outwards from there ensures that no frame's destructor has to
  // end the tasks of a scope.
  destroyScopesTasks();
  while (ChainPromise *Root = Roots.first()) {
    Roots.remove(*Root);
    Root->destroy();
  }
  destroyScopesTasks(); // Destructors may have spawned more.
  discardQueue();
  // Coroutines that others own, such as generators, must forget the loop.
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
    // A resource given back by one task may have been granted to another one.
    takeRemote();
    if (Ready.empty())
      return;
    discardQueue();
  }
}

//===----------------------------------------------------------------------===//
// Tasks of others
//===----------------------------------------------------------------------===//

/// The context of the whole task to which \p W belongs, across groups.
static const TaskContext &outermost(const Waiter &W) noexcept {
  const PromiseBase *Promise = W.Promise;
  while (Promise->Parent)
    Promise = Promise->Parent;
  return Promise->Context->whole();
}

/// Cancels the waits of others' tasks on this loop. Returns whether there were
/// any.
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
