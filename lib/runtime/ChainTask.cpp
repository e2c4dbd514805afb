//===-- ChainTask.cpp - The outermost coroutine of a chain ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/Errors.h"
#include "corolint/rt/EventLoop.h"
#include <cstdio>
#include <cstdlib>

using namespace corolint::rt;
using namespace corolint::rt::detail;

void ChainOwner::chainDropped(ChainPromise &Chain) noexcept { Chain.destroy(); }

/// The chain is queued twice at most: to begin, and, if it ended where its
/// owner cannot destroy it, to end.
void ChainPromise::run(Resumable &Self, Action What) {
  auto &Chain = static_cast<ChainPromise &>(Self);
  if (Chain.self().done()) {
    Chain.Owner->chainEnded(Chain);
    return;
  }
  if (What == Action::Discard) {
    Chain.Owner->chainDropped(Chain);
    return;
  }
  Chain.Owner->chainStarts(Chain);
  Chain.self().resume();
}

std::exception_ptr ChainPromise::takeError() noexcept {
  std::exception_ptr Taken = std::exchange(Error, nullptr);
  if (Taken) {
    try {
      std::rethrow_exception(Taken);
    } catch (const Cancelled &) {
      return nullptr;
    } catch (...) {
      return Taken;
    }
  }
  return nullptr;
}

/// Only tasks of a loop are destroyed before they have run.
void ChainPromise::leaveQueue() noexcept {
  EventLoop *Loop = Own.Base ? Own.Base->as_loop() : nullptr;
  if (!Loop) {
    std::fputs("corolint::rt: a task was destroyed that a thread pool was "
               "about to run\n",
               stderr);
    std::abort();
  }
  Loop->forget(*this);
}
