//===-- LoopScopes.cpp - Scopes that may outlive a loop -------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop lists the scopes that its tasks were started in. When all its other
// tasks have ended, it asks these to stop, and waits for their tasks.
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/EventLoop.h"
#include "corolint/rt/TaskScope.h"
#include <new>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void EventLoop::list(TaskScopeBase &Scope) noexcept {
  ScopesLock.lock();
  Scope.NextListed = Scopes;
  if (Scopes)
    Scopes->PrevListed = &Scope;
  Scopes = &Scope;
  ScopesLock.unlock();
}

void EventLoop::unlist(TaskScopeBase &Scope) noexcept {
  ScopesLock.lock();
  (Scope.PrevListed ? Scope.PrevListed->NextListed : Scopes) = Scope.NextListed;
  if (Scope.NextListed)
    Scope.NextListed->PrevListed = Scope.PrevListed;
  Scope.PrevListed = Scope.NextListed = nullptr;
  Scope.ListedBy = nullptr;
  ScopesLock.unlock();
}

/// A scope that has tasks of this loop, or null. \p NotStopped: one that was
/// not asked to stop.
TaskScopeBase *EventLoop::scopeWithTasks(bool NotStopped) noexcept {
  ScopesLock.lock();
  TaskScopeBase *Scope = Scopes;
  while (Scope && !(Scope->hasTasksOf(*this) &&
                    !(NotStopped && Scope->Stopping.stop_requested())))
    Scope = Scope->NextListed;
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
  for (TaskScopeBase *Scope = Scopes; Scope; Scope = Scope->NextListed) {
    if (!std::exchange(Scope->StoppedByLoop, false))
      continue;
    try {
      Scope->Stopping = std::stop_source();
    } catch (const std::bad_alloc &) {
      Scope->Stopping = std::stop_source(std::nostopstate);
    }
  }
}
