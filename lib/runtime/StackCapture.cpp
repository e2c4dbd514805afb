//===-- StackCapture.cpp - The stack of another thread --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StackCapture.h"
#include "corolint/rt/Context.h"
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <execinfo.h>
#include <sys/syscall.h>
#include <system_error>
#include <thread>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

namespace {

enum class Phase : int { Idle, Asked, Recording, Done };

/// Written by the handler. Read by the watcher once the phase is `Done`.
struct Recording {
  static constexpr int MaxFrames = 64;
  std::atomic<Phase> Now{Phase::Idle};
  std::atomic<pid_t> Wanted{0};
  void *Frames[MaxFrames];
  int Count = 0;
  std::source_location LastAwait;
  void *RegionBegin = nullptr;
  std::uint64_t Tick = 0;
};

Recording TheRecording;

void record(int) {
  const int SavedErrno = errno;
  Phase Expected = Phase::Asked;
  if (TheRecording.Wanted.load(std::memory_order_relaxed) ==
          pid_t(::syscall(SYS_gettid)) &&
      TheRecording.Now.compare_exchange_strong(Expected, Phase::Recording,
                                               std::memory_order_acquire)) {
    TheRecording.Count = ::backtrace(TheRecording.Frames, Recording::MaxFrames);
    TheRecording.LastAwait = ThisThread.LastAwait;
    TheRecording.RegionBegin = ThisThread.Regions.openedAt();
    if (const Heartbeat *Beat = ThisThread.Beat)
      TheRecording.Tick = Beat->Tick.load(std::memory_order_relaxed);
    TheRecording.Now.store(Phase::Done, std::memory_order_release);
  }
  errno = SavedErrno;
}

} // namespace

void corolint::rt::detail::installStackSignal(int Signal) {
  // The first call loads the unwinder, which a signal handler must not do.
  void *Frame[1];
  (void)::backtrace(Frame, 1);
  struct sigaction Action{};
  Action.sa_handler = &record;
  Action.sa_flags = SA_RESTART;
  sigemptyset(&Action.sa_mask);
  if (::sigaction(Signal, &Action, nullptr) != 0)
    throw std::system_error(errno, std::generic_category(), "sigaction");
}

CapturedThread corolint::rt::detail::captureThread(pid_t Id, int Signal) {
  CapturedThread Captured;
  TheRecording.Wanted.store(Id, std::memory_order_relaxed);
  TheRecording.Now.store(Phase::Asked, std::memory_order_release);
  if (::syscall(SYS_tgkill, ::getpid(), Id, Signal) != 0)
    return Captured;
  using Clock = std::chrono::steady_clock;
  const auto Limit = Clock::now() + std::chrono::milliseconds(50);
  while (TheRecording.Now.load(std::memory_order_acquire) != Phase::Done) {
    Phase Expected = Phase::Asked;
    if (Clock::now() > Limit &&
        TheRecording.Now.compare_exchange_strong(Expected, Phase::Idle))
      return Captured; // The thread blocks the signal.
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  Captured.Stack.assign(TheRecording.Frames,
                        TheRecording.Frames + TheRecording.Count);
  Captured.LastAwait = TheRecording.LastAwait;
  Captured.RegionBegin = TheRecording.RegionBegin;
  Captured.Tick = TheRecording.Tick;
  TheRecording.Now.store(Phase::Idle, std::memory_order_relaxed);
  return Captured;
}
