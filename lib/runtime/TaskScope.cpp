//===-- TaskScope.cpp - No task outlives its scope ------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/TaskScope.h"
#include "corolint/rt/EventLoop.h"
#include <cstdio>
#include <cstdlib>
#include <system_error>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void ScopedTask::promise_type::start(Resumable &Self, Action What) {
  auto &Task = static_cast<promise_type &>(Self);
  auto Handle = std::coroutine_handle<promise_type>::from_promise(Task);
  if (What == Action::Run) {
    Handle.resume();
    return;
  }
  Task.Scope->ended(Task);
}

void ScopedTask::promise_type::leave(
    std::coroutine_handle<promise_type> Self) noexcept {
  Self.promise().Scope->ended(Self.promise());
}

Executor &TaskScopeBase::currentExecutor() {
  if (!ThisThread.Exec)
    throw std::system_error(
        std::make_error_code(std::errc::operation_not_permitted),
        "no event loop and no thread pool runs on this thread");
  return *ThisThread.Exec;
}

void TaskScopeBase::start(ScopedTask Made, Executor &Target,
                          const std::source_location &Site) {
  ScopedTask::promise_type &Task =
      std::exchange(Made.Handle, nullptr).promise();
  Task.Scope = this;
  Task.Target = &Target;
  Task.Own.Spawned = Site;
  Task.Own.Stop = Stopping.get_token();
  Queue.lock().lock();
  ++Running;
  Task.Following = First;
  if (First)
    First->Prev = &Task;
  First = &Task;
  Queue.lock().unlock();
  Target.enqueue(Task);
}

/// Destroys the task, then says that it is gone.
void TaskScopeBase::ended(ScopedTask::promise_type &Task) noexcept {
  std::exception_ptr Error = std::move(Task.Error);
  if (Error) {
    try {
      std::rethrow_exception(Error);
    } catch (const Cancelled &) {
      Error = nullptr; // Not a failure: it was asked to.
    } catch (...) {
    }
  }
  Queue.lock().lock();
  (Task.Prev ? Task.Prev->Following : First) = Task.Following;
  if (Task.Following)
    Task.Following->Prev = Task.Prev;
  const bool Fails = Error && !FirstError;
  if (Fails)
    FirstError = Error;
  Queue.lock().unlock();

  std::coroutine_handle<ScopedTask::promise_type>::from_promise(Task).destroy();
  if (Fails)
    Stopping.request_stop();

  Queue.lock().lock();
  QueuedWaiter *Joiner = --Running == 0 ? Queue.pop() : nullptr;
  Queue.lock().unlock();
  if (Joiner)
    WaitQueue::wake(*Joiner);
}

[[noreturn]] static void diedTooEarly() noexcept {
  std::fputs("corolint::rt: a TaskScope died before its tasks, which cannot be "
             "destroyed on this thread\n",
             stderr);
  std::abort();
}

TaskScopeBase::~TaskScopeBase() {
  if (Running == 0)
    return;
  Stopping.request_stop();
  while (ScopedTask::promise_type *Task = First) {
    if (Task->Target != ThisThread.Exec || !ThisThread.Loop)
      diedTooEarly();
    First = Task->Following;
    if (First)
      First->Prev = nullptr;
    if (Task->Where.load(std::memory_order_relaxed) !=
        Resumable::Place::Nowhere)
      ThisThread.Loop->forget(*Task);
    std::coroutine_handle<ScopedTask::promise_type>::from_promise(*Task)
        .destroy();
  }
  Running = 0;
}
