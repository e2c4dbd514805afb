//===-- RootTask.cpp - The outermost coroutine of a chain -----------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/RootTask.h"
#include "corolint/rt/Errors.h"
#include "corolint/rt/EventLoop.h"
#include "corolint/rt/ThreadPool.h"

using namespace corolint::rt;
using namespace corolint::rt::detail;

void RootPromise::start(Resumable &Self, Action What) {
  auto &Root = static_cast<RootPromise &>(Self);
  if (What == Action::Discard) {
    Root.self().destroy();
    return;
  }
  if (Root.Owner) {
    Root.Owner->link(Root);
    Root.Own.Stop = Root.Owner->stop_token();
  } else {
    Root.Own.Stop = Root.Pool->stop_token();
  }
  Root.self().resume();
}

/// On the thread of the loop.
void RootPromise::finish(Resumable &Self, Action What) {
  auto &Root = static_cast<RootPromise &>(Self);
  if (What == Action::Run && Root.Error) {
    try {
      std::rethrow_exception(Root.Error);
    } catch (const Cancelled &) {
    } catch (...) {
      Root.Owner->failWith(std::current_exception());
    }
  }
  if (Root.Done) {
    *Root.Done = true;
    Root.Owner->EndRound = true;
  }
  Root.Owner->unlink(Root);
  Root.self().destroy();
}

/// The coroutine is done, on whatever thread that happened.
void RootPromise::leave() noexcept {
  if (ThisThread.Loop == Owner && Owner) [[likely]] {
    finish(*this, Action::Run);
    return;
  }
  if (Owner) {
    Run = &finish;
    Owner->enqueue(*this);
    return;
  }
  ThreadPool &Home = *Pool;
  if (Error)
    std::terminate(); // Cannot be: what a pool adopts keeps its own errors.
  self().destroy();
  Home.rootEnded();
}
