//===-- Signals.h - Signals that coroutines wait for ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SIGNALS_H
#define COROLINT_RT_SIGNALS_H

#include "corolint/rt/Task.h"
#include <chrono>
#include <csignal>
#include <initializer_list>

namespace corolint::rt {

/// Delivers signals as values instead of interrupting a thread. While an object
/// lives, its signals are blocked on the thread that made it and on threads
/// that this one starts, so create it first in `main`. Belongs to one loop.
class SignalSet {
public:
  /// Throws `std::system_error`.
  explicit SignalSet(std::initializer_list<int> Signals);
  SignalSet(const SignalSet &) = delete;
  SignalSet &operator=(const SignalSet &) = delete;
  /// Signals that arrived but were not taken are then delivered as usual.
  ~SignalSet();

  /// Suspends until one of the signals arrives, and returns it. Throws
  /// `Cancelled` if the task is asked to stop, `std::system_error`.
  Task<int> next();

private:
  int Descriptor = -1;
  sigset_t Before;
};

/// Runs \p Work until it ends. The first signal of \p Set asks it to stop and
/// gives it \p Grace to do so; if it then ends with `Cancelled`, that is no
/// error. After that time, or at the next signal, ends the process at once,
/// with status 128 plus the signal's number, as a shell reports it: no
/// destructor runs. Needs a current event loop.
Task<void> run_until_signal(Task<void> Work, SignalSet &Set,
                            std::chrono::milliseconds Grace);

} // namespace corolint::rt

#endif // COROLINT_RT_SIGNALS_H
