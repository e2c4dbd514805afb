//===-- JoinHandle.cpp - Joining a spawned task ---------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/JoinHandle.h"
#include "corolint/rt/StopRelay.h"
#include "corolint/rt/ThreadPool.h"
#include <memory>
#include <new>
#include <stop_token>

using namespace corolint::rt;
using namespace corolint::rt::detail;

struct JoinStateBase::Stopper {
  explicit Stopper(const std::stop_token &Outer)
      : Link(Outer, StopRelay{&Source}) {}

  std::stop_source Source;
  std::stop_callback<StopRelay> Link;
};

void JoinStateBase::DeleteStopper::operator()(Stopper *Made) const noexcept {
  delete Made;
}

void JoinStateBase::beginHere(ChainPromise &Driver) {
  if (!Home.take_back(Driver))
    return;
  Driver.Run(Driver, Resumable::Action::Run);
  resumeNext();
}

void JoinStateBase::taskGone(ChainPromise &Driver) noexcept {
  EventLoop *Loop = InScope ? nullptr : Home.as_loop();
  end(); // A parameter of the task may own the pool.
  if (!isLastOwner()) {
    finish();
    if (!dropShare())
      return;
  }
  // No handle has received the task's error, and none will.
  if (std::exception_ptr Error = Loop ? error() : nullptr)
    Loop->failWith(std::move(Error));
  destroyFrame(Driver);
}

/// A joiner may resume, and drop the handle, before this returns.
void JoinStateBase::finish() noexcept {
  Queue.lock().lock();
  const std::unique_ptr<Stopper, DeleteStopper> Ended = std::move(Alone);
  Done.store(true, std::memory_order_release);
  QueuedWaiter *Joiners = Queue.popAll();
  Queue.lock().unlock();
  WaitQueue::wakeAll(Joiners);
}

std::exception_ptr JoinStateBase::error() const noexcept {
  std::exception_ptr Thrown = thrown();
  if (Thrown) {
    try {
      std::rethrow_exception(Thrown);
    } catch (const Cancelled &) {
      return nullptr; // The end of a task that was asked to stop.
    } catch (...) {
      return Thrown;
    }
  }
  return nullptr;
}

void JoinStateBase::destroyFrame(ChainPromise &Driver) noexcept {
  std::coroutine_handle<ChainPromise>::from_promise(Driver).destroy();
}

//===----------------------------------------------------------------------===//
// Stopping one task
//===----------------------------------------------------------------------===//

void JoinStateBase::requestStop() noexcept {
  Queue.lock().lock();
  StopsAlone.store(true, std::memory_order_release);
  std::stop_source Source =
      Alone ? Alone->Source : std::stop_source(std::nostopstate);
  Queue.lock().unlock();
  Source.request_stop();
}

std::stop_token
JoinStateBase::stopToken(const std::stop_token &Outer) noexcept {
  if (isLastOwner() && !stopRequested())
    return Outer; // It cannot be stopped alone any more.
  std::unique_ptr<Stopper, DeleteStopper> New;
  try {
    New.reset(new Stopper(Outer));
  } catch (const std::bad_alloc &) {
    return Outer; // Stopping is impossible.
  }
  // Another part of a fork may have made one as well.
  Queue.lock().lock();
  if (!Alone)
    Alone.swap(New);
  std::stop_source Source = Alone->Source;
  const bool Requested = stopRequested();
  Queue.lock().unlock();
  if (Requested)
    Source.request_stop();
  return Source.get_token();
}

std::stop_token TaskContext::ownStopToken() const noexcept {
  return Joined->stopToken(Stop);
}

bool TaskContext::stopRequestedAlone() const noexcept {
  return Joined->stopRequested();
}

void corolint::rt::detail::checkJoin(const TaskContext *Joiner,
                                     Executor &Home) {
  if (ThreadPool *Pool = Home.as_pool(); Pool && Joiner)
    Pool->refuseDeadlock(Joiner->BlockedPool);
}
