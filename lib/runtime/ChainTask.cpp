//===-- ChainTask.cpp - The outermost coroutine of a chain ----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/ChainTask.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/JoinHandle.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

void ChainOwner::chainDropped(ChainPromise &Chain) noexcept { Chain.destroy(); }

/// The chain is queued at most twice: to begin, and, if it ended where its
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

/// The handle may keep the frame alive and free it on any thread.
void ChainPromise::endJoined() noexcept {
  Own.end();
  Own.Joined->taskGone(*this);
}

std::exception_ptr ChainPromise::error() const noexcept {
  return Own.Joined->error();
}

void ChainPromise::leaveQueue() noexcept {
  Own.Base->forget(*this); // Only a settled chain was ever queued.
}
