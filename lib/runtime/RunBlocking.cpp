//===-- RunBlocking.cpp - Blocking work on separate threads ---------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/RunBlocking.h"
#include "Fork.h"
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

using namespace corolint::rt;
using namespace corolint::rt::detail;

struct BlockingThreads::State {
  static constexpr std::size_t MaxThreads = 512;
  static constexpr std::chrono::seconds Patience{10};

  void run();

  std::mutex Lock;
  std::condition_variable MoreWork;
  Resumable *First = nullptr;
  Resumable *Last = nullptr;
  std::size_t Waiting = 0; ///< Jobs in the list.
  std::size_t Idle = 0;
  std::size_t Running = 0;
};

BlockingThreads::BlockingThreads() : Threads(new State) { watchForks(); }

void BlockingThreads::startOverInChild() {
  // The old state is abandoned: another thread may have been changing it.
  Threads = new State;
}

BlockingThreads &BlockingThreads::get() noexcept {
  static auto *Instance = new BlockingThreads;
  return *Instance;
}

void BlockingThreads::submit(Resumable &Job) {
  std::unique_lock Guard(Threads->Lock);
  if (Threads->Waiting >= Threads->Idle &&
      Threads->Running < State::MaxThreads) {
    try {
      std::thread([S = Threads] { S->run(); }).detach();
      ++Threads->Running;
    } catch (const std::system_error &) {
      if (Threads->Running == 0)
        throw;
    }
  }
  Job.Next = nullptr;
  (Threads->Last ? Threads->Last->Next : Threads->First) = &Job;
  Threads->Last = &Job;
  ++Threads->Waiting;
  Guard.unlock();
  Threads->MoreWork.notify_one();
}

bool BlockingThreads::busy() noexcept {
  const std::lock_guard Guard(Threads->Lock);
  return Threads->Waiting != 0 || Threads->Running != Threads->Idle;
}

void BlockingThreads::State::run() {
  std::unique_lock Guard(Lock);
  for (;;) {
    if (!First) {
      ++Idle;
      const bool Work =
          MoreWork.wait_for(Guard, Patience, [this] { return First; });
      --Idle;
      if (!Work) {
        --Running;
        return;
      }
    }
    Resumable &Job = *First;
    First = Job.Next;
    if (!First)
      Last = nullptr;
    --Waiting;
    Guard.unlock();
    Job.Run(Job, Resumable::Action::Run);
    Guard.lock();
  }
}
