//===-- Signals.cpp - Signals that coroutines wait for --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Signals.h"
#include "corolint/rt/Cancellation.h"
#include "corolint/rt/Descriptor.h"
#include "corolint/rt/LinkedStopSource.h"
#include "corolint/rt/Schedule.h"
#include <cerrno>
#include <cstdlib>
#include <pthread.h>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>

using namespace corolint::rt;

[[noreturn]] static void throwSignalError(int Error, const char *What) {
  throw std::system_error(Error, std::generic_category(), What);
}

SignalSet::SignalSet(std::initializer_list<int> Signals) {
  sigset_t Wanted;
  ::sigemptyset(&Wanted);
  for (const int Signal : Signals)
    if (::sigaddset(&Wanted, Signal) != 0)
      throwSignalError(errno, "sigaddset");
  Descriptor = ::signalfd(-1, &Wanted, SFD_NONBLOCK | SFD_CLOEXEC);
  if (Descriptor < 0)
    throwSignalError(errno, "signalfd");
  if (const int Error = ::pthread_sigmask(SIG_BLOCK, &Wanted, &Before)) {
    ::close(Descriptor);
    throwSignalError(Error, "pthread_sigmask");
  }
}

SignalSet::~SignalSet() {
  ::pthread_sigmask(SIG_SETMASK, &Before, nullptr);
  ::close(Descriptor);
}

Task<int> SignalSet::next() {
  if (detail::ThisThread.outOfBudget()) [[unlikely]]
    co_await resume_on(*detail::ThisThread.Exec);
  for (;;) {
    signalfd_siginfo Info;
    const ssize_t Size = ::read(Descriptor, &Info, sizeof(Info));
    if (Size == ssize_t(sizeof(Info)))
      co_return int(Info.ssi_signo);
    if (Size < 0 && errno != EAGAIN && errno != EINTR)
      throwSignalError(errno, "signalfd");
    co_await readable(Descriptor);
  }
}

static Task<void> sleepFor(std::chrono::milliseconds Time) {
  co_await sleep_for(Time);
}

/// Ends with the process, or when cancelled.
static Task<void> watchSignals(SignalSet &Set, LinkedStopSource &Stop,
                               bool &Signalled,
                               std::chrono::milliseconds Grace) {
  const int Signal = co_await Set.next();
  Signalled = true;
  Stop.request_stop();
  (void)co_await when_any(Set.next(), sleepFor(Grace));
  std::_Exit(128 + Signal);
}

static Task<void> runStoppable(Task<void> Work, std::stop_token Token) {
  auto Stoppable = with_stop_token(std::move(Work), std::move(Token));
  co_await Stoppable;
}

Task<void> corolint::rt::run_until_signal(Task<void> Work, SignalSet &Set,
                                          std::chrono::milliseconds Grace) {
  const std::stop_token Outer = co_await current_stop_token();
  LinkedStopSource Stop({Outer});
  bool Signalled = false;
  try {
    (void)co_await when_any(runStoppable(std::move(Work), Stop.get_token()),
                            watchSignals(Set, Stop, Signalled, Grace));
  } catch (const Cancelled &) {
    // The work ended because a signal asked it to stop: that is no error.
    if (!Signalled || Outer.stop_requested())
      throw;
  }
}
